/// What a model's files say about generating with it.
public struct GenerationDefaults: Sendable, Equatable {
    /// Tokens that end an answer, in the order of the files, without repetitions.
    public let endOfSequence: [Int32]
    public let beginningOfSequence: Int32?
}
