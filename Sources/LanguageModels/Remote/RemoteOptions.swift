import HTTP

public typealias KeySource = HTTP.APIKey.Source

/// How a server is reached.
public struct RemoteOptions: Sendable, Equatable {
    /// Nil: no key, but for api.openai.com that of `OPENAI_API_KEY`.
    public var key: KeySource?
    /// Plain `http` to other machines, too.
    public var allowsPlainHTTP: Bool
    /// What a million tokens cost; nil: unknown.
    public var price: TokenPrice?

    public init(
        key: KeySource? = nil, allowsPlainHTTP: Bool = false, price: TokenPrice? = nil
    ) {
        self.key = key
        self.allowsPlainHTTP = allowsPlainHTTP
        self.price = price
    }

    static let defaultKeyHost = "api.openai.com"
    static let defaultKeyVariable = "OPENAI_API_KEY"
}
