import Basics

/// Reads a stream of server-sent events (WHATWG HTML, 9.2.6), cut anywhere.
///
/// Lines end with LF, CRLF or CR; one byte order mark at the beginning is skipped; lines that begin
/// with a colon are comments; the `data` lines of an event are joined by line feeds. An event counts
/// when the empty line after it has come: what is left at the end of the stream is none. `id` and
/// `retry` are for streams that reconnect, which these never do.
public struct ServerSentEvents {
    public struct Event: Sendable, Equatable {
        /// `message` where the stream names none.
        public var name: String
        public var data: String
    }

    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []
    private var isAtStart = true
    /// The last byte was a CR: an LF now belongs to it.
    private var endsWithReturn = false

    public init() {}

    /// Reads `bytes`, and adds the events that they complete to `events`.
    /// - Throws: `malformed` for a line that is not UTF-8: a text with a hole would be scored as if
    ///   the model had written it. The events before it have been added.
    public mutating func append(_ bytes: some Sequence<UInt8>, to events: inout [Event])
        throws(TandemError)
    {
        for byte in bytes {
            let followsReturn = endsWithReturn
            endsWithReturn = byte == 0x0D
            switch byte {
            case 0x0A where followsReturn: break
            case 0x0A, 0x0D:
                if let event = try endLine() { events.append(event) }
            default: line.append(byte)
            }
        }
    }

    private mutating func endLine() throws(TandemError) -> Event? {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        if line.isEmpty { return dispatch() }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        if colon == 0 { return nil }
        var value = line[min(colon + 1, line.endIndex)...]
        if value.first == 0x20 { value.removeFirst() }
        guard let text = String(validating: value, as: UTF8.self) else {
            throw TandemError(.malformed, "the server's stream has a line that is not UTF-8")
        }
        let field = line[..<colon]
        if field.elementsEqual("data".utf8) { data.append(text) }
        if field.elementsEqual("event".utf8) { name = text }
        return nil
    }

    private mutating func dispatch() -> Event? {
        defer { (name, data) = ("", []) }
        if data.isEmpty { return nil }
        return Event(
            name: name.isEmpty ? "message" : name, data: data.joined(separator: "\n"))
    }
}
