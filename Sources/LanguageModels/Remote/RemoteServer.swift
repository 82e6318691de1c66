import Basics
import HTTP

/// One model of a server, and the key for it.
struct RemoteServer: Sendable {
    let base: HTTPEndpoint
    let model: String
    let key: APIKey?

    func post(_ path: String, _ body: JSON) -> HTTPRequest {
        HTTPRequest(.post, base.appending(path), key: key, body: Array(body.text.utf8))
    }

    /// `text` without the key.
    func redacted(_ text: String) -> String { key?.redacted(text) ?? text }
}
