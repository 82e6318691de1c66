/// One request, as it is sent again when a try fails.
public struct HTTPRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    public var method: Method
    public var endpoint: HTTPEndpoint
    /// Sent as `Authorization: Bearer`; never part of any message.
    public var key: APIKey?
    /// JSON in UTF-8; empty for `get`.
    public var body: [UInt8]

    public init(
        _ method: Method, _ endpoint: HTTPEndpoint, key: APIKey? = nil, body: [UInt8] = []
    ) {
        self.method = method
        self.endpoint = endpoint
        self.key = key
        self.body = body
    }
}
