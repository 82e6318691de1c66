/// The Porter stemmer as nltk has it, with nltk's extensions: irregular words, `-ied`, `-alli`,
/// `-bli`, `-fulli`, `-logi`, and short stems.
///
/// Porter, "An algorithm for suffix stripping", 1980.
struct PorterStemmer {
    private var word: [UInt8]

    /// - Parameter word: lower-case ASCII letters and digits.
    /// - Complexity: O(letters).
    static func stem(_ word: [UInt8]) -> [UInt8] {
        if let known = irregular[word] { return known }
        if word.count <= 2 { return word }
        var stemmer = PorterStemmer(word: word)
        stemmer.plural()
        stemmer.pastAndParticiple()
        stemmer.finalY()
        stemmer.doubleSuffix()
        stemmer.replace(rules3) { $0 > 0 }
        stemmer.longSuffix()
        stemmer.finalE()
        return stemmer.word
    }

    private static let irregular: [[UInt8]: [UInt8]] = {
        let stems: [(String, [String])] = [
            ("sky", ["sky", "skies"]), ("die", ["dying"]), ("lie", ["lying"]), ("tie", ["tying"]),
            ("news", ["news"]), ("inning", ["innings", "inning"]),
            ("outing", ["outings", "outing"]), ("canning", ["cannings", "canning"]),
            ("howe", ["howe"]), ("proceed", ["proceed"]), ("exceed", ["exceed"]),
            ("succeed", ["succeed"]),
        ]
        var table: [[UInt8]: [UInt8]] = [:]
        for (stem, words) in stems {
            for word in words { table[Array(word.utf8)] = Array(stem.utf8) }
        }
        return table
    }()

    private typealias Rule = (suffix: [UInt8], replacement: [UInt8])

    private static func rules(_ pairs: KeyValuePairs<String, String>) -> [Rule] {
        pairs.map { (Array($0.key.utf8), Array($0.value.utf8)) }
    }

    private static let rules2 = rules([
        "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize",
        "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous",
        "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive",
        "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
        "fulli": "ful",
    ])
    private static let rules3 = rules([
        "icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "",
        "ness": "",
    ])
    private static let suffixes4 = [
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion",
        "ou", "ism", "ate", "iti", "ous", "ive", "ize",
    ].map { Array($0.utf8) }

    // MARK: Letters

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            false
        case UInt8(ascii: "y"): index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// How often a consonant follows a vowel in the first `count` letters.
    private func measure(_ count: Int) -> Int {
        var (measure, wasVowel) = (0, false)
        for index in 0..<count {
            let isVowel = !isConsonant(index)
            if wasVowel && !isVowel { measure += 1 }
            wasVowel = isVowel
        }
        return measure
    }

    private func hasVowel(_ count: Int) -> Bool { (0..<count).contains { !isConsonant($0) } }

    /// Whether the first `count` letters end as "hop" does.
    private func endsShort(_ count: Int) -> Bool {
        if count == 2 { return !isConsonant(0) && isConsonant(1) }
        guard count >= 3, isConsonant(count - 3), !isConsonant(count - 2), isConsonant(count - 1)
        else { return false }
        return ![UInt8(ascii: "w"), UInt8(ascii: "x"), UInt8(ascii: "y")].contains(word[count - 1])
    }

    private func ends(_ suffix: String) -> Bool {
        word.count >= suffix.utf8.count && ends(Array(suffix.utf8))
    }

    private func ends(_ suffix: [UInt8]) -> Bool { word.suffix(suffix.count).elementsEqual(suffix) }

    private mutating func replaceEnd(_ count: Int, _ replacement: String = "") {
        word.removeLast(count)
        word += replacement.utf8
    }

    /// Applies the first rule whose suffix is there, where the measure of the stem allows it.
    private mutating func replace(_ rules: [Rule], where allows: (Int) -> Bool) {
        guard let rule = rules.first(where: { ends($0.suffix) }) else { return }
        guard allows(measure(word.count - rule.suffix.count)) else { return }
        word.removeLast(rule.suffix.count)
        word += rule.replacement
    }

    // MARK: Steps

    private mutating func plural() {
        if ends("ies"), word.count == 4 { return replaceEnd(3, "ie") }
        if ends("sses") { return replaceEnd(2) }
        if ends("ies") { return replaceEnd(3, "i") }
        if ends("s"), !ends("ss") { replaceEnd(1) }
    }

    private mutating func pastAndParticiple() {
        if ends("ied") { return replaceEnd(3, word.count == 4 ? "ie" : "i") }
        if ends("eed") {
            if measure(word.count - 3) > 0 { replaceEnd(1) }
            return
        }
        let count = ends("ed") ? 2 : ends("ing") ? 3 : 0
        if count == 0 || !hasVowel(word.count - count) { return }
        replaceEnd(count)
        if ends("at") || ends("bl") || ends("iz") { return replaceEnd(0, "e") }
        let last = word.count - 1
        if last >= 1, word[last] == word[last - 1], isConsonant(last) {
            let keeps = [UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "z")]
            if !keeps.contains(word[last]) { replaceEnd(1) }
            return
        }
        if measure(word.count) == 1, endsShort(word.count) { replaceEnd(0, "e") }
    }

    private mutating func finalY() {
        let count = word.count - 1
        if ends("y"), count > 1, isConsonant(count - 1) { replaceEnd(1, "i") }
    }

    private mutating func doubleSuffix() {
        while ends("alli"), measure(word.count - 4) > 0 { replaceEnd(4, "al") }
        if ends("logi"), !Self.rules2.contains(where: { ends($0.suffix) }) {
            if measure(word.count - 3) > 0 { replaceEnd(1) }
            return
        }
        replace(Self.rules2) { $0 > 0 }
    }

    private mutating func longSuffix() {
        guard let suffix = Self.suffixes4.first(where: { ends($0) }) else { return }
        let count = word.count - suffix.count
        guard measure(count) > 1 else { return }
        if suffix.elementsEqual("ion".utf8) {
            guard [UInt8(ascii: "s"), UInt8(ascii: "t")].contains(word[count - 1]) else { return }
        }
        replaceEnd(suffix.count)
    }

    private mutating func finalE() {
        if ends("e") {
            let count = word.count - 1
            let measure = measure(count)
            if measure > 1 || (measure == 1 && !endsShort(count)) { replaceEnd(1) }
        }
        if ends("ll"), measure(word.count - 1) > 1 { replaceEnd(1) }
    }
}
