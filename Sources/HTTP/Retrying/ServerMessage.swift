import Basics

/// What a server says of an error, in one of the forms that OpenAI-compatible servers use:
/// `{"error": {"message", "code", "type"}}`, `{"error": "…"}`, `{"message": "…"}`,
/// `{"detail": "…"}`, or plain text.
public struct ServerMessage: Sendable, Equatable {
    public var text: String
    /// Its code, or its type.
    public var code: String?

    /// Characters that are kept of a message.
    static let limit = 300

    /// - Parameter body: the body of an error, or as much of it as was kept.
    public init(body: [UInt8]) {
        if let json = try? JSON.parse(body), let message = ServerMessage(json) {
            self = message
            return
        }
        let text = String(decoding: body, as: UTF8.self)
        let isPage = text.utf8.first { $0 > 0x20 } == UInt8(ascii: "<")
        self.init(text: isPage ? "" : text, code: nil)
    }

    /// Nil where `json` is not the shape of an error.
    public init?(_ json: JSON) {
        let error = json["error"] ?? json
        if let text = error.string {
            self.init(text: text, code: nil)
        } else if let text = (error["message"] ?? error["detail"])?.string {
            let code = error["code"]?.string ?? error["type"]?.string
            self.init(text: text, code: code)
        } else if let detail = error["detail"] {
            self.init(text: detail.text, code: nil)
        } else {
            return nil
        }
    }

    private init(text: String, code: String?) {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let shown = line.prefix(Self.limit)
        self.text = shown.count < line.count ? shown + "…" : String(shown)
        self.code = code
    }
}
