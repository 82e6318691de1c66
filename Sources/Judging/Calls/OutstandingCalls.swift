/// Calls that a judge has not answered yet.
public struct OutstandingCalls: Sendable, Equatable {
    public var count = 0
    /// Of the texts that the judge would read.
    public var promptBytes = 0
    /// The most tokens that all replies could have.
    public var mostTokens = 0
}
