import Basics

/// Why a request got no complete answer.
public struct HTTPFailure: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// No connection, or one that broke.
        case connection
        /// A certificate or a handshake that does not hold.
        case security
        case timeout
        /// An answer with this status, which is not 2xx.
        case status(Int)
        /// An error that came in the place of an answer, after 200.
        case refused
        /// A body beyond the limit.
        case oversized
        /// An answer that breaks HTTP or the format above it.
        case malformed
        /// The user stopped it.
        case interrupted
    }

    public var kind: Kind
    /// What happened, for people; without the key.
    public var message: String
    /// The server's own word for it, such as `insufficient_quota`.
    public var serverCode: String?
    /// Seconds that the server asks to wait.
    public var retryAfter: Double?
    /// `x-should-retry`, where the server says it.
    public var serverAdvice: Bool?
    /// How often the request was sent.
    public var tries = 1

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the same request may succeed later.
    var mayPass: Bool {
        if let serverCode, Self.lasting.contains(serverCode) { return false }
        if let serverAdvice { return serverAdvice }
        return switch kind {
        case .connection, .timeout: true
        case .status(let status): [408, 409, 429].contains(status) || status >= 500
        case .security, .refused, .oversized, .malformed, .interrupted: false
        }
    }

    /// Servers send these with a status that otherwise passes.
    private static let lasting: Set<String> = [
        "insufficient_quota", "billing_hard_limit_reached", "context_length_exceeded",
    ]

    /// As an error of Tandem's, with what helps.
    public var error: TandemError {
        let again = tries > 1 ? " (tried \(tries) times)" : ""
        return TandemError(
            kind == .malformed ? .malformed : .network, message + again, remedy: remedy)
    }

    private var remedy: String? {
        if let serverCode, Self.lasting.contains(serverCode) { return nil }
        return switch kind {
        case .status(401), .status(403):
            "name the variable or file that holds the key when loading: --key NAME"
        case .status(404): "look at the address and the model's name; /v1 usually belongs to it"
        case .status(429): "wait, or ask for less at a time"
        case .connection: "is the server running, and is the address right?"
        case .security: "the server's certificate must be valid for its name"
        case .status, .timeout, .refused, .oversized, .malformed, .interrupted: nil
        }
    }
}
