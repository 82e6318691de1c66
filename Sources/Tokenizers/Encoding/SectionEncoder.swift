import Basics

/// Encodes the text between two added tokens.
struct SectionEncoder {
    let vocabulary: Vocabulary
    private var data: VocabularyData { vocabulary.data }

    init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Appends the ids of `section`.
    /// - Throws: `limit` when a split pattern takes too long; `unsupported` for text that the
    ///   vocabulary has no token for.
    func encode(_ section: ArraySlice<UInt8>, isFirst: Bool, into ids: inout [Int32])
        throws(TandemError)
    {
        if section.isEmpty { return }
        let text: ArraySlice<UInt8> =
            data.spelling == .sentencePiece ? withMarkedSpaces(section, isFirst: isFirst) : section
        // Passed through a result: a typed error cannot leave the closure.
        let result = text.withUnsafeBufferPointer { bytes in
            Result { () throws(TandemError) in try encode(bytes) }
        }
        ids += try result.get()
    }

    private func encode(_ text: UnsafeBufferPointer<UInt8>) throws(TandemError) -> [Int32] {
        var ids: [Int32] = []
        for word in try data.splits.words(text) {
            let whole = UnsafeBufferPointer(rebasing: text[word])
            if data.ignoresMerges, let id = vocabulary.table.id(of: whole) {
                ids.append(id)
                continue
            }
            var symbols = symbols(whole)
            switch vocabulary.merger {
            case .ranked(let table):
                PairMerger(ranking: MergeRanking(table: table)).merge(&symbols, in: whole)
            case .scored(let scores):
                let ranking = ScoreRanking(table: vocabulary.table, scores: scores)
                PairMerger(ranking: ranking).merge(&symbols, in: whole)
            }
            try append(symbols, of: whole, to: &ids)
        }
        return ids
    }

    /// Spaces as U+2581, with one before the text where the vocabulary wants it.
    private func withMarkedSpaces(_ section: ArraySlice<UInt8>, isFirst: Bool)
        -> ArraySlice<UInt8>
    {
        var text: [UInt8] = []
        text.reserveCapacity(section.count + 16)
        let mark: [UInt8] = [0xE2, 0x96, 0x81]
        let hasPrefix = data.spacePrefix == .always || (data.spacePrefix == .first && isFirst)
        let hasOwn = section.first == 0x20 || section.starts(with: mark)
        if hasPrefix, !(hasOwn && data.keepsLeadingSpace) { text += mark }
        for byte in section {
            if byte == 0x20 { text += mark } else { text.append(byte) }
        }
        return text[...]
    }

    /// The bytes or the scalars of a word, linked. Bytes that no piece spells are left out where there
    /// is no unknown token, and what stands around them may merge, as in Hugging Face's tokenizers.
    private func symbols(_ word: UnsafeBufferPointer<UInt8>) -> [Symbol] {
        var symbols: [Symbol] = []
        symbols.reserveCapacity(word.count)
        var start = 0
        while start < word.count {
            var count = 1
            if data.spelling == .sentencePiece {
                while start + count < word.count, word[start + count] & 0xC0 == 0x80 { count += 1 }
            }
            let bytes = UnsafeBufferPointer(rebasing: word[start..<start + count])
            let id: Int32? =
                data.spelling == .byteLevel
                ? vocabulary.bytePieces[Int(word[start])] : vocabulary.table.id(of: bytes)
            let isLeftOut = id == -1 && data.unknown == nil
            if !isLeftOut {
                symbols.append(
                    Symbol(
                        id: id ?? -1, start: Int32(start), count: Int32(count),
                        previous: Int32(symbols.count) - 1, next: Int32(symbols.count) + 1))
            }
            start += count
        }
        if !symbols.isEmpty { symbols[symbols.count - 1].next = -1 }
        return symbols
    }

    /// What no piece spells becomes byte tokens, or the unknown token.
    private func append(
        _ symbols: [Symbol], of word: UnsafeBufferPointer<UInt8>, to ids: inout [Int32]
    ) throws(TandemError) {
        var previousIsUnknown = false
        for symbol in symbols where symbol.count > 0 {
            if symbol.id >= 0 {
                ids.append(symbol.id)
                previousIsUnknown = false
                continue
            }
            let bytes = word[Int(symbol.start)..<Int(symbol.start + symbol.count)]
            if data.spelling == .sentencePiece, !vocabulary.bytePieces.isEmpty {
                ids += bytes.map { vocabulary.bytePieces[Int($0)] }
            } else if let unknown = data.unknown {
                if !(previousIsUnknown && data.fusesUnknown) { ids.append(unknown) }
                previousIsUnknown = true
            } else {
                throw TandemError(
                    .unsupported,
                    "the vocabulary has no token for \"\(String(decoding: bytes, as: UTF8.self))\"",
                    file: data.file)
            }
        }
    }
}
