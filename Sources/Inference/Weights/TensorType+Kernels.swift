import CKernels
import ModelFiles

extension tk_type {
    /// Whether codes have 4 bits.
    var hasNibbles: Bool { self == TK_Q4_0 || self == TK_Q4_1 || self == TK_Q4_K }
}

extension TensorType {
    /// The kernels' name of this type.
    package var kernelType: tk_type {
        switch self {
        case .f32: TK_F32
        case .f16: TK_F16
        case .bf16: TK_BF16
        case .q8_0: TK_Q8_0
        case .q4_0: TK_Q4_0
        case .q4_1: TK_Q4_1
        case .q5_0: TK_Q5_0
        case .q5_1: TK_Q5_1
        case .q4_K: TK_Q4_K
        case .q5_K: TK_Q5_K
        case .q6_K: TK_Q6_K
        }
    }
}
