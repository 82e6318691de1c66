/// What a GGUF file says of a tensor, before its place in the file is checked.
struct GGUFTensorDescription {
    let name: String
    let type: TensorType
    /// Outermost first.
    let shape: [Int]
    /// From the start of the tensor data.
    let offset: UInt64
    let byteCount: Int
}
