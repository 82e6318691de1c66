import Basics

/// Text to ids and back, as a model's own vocabulary has it.
///
/// Byte-pair encoding in the two forms that Llama models use: over bytes (GPT-2) and over
/// characters with a fallback to bytes (SentencePiece).
public struct Tokenizer: Sendable {
    let vocabulary: Vocabulary

    /// - Throws: `malformed` for a vocabulary that contradicts itself.
    /// - Complexity: O(bytes of all pieces and merges).
    public init(_ data: VocabularyData) throws(TandemError) { vocabulary = try Vocabulary(data) }

    /// The file that the vocabulary is from.
    public var file: String { vocabulary.data.file }
    /// Ids go from 0 to this, exclusive.
    public var vocabularySize: Int { vocabulary.data.pieces.count }
    public var beginningOfSequence: Int32? { vocabulary.data.beginning }
    public var endOfSequence: Int32? { vocabulary.data.end }
    var prefixesSpace: Bool { vocabulary.data.spacePrefix != .never }

    /// The ids of `prompt`. Control tokens are recognised in its trusted parts only.
    /// - Parameter addsSpecialTokens: whether the tokens of begin and end are added that the
    ///   vocabulary asks for; the first is not doubled.
    /// - Throws: `limit`, `unsupported` for text that cannot be encoded.
    /// - Complexity: O(*n* log *n*), *n* the bytes.
    public func encode(_ prompt: PromptText, addsSpecialTokens: Bool) throws(TandemError)
        -> [Int32]
    {
        var text: [UInt8] = []
        var trusted: [Range<Int>] = []
        for part in prompt.parts {
            let start = text.count
            text += part.text.utf8
            if part.isTrusted { trusted.append(start..<text.count) }
        }
        let data = vocabulary.data
        let encoder = SectionEncoder(vocabulary)
        let matches = text.withUnsafeBufferPointer {
            vocabulary.added.matches(in: $0, trusted: trusted)
        }
        var ids: [Int32] = []
        if addsSpecialTokens, data.addsBeginning, let beginning = data.beginning,
            matches.first.map({ $0.range.lowerBound > 0 || $0.id != beginning }) ?? true
        {
            ids.append(beginning)
        }
        var position = 0
        for match in matches {
            try encoder.encode(
                text[position..<match.range.lowerBound], isFirst: position == 0, into: &ids)
            ids.append(match.id)
            position = match.range.upperBound
        }
        try encoder.encode(text[position...], isFirst: position == 0, into: &ids)
        if addsSpecialTokens, data.addsEnd, let end = data.end { ids.append(end) }
        return ids
    }

    /// The ids of plain text.
    public func encode(_ text: String, isTrusted: Bool = false, addsSpecialTokens: Bool = false)
        throws(TandemError) -> [Int32]
    {
        try encode(
            PromptText(text, isTrusted: isTrusted), addsSpecialTokens: addsSpecialTokens)
    }

    /// The text of `ids`, without control tokens; bytes that are not UTF-8 become U+FFFD.
    public func decode(_ ids: some Sequence<Int32>) -> String {
        var decoder = StreamDecoder(self)
        var text = ""
        for id in ids { text += decoder.append(id) }
        return text + decoder.finish()
    }

    /// Whether `id` steers the model and is no text.
    public func isControl(_ id: Int32) -> Bool {
        vocabulary.isControl.indices.contains(Int(id)) && vocabulary.isControl[Int(id)]
    }

    /// The bytes that `id` stands for: none for control tokens and for ids that do not exist.
    public func bytes(of id: Int32) -> [UInt8] {
        let index = Int(id)
        guard (0..<vocabularySize).contains(index), !isControl(id) else { return [] }
        return spelling(of: id)
    }

    /// The text of a single token, control tokens included, as the vocabulary names it.
    public func name(of id: Int32) -> String { String(decoding: spelling(of: id), as: UTF8.self) }

    /// Whether an id stands for the same token here and there, as far as both have it: one of the
    /// vocabularies may have been filled up at its end.
    /// - Complexity: O(bytes of all tokens).
    public func hasTokens(of other: Tokenizer) -> Bool {
        let (own, others) = (vocabulary, other.vocabulary)
        if own === others { return true }
        let count = min(vocabularySize, other.vocabularySize)
        return own.data.spelling == others.data.spelling
            && own.data.pieces.begins(like: others.data.pieces, count: count)
            && own.isControl.prefix(count) == others.isControl.prefix(count)
            && own.tokenBytes.prefix(count) == others.tokenBytes.prefix(count)
    }

    /// The bytes that spell a token, those of a control token's name included; none for an id that
    /// does not exist.
    public func spelling(of id: Int32) -> [UInt8] {
        let index = Int(id)
        guard (0..<vocabularySize).contains(index) else { return [] }
        let piece = vocabulary.data.pieces[index]
        if vocabulary.data.spelling == .byteLevel { return Array(piece) }
        let byte = vocabulary.tokenBytes[index]
        if byte >= 0 { return [UInt8(truncatingIfNeeded: byte)] }
        return Self.withoutMarks(piece)
    }

    private static func withoutMarks(_ piece: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = piece
        while let byte = rest.first {
            if rest.starts(with: [0xE2, 0x96, 0x81]) {
                bytes.append(0x20)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return bytes
    }
}
