import Basics

/// What the server does next on a connection.
public enum ServerAction: Sendable {
    case send([UInt8])
    case wait(seconds: Double)
    /// Nothing more, until the other side goes away.
    case stall
    /// The end, as it is done properly.
    case close
    /// The end as of a process that was killed: the other side gets a reset.
    case reset

    public static func send(_ text: String) -> ServerAction { .send(Array(text.utf8)) }

    /// A whole answer, with its length.
    public static func answer(
        _ status: Int, _ body: String, type: String = "application/json",
        headers: [String] = []
    ) -> ServerAction {
        let lines =
            ["HTTP/1.1 \(status) X", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
            + headers
        return .send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    public static func json(_ body: JSON) -> ServerAction { answer(200, body.text) }

    public static func json(_ status: Int, _ body: JSON) -> ServerAction {
        answer(status, body.text)
    }

    /// The head of a stream that lasts until the connection ends.
    public static let streamHead = send(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Connection: close\r\n\r\n")

    /// One event of a stream.
    public static func event(_ data: String) -> ServerAction { send("data: \(data)\n\n") }
    public static func event(_ data: JSON) -> ServerAction { event(data.text) }
}
