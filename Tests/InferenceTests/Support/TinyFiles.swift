import Basics
import Inference
import ModelFiles
import TestSupport

/// A small model on disk with two adapters, as engines are loaded from.
struct TinyFiles {
    let file: ModelFile
    let adapters: [AdapterFile]
    private let folder: TemporaryFolder

    /// - Parameter type: of the matrices.
    init(_ type: TensorType, layerCount: Int = 2) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        let model = TinyLlama(
            hiddenSize: 96, intermediateSize: 160, layerCount: layerCount, headCount: 3,
            keyValueHeadCount: 1, contextLength: 2048)
        try model.writeGGUF(to: folder("tiny.gguf"), type)
        file = try ModelFile.open(path: folder("tiny.gguf"))
        let targets = [
            ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
            ["v_proj", "down_proj"],
        ]
        adapters = try targets.enumerated().map { index, targets in
            let path = folder("lora\(index)")
            try TinyAdapter(for: model, targets: targets, seed: UInt64(20 + index)).write(to: path)
            return try AdapterFile.open(path: path)
        }
    }

    /// `count` ids that depend on the seed.
    static func tokens(_ seed: UInt64, _ count: Int) -> [Int32] {
        let random = CounterRandom(seed: seed, stream: 1)
        return (0..<count).map { Int32(random.unit(at: UInt64($0)) * Double(TinyVocabulary.size)) }
    }
}
