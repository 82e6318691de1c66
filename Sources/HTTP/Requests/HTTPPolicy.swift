/// How long a server may take, how much it may send, how often it is asked again.
public struct HTTPPolicy: Sendable {
    /// Until a connection stands, in seconds.
    public var connectSeconds = 5.0
    /// One try from its beginning to its end, in seconds.
    public var totalSeconds = 600.0
    /// Without a byte for so long a try ends, in whole seconds: before its first token a server may
    /// read a long prompt, or let others go first.
    public var silenceSeconds = 120
    /// Bytes of a body.
    public var bodyLimit = 32 << 20
    /// Requests to one server that run at the same time.
    public var concurrencyLimit = 8
    public var retry = RetryPolicy()

    public init() {}
}
