/// Makes text from a model, a file or an error message safe to show on a terminal.
///
/// Whatever could steer the terminal or hide from the reader is replaced by something visible,
/// never removed (what is left could recombine into another control sequence):
///
/// | in the text | shown as |
/// |---|---|
/// | C0 controls but line feed and tab; carriage return too | `^[`, `^M` |
/// | DEL | `^?` |
/// | C1 controls | `\u{9b}` |
/// | bidirectional controls, invisible characters, tags, U+2028, U+2029 | `<U+202E>` |
///
/// Joiners and variation selectors stay where they are part of an emoji, and a variation selector
/// stays behind the ideograph that it varies. A value holds the state of one stream, so that a
/// sequence may be cut anywhere: call ``append(_:)`` for each chunk, then ``finish()``.
public struct TerminalText: Sendable {
    /// What the last scalar allows the next one to be.
    enum Context: Sendable {
        case none
        /// A digit, `#` or `*`: a variation selector makes it a keycap.
        case keycapBase
        /// An emoji: a variation selector, a skin tone or a joiner may follow.
        case emoji
        /// An emoji with its variation selector or skin tone: a joiner may follow.
        case modifiedEmoji
        /// An ideograph: a variation selector may follow.
        case ideograph
    }

    var context = Context.none
    /// A joiner after an emoji waits for what it joins.
    var joinerIsPending = false

    public init() {}

    /// The whole of `text`, safe to show.
    public static func visible(_ text: some StringProtocol) -> String {
        var stream = TerminalText()
        return stream.append(String(text)) + stream.finish()
    }

    /// `text` as part of one line, such as a name or a path: line feeds and tabs are shown as
    /// `^J` and `^I`.
    public static func visibleOnOneLine(_ text: some StringProtocol) -> String {
        let text = visible(text)
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        var line = ""
        for scalar in text.unicodeScalars { appendLine(scalar, to: &line) }
        return line
    }

    private static func appendLine(_ scalar: Unicode.Scalar, to line: inout String) {
        if scalar.value < 0x20 {
            line += caret(scalar)
        } else {
            line.unicodeScalars.append(scalar)
        }
    }

    /// The next chunk of the stream, safe to show.
    ///
    /// A joiner at the end of the chunk is held back until it is known what it joins.
    ///
    /// - Complexity: O(*n*), *n* the bytes of the chunk.
    public mutating func append(_ chunk: String) -> String {
        if chunk.utf8.allSatisfy(Self.isPlain) {
            guard let last = chunk.utf8.last else { return "" }
            let held = finish()
            context = Self.isKeycapBase(UInt32(last)) ? .keycapBase : .none
            return held + chunk
        }
        var text = ""
        text.reserveCapacity(chunk.utf8.count + 16)
        for scalar in chunk.unicodeScalars { append(scalar, to: &text) }
        return text
    }

    /// What was held back; the stream can begin anew.
    public mutating func finish() -> String {
        let held = joinerIsPending ? "<U+200D>" : ""
        self = TerminalText()
        return held
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x09
    }
}
