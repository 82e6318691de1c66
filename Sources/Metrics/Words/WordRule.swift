/// How a text is cut into the units that a metric counts.
enum WordRule: Int, CaseIterable {
    /// Runs of a–z and 0–9 in lower case, and their Porter stems.
    case rouge, rougeStems
    /// Between white space: as they are, and in lower case.
    case spaces, lowerCase
    /// sacrebleu's tokenizers.
    case mteval13a, international
    /// Every character but white space.
    case characters
    /// Words with punctuation at their ends set apart, as chrF++ counts them.
    case chrf
    /// In lower case without ASCII punctuation; and without articles.
    case plain, squad

    /// The units of `text`, as numbers.
    /// - Complexity: O(bytes).
    func words(of text: String, _ table: inout WordTable) -> [Int32] {
        var text = text
        return text.withUTF8 { bytes in
            switch self {
            case .rouge: Self.numbers(RougeWords.spaced(bytes), &table)
            case .rougeStems:
                Self.numbers(RougeWords.spaced(bytes), &table).map { table.stem($0) }
            case .spaces: Self.numbers(bytes, &table)
            case .lowerCase: Self.numbers(PythonText.lowercased(bytes), &table)
            case .mteval13a: Self.numbers(Tokenizer13a.spaced(bytes), &table)
            case .international: Self.numbers(InternationalTokenizer.spaced(bytes), &table)
            case .characters: CharacterWords.numbers(bytes)
            case .chrf: Self.numbers(ChrFWords.spaced(bytes), &table)
            case .plain: Self.numbers(PlainWords.spaced(bytes), &table)
            case .squad: Self.numbers(PlainWords.withoutArticles(PlainWords.spaced(bytes)), &table)
            }
        }
    }

    private static func numbers(_ bytes: [UInt8], _ table: inout WordTable) -> [Int32] {
        bytes.withUnsafeBufferPointer { numbers($0, &table) }
    }

    private static func numbers(_ bytes: UnsafeBufferPointer<UInt8>, _ table: inout WordTable)
        -> [Int32]
    {
        var numbers: [Int32] = []
        numbers.reserveCapacity(bytes.count / 5 + 1)
        PythonText.forEachWord(bytes) { numbers.append(table.number(.init(rebasing: bytes[$0]))) }
        return numbers
    }
}
