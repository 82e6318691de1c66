/// Cuts texts into the units that metrics count, and numbers them.
struct WordCutter {
    private var table = WordTable()
    private var text = ByteScratch()
    private var word = ByteScratch()

    /// A table with more words than this is begun anew.
    private static let wordLimit = 1 << 20

    private typealias Bytes = UnsafeBufferPointer<UInt8>
    private typealias Memory = UnsafeMutableBufferPointer<UInt8>

    /// Forgets the words where they are many; their numbers then mean nothing any more.
    mutating func makeRoom() {
        if table.count > Self.wordLimit { table = WordTable() }
    }

    /// Appends the units of `text`.
    /// - Complexity: O(bytes).
    mutating func append(
        _ text: UnsafeBufferPointer<UInt8>, by rule: WordRule, to numbers: inout [Int32]
    ) {
        switch rule {
        case .rouge: cut(text, &numbers, RougeWords.write)
        case .rougeStems:
            let start = numbers.count
            cut(text, &numbers, RougeWords.write)
            for index in start..<numbers.count { numbers[index] = table.stem(numbers[index]) }
        case .spaces: cut(text, &numbers, Self.copy)
        case .lowerCase: cut(text, &numbers, PythonText.writeLowercased)
        case .plain: cut(text, &numbers, PlainWords.write)
        case .squad:
            cut(text, &numbers, PlainWords.write) { word, isPlain, parts in
                if isPlain { return PlainWords.isArticle(word) ? 0 : nil }
                return PlainWords.writeWithoutArticles(word, to: parts)
            }
        case .mteval13a:
            Tokenizer13a.withUnescaped(text) { text in
                cut(text, &numbers, Self.copy) { word, _, parts in
                    Tokenizer13a.isOneToken(word) ? nil : Tokenizer13a.write(word, to: parts)
                }
            }
        case .international:
            InternationalTokenizer.spaced(text).withUnsafeBufferPointer {
                cut($0, &numbers, Self.copy)
            }
        case .characters: CharacterWords.append(text, to: &numbers)
        case .chrf:
            cut(text, &numbers, Self.copy) { word, _, parts in ChrFWords.write(word, to: parts) }
        }
    }

    private static func copy(_ text: Bytes, to memory: Memory) -> Int {
        _ = memory.update(fromContentsOf: text)
        return text.count
    }

    /// Appends the words between white space of a text.
    /// - Parameters:
    ///   - write: writes what is cut of the text, at most two bytes for one, and says how many.
    ///   - split: writes a word with spaces between its parts; nil: the word is one. Is told whether
    ///     all of the word is ASCII.
    @inline(__always)
    private mutating func cut(
        _ source: Bytes, _ numbers: inout [Int32], _ write: (Bytes, Memory) -> Int,
        split: (_ word: Bytes, _ isPlain: Bool, _ parts: Memory) -> Int? = { _, _, _ in nil }
    ) {
        text.with(2 * source.count) { memory in
            let bytes = Bytes(rebasing: memory[..<write(source, memory)])
            PythonText.forEachWord(bytes) { place, isPlain in
                let found = Bytes(rebasing: bytes[place])
                word.with(Tokenizer13a.room(for: found.count)) { memory in
                    guard let count = split(found, isPlain, memory) else {
                        numbers.append(table.number(found))
                        return
                    }
                    let parts = Bytes(rebasing: memory[..<count])
                    PythonText.forEachWord(parts) { part, _ in
                        numbers.append(table.number(Bytes(rebasing: parts[part])))
                    }
                }
            }
        }
    }
}
