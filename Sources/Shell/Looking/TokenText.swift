import Basics
import LanguageModels

/// Tokens as people and programs read them.
enum TokenText {
    /// In quotes, with visible spaces and safe to show: `"␣Rome"`, `"^J"`, `"<0xE2>"` for a byte that
    /// is a part of a character.
    static func quoted(_ token: Token) -> String {
        var text = ""
        var rest = token.spelling[...]
        while !rest.isEmpty {
            if let character = wholeCharacters(rest) {
                text += TerminalText.visibleOnOneLine(character.text)
                rest = rest.dropFirst(character.count)
            } else {
                let digits = String(rest.removeFirst(), radix: 16, uppercase: true)
                text += "<0x" + (digits.utf8.count < 2 ? "0" : "") + digits + ">"
            }
        }
        return "\"" + text.replacing(" ", with: "␣") + "\""
    }

    /// The longest beginning of `bytes` that is text; nil where not even one character is.
    private static func wholeCharacters(_ bytes: ArraySlice<UInt8>) -> (text: String, count: Int)? {
        var count = 0
        while let lead = bytes.dropFirst(count).first {
            let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
            let character = bytes.dropFirst(count).prefix(length)
            if String(validating: character, as: UTF8.self) == nil { break }
            count += length
        }
        guard count > 0 else { return nil }
        return (String(decoding: bytes.prefix(count), as: UTF8.self), count)
    }

    /// What programs get: `bytes` where the text cannot hold them.
    static func fields(of token: Token) -> JSON {
        let text = String(validating: token.spelling, as: UTF8.self)
        return [
            "token_id": .integer(Int(token.id)),
            "text": .string(text ?? String(decoding: token.spelling, as: UTF8.self)),
            "bytes": text == nil ? .array(token.spelling.map { .integer(Int($0)) }) : nil,
        ]
    }
}
