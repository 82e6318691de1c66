/// The tokenizer `intl` of mteval-v14, as sacrebleu has it: punctuation and symbols of every script are
/// tokens of their own, but for punctuation between digits. A full stop after a number at the very end
/// stays with it.
enum InternationalTokenizer {
    private enum Kind { case number, punctuation, symbol, other }

    /// `text` with spaces around its tokens.
    static func spaced(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let end = PythonText.endWithoutSpace(text)
        var scalars = Array(String(decoding: text[..<end], as: UTF8.self).unicodeScalars)
        scalars = pairs(scalars, before: false) { kind($0) != .number && kind($1) == .punctuation }
        scalars = pairs(scalars, before: true) { kind($0) == .punctuation && kind($1) != .number }
        var spaced: [UInt8] = []
        spaced.reserveCapacity(2 * text.count)
        for scalar in scalars {
            let isSymbol = kind(scalar) == .symbol
            if isSymbol { spaced.append(0x20) }
            PythonText.append(scalar, to: &spaced)
            if isSymbol { spaced.append(0x20) }
        }
        return spaced
    }

    /// Sets spaces between the two characters of each pair and before or after them, from left to
    /// right, without overlap.
    private static func pairs(
        _ scalars: [Unicode.Scalar], before: Bool,
        _ isPair: (Unicode.Scalar, Unicode.Scalar) -> Bool
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count + scalars.count / 4)
        var index = 0
        while index < scalars.count {
            guard index + 1 < scalars.count, isPair(scalars[index], scalars[index + 1]) else {
                result.append(scalars[index])
                index += 1
                continue
            }
            if before { result.append(" ") }
            result.append(scalars[index])
            result.append(" ")
            result.append(scalars[index + 1])
            if !before { result.append(" ") }
            index += 2
        }
        return result
    }

    private static func kind(_ scalar: Unicode.Scalar) -> Kind {
        scalar.isASCII ? asciiKinds[Int(scalar.value)] : unicodeKind(scalar)
    }

    private static let asciiKinds = (0..<128).map { unicodeKind(Unicode.Scalar(UInt8($0))) }

    private static func unicodeKind(_ scalar: Unicode.Scalar) -> Kind {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: .number
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            .punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        default: .other
        }
    }
}
