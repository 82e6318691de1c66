import Basics
import ModelFiles

/// A type that weights are rounded to while they are loaded.
// swift-format-ignore: AlwaysUseLowerCamelCase
public enum Quantization: String, Sendable, CaseIterable {
    case q8_0, q4_0

    /// What the weights become.
    public var type: TensorType {
        switch self {
        case .q8_0: .q8_0
        case .q4_0: .q4_0
        }
    }

    /// - Throws: `unsupported` for a matrix that is rounded already, or whose rows are not whole
    ///   blocks.
    func check(_ tensor: Tensor) throws(TandemError) {
        guard [.f32, .f16, .bf16].contains(tensor.type) else {
            throw TandemError(
                .unsupported,
                "the tensor \(tensor.name) is \(tensor.type.rawValue), which is not rounded again",
                file: tensor.owner.path,
                remedy: "load it as it is, or take a model in F32, F16 or BF16")
        }
        guard tensor.columns % type.blockElements == 0 else {
            throw TandemError(
                .unsupported,
                "the rows of \(tensor.name) have \(tensor.columns) values, which is no multiple of "
                    + "\(type.blockElements)",
                file: tensor.owner.path, remedy: "load it without --quant")
        }
    }
}
