import Basics
import ModelFiles

extension Tensor {
    /// What is thrown where one of the weights is NaN or infinite.
    var notFinite: TandemError {
        TandemError(
            .numeric, "the tensor \(name) has a weight that is NaN or infinite", file: owner.path,
            remedy: "the file is damaged or badly converted")
    }
}
