import Basics

/// A checked and indexed vocabulary, shared by all copies of a tokenizer.
final class Vocabulary: Sendable {
    enum Merger: Sendable {
        case ranked(MergeTable)
        case scored([Float])
    }

    let data: VocabularyData
    /// Pieces that text can turn into.
    let table: PieceTable
    let merger: Merger
    let added: AddedTokens
    /// By id.
    let isControl: [Bool]
    /// The pieces of single bytes: of a byte-level vocabulary (-1 where it has none), or the byte
    /// tokens. Empty for none.
    let bytePieces: [Int32]
    /// The byte that a byte token stands for, by id; -1 for other tokens.
    let tokenBytes: [Int16]

    /// - Throws: `malformed` for ids outside of the vocabulary, merges of unknown pieces, a
    ///   byte-level vocabulary that spells no byte.
    init(_ data: VocabularyData) throws(TandemError) {
        let count = data.pieces.count
        var isControl = [Bool](repeating: false, count: count)
        for token in data.added {
            guard (0..<count).contains(token.id) else {
                throw TandemError(
                    .malformed, "the added token \"\(token.text)\" has the id \(token.id)",
                    file: data.file, remedy: "ids go from 0 to \(count - 1)")
            }
            isControl[token.id] = token.isControl
        }
        for (name, id) in [
            ("bos", data.beginning), ("eos", data.end), ("unknown", data.unknown),
        ] {
            if let id, !(0..<count).contains(Int(id)) {
                throw TandemError(
                    .malformed, "the \(name) token has the id \(id)", file: data.file,
                    remedy: "ids go from 0 to \(count - 1)")
            }
        }
        let byteTokens = Set(data.byteTokens)
        let table = PieceTable(data.pieces) { id in
            !isControl[id] && !byteTokens.contains(Int32(id))
        }
        switch data.merging {
        case .ranked(let pairs):
            merger = .ranked(try MergeTable(pairs, table: table, file: data.file))
        case .scored(let scores):
            guard scores.count == count else {
                throw TandemError(
                    .malformed, "\(scores.count) scores for \(count) pieces", file: data.file)
            }
            merger = .scored(scores)
        }
        var tokenBytes = [Int16](repeating: -1, count: count)
        switch data.spelling {
        case .byteLevel:
            bytePieces = (0..<256).map { table.id(of: [UInt8($0)]) ?? -1 }
            guard bytePieces.contains(where: { $0 >= 0 }) else {
                throw TandemError(
                    .malformed, "no piece spells any byte", file: data.file,
                    remedy: "the tokenizer is damaged; fetch it again")
            }
        case .sentencePiece:
            bytePieces = data.byteTokens
            for (byte, id) in data.byteTokens.enumerated() {
                if tokenBytes.indices.contains(Int(id)) { tokenBytes[Int(id)] = Int16(byte) }
            }
        }
        self.data = data
        self.table = table
        self.isControl = isControl
        self.tokenBytes = tokenBytes
        added = AddedTokens(data.added)
    }
}
