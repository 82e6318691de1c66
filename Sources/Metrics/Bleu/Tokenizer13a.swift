/// The tokenizer `13a` of mteval-v13a, as sacrebleu has it.
enum Tokenizer13a {
    /// `text` with spaces around its tokens.
    static func spaced(_ text: String) -> String {
        var text = String(text.trimmingPythonSpaceAtEnd())
        for (old, new) in [
            ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"),
            ("&lt;", "<"), ("&gt;", ">"),
        ] where text.utf8.contains(old.utf8.first ?? 0) {
            text = replacing(old, with: new, in: text)
        }
        var scalars: [Unicode.Scalar] = [" "]
        for scalar in text.unicodeScalars {
            if isSymbol(scalar) {
                scalars += [" ", scalar, " "]
            } else {
                scalars.append(scalar)
            }
        }
        scalars.append(" ")
        scalars = pairs(scalars) { !isDigit($0) && isPoint($1) ? [$0, " ", $1, " "] : nil }
        scalars = pairs(scalars) { isPoint($0) && !isDigit($1) ? [" ", $0, " ", $1] : nil }
        scalars = pairs(scalars) { isDigit($0) && $1 == "-" ? [$0, " ", $1, " "] : nil }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// Replaces pairs from left to right, without overlap.
    private static func pairs(
        _ scalars: [Unicode.Scalar],
        _ replacement: (Unicode.Scalar, Unicode.Scalar) -> [Unicode.Scalar]?
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count * 2)
        var index = 0
        while index < scalars.count {
            if index + 1 < scalars.count,
                let pair = replacement(scalars[index], scalars[index + 1])
            {
                result += pair
                index += 2
            } else {
                result.append(scalars[index])
                index += 1
            }
        }
        return result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    /// Characters that are tokens of their own: ASCII punctuation but `'`, `,`, `-` and `.`.
    private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "{"..."~", "["..."`", " "..."&", "("..."+", ":"..."@", "/": true
        default: false
        }
    }

    private static func replacing(_ old: String, with new: String, in text: String) -> String {
        let (bytes, old) = (Array(text.utf8), Array(old.utf8))
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: old) {
                result += new.utf8
                index += old.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension String {
    fileprivate func trimmingPythonSpaceAtEnd() -> Substring.UnicodeScalarView {
        var rest = self[...].unicodeScalars
        while let last = rest.last, PythonText.isSpace(last) { rest.removeLast() }
        return rest
    }
}
