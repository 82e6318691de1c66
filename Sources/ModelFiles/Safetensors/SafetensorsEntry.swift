/// What a safetensors header says of one tensor, checked to lie in the file.
public struct SafetensorsEntry: Sendable, Equatable {
    public let name: String
    /// As in the file, such as `BF16`; not every one can be read as a `Tensor`.
    public let dtype: String
    /// Outermost first.
    public let shape: [Int]
    /// Byte offsets in the file.
    public let range: Range<Int>
}
