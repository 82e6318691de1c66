/// Byte-pair encoding of one word: the best pair of neighbours is joined until none is left.
///
/// Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", 2016. Among pairs
/// of equal rank the leftmost goes first.
struct PairMerger<Ranking: PairRanking> {
    let ranking: Ranking

    private struct Candidate {
        /// Rank, then place of the left symbol.
        var key: UInt64
        var left: Int32
        var right: Int32
        /// What the two held when they were paired, to recognise pairs that are gone.
        var count: Int32
        var id: Int32
    }

    /// Merges `symbols`, linked in their order; those with `count` 0 are gone afterwards.
    /// - Complexity: O(*n* log *n*), *n* the symbols.
    func merge(_ symbols: inout [Symbol], in text: UnsafeBufferPointer<UInt8>) {
        var heap: [Candidate] = []
        heap.reserveCapacity(symbols.count * 2)
        for index in symbols.indices.dropLast() {
            push(Int32(index), Int32(index + 1), symbols, text, &heap)
        }
        while let best = Self.pop(&heap) {
            let (left, right) = (Int(best.left), Int(best.right))
            guard symbols[left].count > 0, symbols[right].count > 0,
                symbols[left].next == best.right,
                symbols[left].count + symbols[right].count == best.count
            else { continue }
            symbols[left].id = best.id
            symbols[left].count = best.count
            symbols[left].next = symbols[right].next
            symbols[right].count = 0
            let next = symbols[left].next
            if next >= 0 {
                symbols[Int(next)].previous = best.left
                push(best.left, next, symbols, text, &heap)
            }
            let previous = symbols[left].previous
            if previous >= 0 { push(previous, best.left, symbols, text, &heap) }
        }
    }

    private func push(
        _ left: Int32, _ right: Int32, _ symbols: [Symbol], _ text: UnsafeBufferPointer<UInt8>,
        _ heap: inout [Candidate]
    ) {
        let (first, second) = (symbols[Int(left)], symbols[Int(right)])
        guard let union = ranking.union(first, second, in: text) else { return }
        heap.append(
            Candidate(
                key: UInt64(union.rank) << 32 | UInt64(UInt32(bitPattern: left)), left: left,
                right: right, count: first.count + second.count, id: union.id))
        var child = heap.count - 1
        while child > 0, heap[child].key < heap[(child - 1) / 2].key {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private static func pop(_ heap: inout [Candidate]) -> Candidate? {
        guard let last = heap.popLast() else { return nil }
        guard let best = heap.first else { return last }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in 2 * parent + 1...2 * parent + 2
            where child < heap.count && heap[child].key < heap[smallest].key { smallest = child }
            if smallest == parent { return best }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
