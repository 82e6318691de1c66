/// How a tensor's values are stored.
///
/// The quantised types keep blocks of values along a row; the layouts are those of the GGUF
/// specification. The raw values are the names that GGUF tools print.
// The cases are named as the specification names the types.
// swift-format-ignore: AlwaysUseLowerCamelCase
public enum TensorType: String, Sendable, CaseIterable {
    case f32 = "F32"
    case f16 = "F16"
    case bf16 = "BF16"
    case q8_0 = "Q8_0"
    case q4_0 = "Q4_0"
    case q4_1 = "Q4_1"
    case q5_0 = "Q5_0"
    case q5_1 = "Q5_1"
    case q4_K = "Q4_K"
    case q5_K = "Q5_K"
    case q6_K = "Q6_K"

    /// Values in one block; a row is a whole number of blocks.
    public var blockElements: Int {
        switch self {
        case .f32, .f16, .bf16: 1
        case .q8_0, .q4_0, .q4_1, .q5_0, .q5_1: 32
        case .q4_K, .q5_K, .q6_K: 256
        }
    }

    /// Bytes of one block.
    public var blockBytes: Int {
        switch self {
        case .f32: 4
        case .f16, .bf16: 2
        case .q8_0: 34
        case .q4_0: 18
        case .q4_1: 20
        case .q5_0: 22
        case .q5_1: 24
        case .q4_K: 144
        case .q5_K: 176
        case .q6_K: 210
        }
    }

    /// The number that stands for this type in a GGUF file.
    public var ggmlID: UInt32 {
        switch self {
        case .f32: 0
        case .f16: 1
        case .q4_0: 2
        case .q4_1: 3
        case .q5_0: 6
        case .q5_1: 7
        case .q8_0: 8
        case .q4_K: 12
        case .q5_K: 13
        case .q6_K: 14
        case .bf16: 30
        }
    }

    /// The type that `ggmlID` stands for, where it is one of these.
    public init?(ggmlID: UInt32) {
        guard let type = TensorType.allCases.first(where: { $0.ggmlID == ggmlID }) else {
            return nil
        }
        self = type
    }

    /// Names of the GGUF types that Tandem knows of and does not read.
    static let unsupportedNames: [UInt32: String] = [
        9: "Q8_1", 10: "Q2_K", 11: "Q3_K", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS",
        18: "IQ3_XXS", 19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS",
        24: "I8", 25: "I16", 26: "I32", 27: "I64", 28: "F64", 29: "IQ1_M", 34: "TQ1_0",
        35: "TQ2_0", 39: "MXFP4", 40: "NVFP4", 41: "Q1_0",
    ]

    /// The bytes that a tensor of `shape` takes.
    ///
    /// - Returns: nil when a size is negative, a row is not a whole number of blocks, or a product
    ///   leaves the range of `Int`; every partial product is checked, so a shape that wraps around
    ///   to a small number is not let through.
    public func byteCount(shape: [Int]) -> Int? {
        guard let elements = TensorType.elementCount(shape: shape) else { return nil }
        guard (shape.last ?? 1) % blockElements == 0 else { return nil }
        let (bytes, overflows) = (elements / blockElements).multipliedReportingOverflow(
            by: blockBytes)
        return overflows ? nil : bytes
    }

    /// The product of `shape`, or nil when a size is negative or the product of the sizes leaves
    /// the range of `Int`, even where another size is 0.
    static func elementCount(shape: [Int]) -> Int? {
        var product = 1
        var isEmpty = false
        for size in shape {
            guard size >= 0 else { return nil }
            if size == 0 {
                isEmpty = true
                continue
            }
            let (next, overflows) = product.multipliedReportingOverflow(by: size)
            if overflows { return nil }
            product = next
        }
        return isEmpty ? 0 : product
    }
}
