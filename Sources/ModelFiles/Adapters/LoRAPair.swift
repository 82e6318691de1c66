/// The two small matrices that change one matrix of a base: W + scaling · B · A.
///
/// E. Hu et al., "LoRA: low-rank adaptation of large language models", 2021.
public struct LoRAPair: Sendable {
    /// [rank, inputs].
    public let a: Tensor
    /// [outputs, rank]; rows in the order of Hugging Face, whatever the base's format.
    public let b: Tensor
    public let scaling: Float
    public let rank: Int
}
