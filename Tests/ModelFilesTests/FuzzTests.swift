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
        let model =
            type.blockElements == 256
            ? TinyLlama(
                vocabularySize: 8, hiddenSize: 256, intermediateSize: 256, layerCount: 1,
                headCount: 2, keyValueHeadCount: 1) : smallest
        let writer = model.gguf(type)
        let bytes = writer.bytes()
        let dataBytes = writer.tensors.reduce(0) { $0 + $1.data.count }
        try mutate(bytes, headBytes: bytes.count - dataBytes, rounds: 400, seed: 11) { _ in }
    }

    @Test func mutatedSafetensors() throws {
        let folder = try TemporaryFolder()
        try smallest.writeFolder(to: folder("model"))
        let bytes = smallest.safetensors().bytes()
        let head = bytes.firstIndex(of: 0x7D).map { _ in bytes.count / 4 } ?? 0
        try mutate(bytes, headBytes: head, rounds: 1500, seed: 12) { path in
            path = folder("model/model.safetensors")
        }
    }

    @Test func mutatedConfig() throws {
        let folder = try TemporaryFolder()
        try smallest.writeFolder(to: folder("model"))
        try mutate(
            Array(JSON.object(smallest.config).text.utf8), headBytes: 0, rounds: 1000, seed: 13
        ) { path in path = folder("model/config.json") }
    }

    /// Writes `rounds` damaged copies of `bytes`, three in four damaged in the first `headBytes`,
    /// and opens each.
    private func mutate(
        _ bytes: [UInt8], headBytes: Int, rounds: Int, seed: UInt64,
        _ choosePath: (inout String) -> Void
    ) throws {
        let folder = try TemporaryFolder()
        var path = folder("model")
        choosePath(&path)
        let isInFolder = path != folder("model")
        for round in 0..<rounds {
            let numbers = CounterRandom(seed: seed, stream: UInt64(round))
            var copy = bytes
            for change in 0..<1 + round % 3 {
                let block = numbers.block(at: UInt64(change))
                let reach = headBytes > 0 && block[0] % 4 != 0 ? headBytes : bytes.count
                let place = Int(block[1]) % reach
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
            try TestFile.write(copy, to: path)
            do {
                try readAll(
                    isInFolder ? String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]) : path)
            } catch is TandemError {
                continue
            }
        }
    }
}
