/// A part of a word while pieces are merged.
struct Symbol {
    /// The piece it is; -1 where it is none.
    var id: Int32
    /// Its bytes in the text.
    var start: Int32
    var count: Int32
    var previous: Int32
    var next: Int32
}

/// Which neighbours may be joined, and which first.
protocol PairRanking {
    /// The piece that two neighbours make, and its rank: the lowest is joined first.
    func union(_ left: Symbol, _ right: Symbol, in text: UnsafeBufferPointer<UInt8>)
        -> (rank: UInt32, id: Int32)?
}

/// Pieces are joined by the rank of their merge.
struct MergeRanking: PairRanking {
    let table: MergeTable

    func union(_ left: Symbol, _ right: Symbol, in text: UnsafeBufferPointer<UInt8>)
        -> (rank: UInt32, id: Int32)?
    { table[left.id, right.id] }
}

/// Whatever makes a piece is joined, the highest score first.
struct ScoreRanking: PairRanking {
    let table: PieceTable
    let scores: [Float]

    func union(_ left: Symbol, _ right: Symbol, in text: UnsafeBufferPointer<UInt8>)
        -> (rank: UInt32, id: Int32)?
    {
        let range = Int(left.start)..<Int(right.start + right.count)
        guard let id = table.id(of: UnsafeBufferPointer(rebasing: text[range])) else { return nil }
        let bits = scores[Int(id)].bitPattern
        let ascending = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
        return (~ascending, id)
    }
}
