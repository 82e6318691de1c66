import Basics

/// How a server is asked for JSON. Servers know less and less of these: what one refuses is tried as
/// the next.
public enum ReplyFormat: String, Sendable, CaseIterable {
    /// By `response_format` with a schema.
    case schema = "json_schema"
    /// By `response_format`, any object.
    case object = "json_object"
    /// By the prompt alone.
    case prompt

    /// Nil after the last.
    var next: ReplyFormat? {
        switch self {
        case .schema: .object
        case .object: .prompt
        case .prompt: nil
        }
    }

    /// The field of a request.
    func field(_ schema: JSON) -> JSON? {
        switch self {
        case .schema:
            [
                "type": "json_schema",
                "json_schema": ["name": "verdict", "strict": true, "schema": schema],
            ]
        case .object: ["type": "json_object"]
        case .prompt: nil
        }
    }
}
