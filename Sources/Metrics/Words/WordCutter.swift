/// Cuts texts into the units that metrics count, and numbers them.
///
/// All rules but that of characters look no further than the words between white space, and keep a word
/// of ASCII letters and digits whole. Only other words are written out as a rule has them.
struct WordCutter: Sendable {
    private var table = WordTable()
    private var scratch = ByteScratch()

    /// A table with more words than this is begun anew.
    private static let wordLimit = 1 << 20

    private typealias Bytes = UnsafeBufferPointer<UInt8>

    /// Forgets the words where they are many; their numbers then mean nothing any more.
    mutating func makeRoom() {
        if table.count > Self.wordLimit { table = WordTable() }
    }

    /// Appends the units of `text`.
    /// - Parameter text: 16 bytes can be read behind it, see ``ByteScratch/padding``.
    /// - Complexity: O(bytes).
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, by rule: WordRule, to lists: inout WordLists
    ) {
        switch rule {
        case .rouge: cut(text, &lists, lowers: true, RougeWords.write)
        case .rougeStems:
            cut(text, &lists, lowers: true, RougeWords.write)
            lists.replaceLast { table.stem($0) }
        case .spaces: cut(text, &lists, lowers: false, hasMarks: true) { _, _ in nil }
        case .lowerCase:
            cut(text, &lists, lowers: true, hasMarks: true, PythonText.writeLowercased)
        case .plain: cut(text, &lists, lowers: true, PlainWords.write)
        case .squad:
            cut(text, &lists, lowers: true, dropsArticles: true, PlainWords.writeWithoutArticles)
        case .mteval13a:
            Tokenizer13a.withUnescaped(text) {
                cut($0, &lists, lowers: false, Tokenizer13a.write)
            }
        case .international:
            ByteScratch.withPadding(InternationalTokenizer.spaced(text)) {
                cut($0, &lists, lowers: false, hasMarks: true) { _, _ in nil }
            }
        case .characters: CharacterWords.append(text, to: &lists)
        case .chrf: cut(text, &lists, lowers: false, ChrFWords.write)
        }
    }

    /// Appends the units of all words of a text.
    /// - Parameters:
    ///   - lowers: whether the rule has words in lower case.
    ///   - hasMarks: whether the rule keeps ASCII punctuation in words.
    ///   - dropsArticles: whether a, an, the are left out.
    ///   - write: writes a word's units with spaces between them; nil: it is one as it stands.
    @inline(__always)
    private mutating func cut(
        _ text: Bytes, _ lists: inout WordLists, lowers: Bool, hasMarks: Bool = false,
        dropsArticles: Bool = false,
        _ write: (Bytes, UnsafeMutableBufferPointer<UInt8>) -> Bytes?
    ) {
        lists.append(upTo: text.count) { found in
            var count = 0
            PythonText.forEachWord(text) { place in
                let word = Bytes(rebasing: text[place])
                if let key = WordKey(simple: word, lowers: lowers, hasMarks: hasMarks) {
                    if dropsArticles, key.isArticle { return }
                    found[count] = table.number(key)
                    count += 1
                    return
                }
                scratch.with(ByteScratch.room(forWord: word.count)) { memory in
                    guard let units = write(word, memory) else {
                        found[count] = table.number(WordKey(word), word)
                        count += 1
                        return
                    }
                    PythonText.forEachWord(units) { place in
                        let unit = Bytes(rebasing: units[place])
                        let key = WordKey(unit)
                        if dropsArticles, key.isArticle { return }
                        found[count] = table.number(key, unit)
                        count += 1
                    }
                }
            }
            return count
        }
    }
}
