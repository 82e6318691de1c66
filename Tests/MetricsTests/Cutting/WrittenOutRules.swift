/// How texts are cut, as the sources of the metrics define it: character by character, one step after
/// another, without a word of how to be fast.
enum WrittenOutRules {
    typealias Scalars = [Unicode.Scalar]

    static func lower(_ text: Scalars) -> Scalars {
        text.indices.flatMap { index -> Scalars in
            if text[index] != "\u{3A3}" {
                return Array(text[index].properties.lowercaseMapping.unicodeScalars)
            }
            func nextIsCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
                scalars.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
            }
            let isFinal =
                nextIsCased(text[..<index].reversed()) && !nextIsCased(text[(index + 1)...])
            return [isFinal ? "\u{3C2}" : "\u{3C3}"]
        }
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        [0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000].contains(scalar.value)
            || (0x09...0x0D).contains(scalar.value) || (0x1C...0x20).contains(scalar.value)
            || (0x2000...0x200A).contains(scalar.value)
    }

    static func split(_ text: Scalars) -> [Scalars] {
        text.split(whereSeparator: isSpace).map(Array.init)
    }

    static func withoutPunctuation(_ text: Scalars) -> Scalars {
        text.filter { !"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".unicodeScalars.contains($0) }
    }

    /// `re.sub(r"\b(a|an|the)\b", " ", text)`
    static func withoutArticles(_ text: Scalars) -> Scalars {
        var result: Scalars = []
        var index = 0
        while index < text.count {
            var end = index
            while end < text.count, isWord(text[end]) { end += 1 }
            if end == index { end += 1 }
            let word = Array(text[index..<end])
            let isArticle = [["a"], ["a", "n"], ["t", "h", "e"]].contains(word)
            result += isArticle ? [" "] : word
            index = end
        }
        return result
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: scalar == "_"
        }
    }

    /// The words of `re.split(r"[^a-z0-9]+", text.lower())`.
    static func rouge(_ text: Scalars) -> [Scalars] {
        lower(text).split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
            .map(Array.init)
    }

    /// sacrebleu's tokenizer 13a: replacements in the whole text, one after another.
    static func mteval13a(_ text: Scalars) -> [Scalars] {
        var line = text
        while let last = line.last, isSpace(last) { line.removeLast() }
        for (old, new) in [
            ("<skipped>", ""), ("-\n", ""), ("\n", " "), ("&quot;", "\""), ("&amp;", "&"),
            ("&lt;", "<"), ("&gt;", ">"),
        ] { line = replacing(Array(old.unicodeScalars), Array(new.unicodeScalars), line) }
        line = [" "] + line + [" "]
        line = line.flatMap { scalar -> Scalars in
            let isSymbol =
                ("{"..."~").contains(scalar) || ("["..."`").contains(scalar)
                || (" "..."&").contains(scalar) || ("("..."+").contains(scalar)
                || (":"..."@").contains(scalar) || scalar == "/"
            return isSymbol ? [" ", scalar, " "] : [scalar]
        }
        line = pairs(line) { !isDigit($0) && isPoint($1) ? [$0, " ", $1, " "] : nil }
        line = pairs(line) { isPoint($0) && !isDigit($1) ? [" ", $0, " ", $1] : nil }
        line = pairs(line) { isDigit($0) && $1 == "-" ? [$0, " ", $1, " "] : nil }
        return split(line)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isPoint(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "," }

    private static func replacing(_ old: Scalars, _ new: Scalars, _ text: Scalars) -> Scalars {
        var (result, index) = (Scalars(), 0)
        while index < text.count {
            if text[index...].starts(with: old) {
                result += new
                index += old.count
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    /// Replaces pairs of neighbours, from left to right.
    private static func pairs(
        _ text: Scalars, _ replacement: (Unicode.Scalar, Unicode.Scalar) -> Scalars?
    ) -> Scalars {
        var (result, index) = (Scalars(), 0)
        while index < text.count {
            if index + 1 < text.count, let new = replacement(text[index], text[index + 1]) {
                result += new
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }
}
