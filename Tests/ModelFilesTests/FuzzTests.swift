import Basics
import ModelFiles
import TestSupport
import Testing

/// Damage of every kind must end in an error or in a model, never in a crash.
struct FuzzTests {
    /// Opens whatever is at `path` and reads all of it.
    private func readAll(_ path: String) throws {
        let model = try ModelFile.open(path: path)
        for which in LlamaTensor.all(of: model.configuration) {
            let tensor = try model.tensor(which)
            #expect(tensor.dequantized().count == tensor.elementCount)
            _ = tensor.firstNonFinite()
        }
        guard case .gguf(let metadata) = model.vocabulary else { return }
        for array in metadata.keys.compactMap({ metadata[$0]?.array }) {
            for index in 0..<array.count { _ = array.stringBytes(at: index)?.last }
            _ = array.integers()
            _ = array.floats()
        }
    }

    private var smallest: TinyLlama {
        TinyLlama(
            vocabularySize: 8, hiddenSize: 32, intermediateSize: 32, layerCount: 1, headCount: 2,
            keyValueHeadCount: 1)
    }

    /// A file that ends early is refused wherever it ends.
    @Test func truncatedGGUF() throws {
        let folder = try TemporaryFolder()
        let bytes = smallest.gguf(.q4_0).bytes()
        for length in 0..<bytes.count {
            try TestFile.write(Array(bytes[..<length]), to: folder("model"))
            #expect(throws: TandemError.self, "\(length) bytes") { try readAll(folder("model")) }
        }
        try TestFile.write(bytes, to: folder("model"))
        try readAll(folder("model"))
    }

    @Test func truncatedSafetensors() throws {
        let folder = try TemporaryFolder()
        let bytes = smallest.safetensors(.bf16).bytes()
        try smallest.writeFolder(to: folder("model"), .bf16)
        for length in 0..<bytes.count {
            try TestFile.write(
                Array(bytes[..<length]), to: folder("model/model.safetensors"))
            #expect(throws: TandemError.self, "\(length) bytes") { try readAll(folder("model")) }
        }
    }

    @Test(arguments: TensorType.allCases)
    func mutatedGGUF(_ type: TensorType) throws {
        let folder = try TemporaryFolder()
        let model =
            type.blockElements == 256
            ? TinyLlama(
                vocabularySize: 8, hiddenSize: 256, intermediateSize: 256, layerCount: 1,
                headCount: 2, keyValueHeadCount: 1) : smallest
        let writer = model.gguf(type)
        let bytes = writer.bytes()
        let dataBytes = writer.tensors.reduce(0) { $0 + $1.data.count }
        try mutate(
            bytes, headBytes: bytes.count - dataBytes, rounds: 400, seed: 11,
            file: folder("model"), model: folder("model"))
    }

    @Test func mutatedSafetensors() throws {
        let folder = try TemporaryFolder()
        try smallest.writeFolder(to: folder("model"))
        let writer = smallest.safetensors()
        let bytes = writer.bytes()
        let dataBytes = writer.tensors.reduce(0) { $0 + $1.data.count }
        try mutate(
            bytes, headBytes: bytes.count - dataBytes, rounds: 1500, seed: 12,
            file: folder("model/model.safetensors"), model: folder("model"))
    }

    @Test func mutatedConfiguration() throws {
        let folder = try TemporaryFolder()
        try smallest.writeFolder(to: folder("model"))
        let bytes = Array(JSON.object(smallest.config).text.utf8)
        try mutate(
            bytes, headBytes: bytes.count, rounds: 1000, seed: 13,
            file: folder("model/config.json"), model: folder("model"))
    }

    @Test func mutatedAdapter() throws {
        let folder = try TemporaryFolder()
        let adapter = TinyAdapter(for: smallest)
        try adapter.write(to: folder("adapter"))
        for (name, bytes) in [
            ("adapter_config.json", Array(JSON.object(adapter.config).text.utf8)),
            ("adapter_model.safetensors", adapter.tensors.bytes()),
        ] {
            for round in 0..<1000 {
                try TestFile.write(
                    damaged(bytes, headBytes: min(bytes.count, 700), seed: 14, round: round),
                    to: folder("adapter/" + name))
                guard let adapter = try? AdapterFile.open(path: folder("adapter")),
                    let pairs = try? adapter.matrices(for: smallest.configuration)
                else { continue }
                for pair in pairs.values { _ = pair.a.dequantized() + pair.b.dequantized() }
            }
            try TestFile.write(bytes, to: folder("adapter/" + name))
        }
    }

    /// Puts `rounds` damaged copies of `bytes` at the path `file` and opens `model` each time.
    private func mutate(
        _ bytes: [UInt8], headBytes: Int, rounds: Int, seed: UInt64, file: String, model: String
    ) throws {
        for round in 0..<rounds {
            try TestFile.write(
                damaged(bytes, headBytes: headBytes, seed: seed, round: round), to: file)
            do {
                try readAll(model)
            } catch is TandemError {
                continue
            }
        }
    }

    /// A copy with one to three places damaged, three in four of them in the first `headBytes`.
    private func damaged(_ bytes: [UInt8], headBytes: Int, seed: UInt64, round: Int) -> [UInt8] {
        let numbers = CounterRandom(seed: seed, stream: UInt64(round))
        var copy = bytes
        for change in 0..<1 + round % 3 {
            let block = numbers.block(at: UInt64(change))
            let place = Int(block[1]) % (block[0] % 4 == 0 ? bytes.count : headBytes)
            switch block[2] % 4 {
            case 0: copy[place] ^= 1 << UInt8(block[3] % 8)
            case 1: copy[place] = UInt8(truncatingIfNeeded: block[3])
            case 2: copy[place] = 0xFF
            default:
                for offset in 0..<8 where place + offset < copy.count {
                    copy[place + offset] = offset == 7 ? 0x7F : 0xFF
                }
            }
        }
        return copy
    }
}
