import Basics

/// A prompt made safe: its colours (`ESC [ … m`) work, everything else is shown as text.
package struct Prompt {
    /// Stands around a terminal sequence in ``marked``; libedit counts no columns between two.
    package static let marker: Unicode.Scalar = "\u{1}"

    /// The visible text.
    package private(set) var plain = ""
    /// The text with marked colour sequences. Every sequence stands before a visible character, as
    /// libedit wants it.
    package private(set) var marked = ""

    package init(_ text: String) {
        var sequences: [String] = []
        var pieces: [(sequence: String, text: Character)] = []
        var rest = text[...]
        while let first = rest.first {
            if let sequence = Self.colour(at: rest) {
                sequences.append(String(sequence))
                rest = rest[sequence.endIndex...]
                continue
            }
            rest.removeFirst()
            for shown in TerminalText.visibleOnOneLine(String(first)) {
                pieces.append((sequences.joined(), shown))
                sequences = []
            }
        }
        if !sequences.isEmpty, let last = pieces.indices.last {
            pieces[last].sequence += sequences.joined()
        }
        for piece in pieces {
            plain.append(piece.text)
            if !piece.sequence.isEmpty {
                marked.unicodeScalars.append(Self.marker)
                marked += piece.sequence
                marked.unicodeScalars.append(Self.marker)
            }
            marked.append(piece.text)
        }
    }

    private static func colour(at text: Substring) -> Substring? {
        guard text.hasPrefix("\u{1B}[") else { return nil }
        let parameters = text.dropFirst(2).prefix { $0.isASCII && ($0.isNumber || $0 == ";") }
        guard parameters.endIndex < text.endIndex, text[parameters.endIndex] == "m" else {
            return nil
        }
        return text[...parameters.endIndex]
    }
}
