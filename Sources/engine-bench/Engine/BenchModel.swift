import Basics
import Inference

/// A model file of the bench, and what is measured of it.
struct BenchModel {
    /// As the table names it.
    let title: String
    let type: String
    let path: String
    let adapterPath: String?
    /// What llama.cpp writes this file from, the first time it is asked for.
    let sourcePath: String?
    let measures: [Measure]
    let arithmetics: [Numerics.Arithmetic]

    /// The types that are measured unless others are asked for, in every way.
    static let usualTypes = ["Q4_1", "Q8_0", "BF16", "F16"]
    /// Other types, measured in exact decoding only.
    static let otherTypes = ["Q4_0", "Q5_0", "Q4_K", "Q5_K", "Q6_K"]

    /// For narrow columns.
    var shortTitle: String { title.hasPrefix(Self.largeTitle) ? "1.1B " + type : type }

    private static let largeFile = "tinyllama-shape-bf16.gguf"
    private static let largeTitle = "1.1B, random weights"

    /// The demo model in `type`.
    ///
    /// K-quants are made of blocks of 256 columns, which the demo model's 576 are not; they are
    /// measured on the model of 1.1 billion parameters.
    init(type: String, peers: PeerFolder) throws(TandemError) {
        let isLarge = type.hasSuffix("_K")
        let isUsual = Self.usualTypes.contains(type)
        guard isUsual || Self.otherTypes.contains(type) else {
            throw TandemError(
                .usage, "there is no file of type \(type)",
                remedy: (Self.usualTypes + Self.otherTypes).joined(separator: ", "))
        }
        self.type = type
        title = (isLarge ? Self.largeTitle : "SmolLM2-135M") + " " + type
        path = peers.model(
            (isLarge ? "tinyllama-shape-" : "smollm2-") + "\(type.lowercased()).gguf")
        adapterPath = peers.model(isLarge ? "tinyllama-shape-lora" : "random-lora")
        sourcePath =
            type == "Q4_1"
            ? nil
            : peers.model(
                isLarge ? Self.largeFile : isUsual ? "smollm2-q4_1.gguf" : "smollm2-f16.gguf")
        measures = isUsual ? Measure.allCases : [.decodeOne, .decodePair]
        arithmetics = isUsual && type != "F16" ? [.exact, .fast] : [.exact]
    }

    /// The model of 1.1 billion parameters that `make_1b.py` writes.
    init(largeIn peers: PeerFolder) {
        type = "BF16"
        title = Self.largeTitle + " BF16"
        path = peers.model(Self.largeFile)
        adapterPath = peers.model("tinyllama-shape-lora")
        sourcePath = nil
        measures = [.decodeOne, .decodePair]
        arithmetics = [.exact]
    }

    /// A user's own model.
    init(path: String, adapterPath: String?, type: String) {
        self.path = path
        self.adapterPath = adapterPath
        sourcePath = nil
        self.type = type
        title = path.split(separator: "/").last.map(String.init) ?? path
        measures = Measure.allCases
        arithmetics = Numerics.Arithmetic.allCases
    }
}
