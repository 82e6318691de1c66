extension WordRule {
    /// Writes the units of a word with spaces between them; nil: it is one as it stands.
    func write(
        _ word: UnsafeBufferPointer<UInt8>, to memory: UnsafeMutableBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        switch self {
        case .rouge, .rougeStems: RougeWords.write(word, to: memory)
        case .lowerCase: PythonText.writeLowercased(word, to: memory)
        case .plain: PlainWords.write(word, to: memory)
        case .squad: PlainWords.writeWithoutArticles(word, to: memory)
        case .mteval13a: Tokenizer13a.write(word, to: memory)
        case .chrf: ChrFWords.write(word, to: memory)
        case .spaces, .international, .characters: nil
        }
    }

    /// The number of what counts for a unit; nil where nothing does.
    func number(of unit: UnsafeBufferPointer<UInt8>, _ table: inout WordTable) -> Int32? {
        if self == .squad, WordKey(unit).isArticle { return nil }
        guard self == .rougeStems, unit.count > 3 else { return table.number(unit) }
        var number: Int32 = 0
        ByteScratch.withPadding(PorterStemmer.stem(Array(unit))) { number = table.number($0) }
        return number
    }
}
