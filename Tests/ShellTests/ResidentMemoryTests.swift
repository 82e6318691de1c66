import Basics
import TestSupport
import Testing

/// One copy of the weights: a base and its adapters take little more memory than their files, and the
/// keys and values of what was said.
@Suite(.enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"))
struct ResidentMemoryTests {
    /// Times files, keys and values; what the program and the vocabulary take is in it.
    private static let bound = 1.15

    /// What the program says of itself at one moment; in bytes.
    private struct Moment {
        /// Now, and the most since the start; without the code of the program and its libraries, which
        /// is in their files and can go at any time.
        var resident = 0
        var peak = 0
        /// Weights, adapters, keys and values, as `/models` counts them.
        var counted = 0
    }

    private static let look = "!cat /proc/$PPID/smaps; grep Vm /proc/$PPID/status\n/models\n"

    private func moments(_ output: String) throws -> [Moment] {
        var moments: [Moment] = []
        var moment = Moment()
        var code = 0
        var isCode = false
        for line in output.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            func bytes() throws -> Int { try #require(Int(words[1])) * 1024 }
            switch words.first {
            case "Rss:": code += isCode ? try bytes() : 0
            case "Anonymous:": code -= isCode ? try bytes() : 0
            case "VmHWM:": moment.peak = try bytes() - code
            case "VmRSS:": moment.resident = try bytes() - code
            case .some(let word) where word.contains("-") && words.count >= 5:
                let file = words.last ?? ""
                isCode = file.contains(".so") || file.hasSuffix("/tandem")
            case .some(let word) where word.hasPrefix("{"):
                let event = try JSON.parse(String(line))
                guard event["event"] == "model" else { continue }
                moment.counted += try #require(event["own_bytes"]?.integer)
                guard event["variant"] == "last" else { continue }
                moments.append(moment)
                (moment, code) = (Moment(), 0)
            default: break
            }
        }
        return moments
    }

    @Test(arguments: [1, 3])
    func theLineupTakesLittleMoreThanItsFiles(_ adapters: Int) throws {
        let folder = try TestSupport.TemporaryFolder()
        // In one piece: the system then keeps it in large pages, of which all is resident that is looked at.
        let model = folder("model.gguf")
        try TestFile.write(TestFile.bytes(of: Demo.modelPath), to: model)
        let load =
            "/load \(model) as base\n"
            + (1...adapters).map {
                "/adapter \(Demo.adapterPath) --on base as "
                    + ($0 == adapters ? "last\n" : "tuned\($0)\n")
            }.joined()
        let short = "/set max_tokens 40\nWhich team handles a parcel that is late?\n"
        let long = "/complete \(String(repeating: "one and two and ", count: 90))\n"
        let result = try ScriptTests.tandem(
            ["run", "-", "--json"],
            input: load + Self.look + short + Self.look + long + Self.look, in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        let moments = try moments(result.output)
        try #require(moments.count == 3)
        let adapter = Demo.adapterPath + "/adapter_model.safetensors"
        let files =
            try TestFile.bytes(of: Demo.modelPath).count
            + adapters * TestFile.bytes(of: adapter).count
        for (index, name) in ["loaded", "a short prompt", "360 tokens"].enumerated() {
            let moment = moments[index]
            let keysAndValues = moment.counted - moments[0].counted
            let expected = Double(files + keysAndValues)
            #expect(keysAndValues > 0 || index == 0)
            #expect(Double(moment.resident) <= Self.bound * expected, "\(name): \(moment)")
            // Activations of a prompt take more for a moment, and so does reading an adapter.
            if index == 0, adapters == 1 {
                #expect(Double(moment.peak) <= Self.bound * expected, "\(name): \(moment)")
            }
            print(
                "base and \(adapters) adapters, \(name): resident "
                    + ByteSize.readable(moment.resident) + ", peak "
                    + ByteSize.readable(moment.peak) + ", files, keys and values "
                    + ByteSize.readable(files + keysAndValues))
        }
    }
}
