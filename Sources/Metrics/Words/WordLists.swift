/// The words of an answer, and of each of its references, as numbers.
struct WordLists: Sendable {
    /// Of all texts, one after another; each ends where `ends` says. What is behind the last is left
    /// from before.
    private(set) var numbers: [Int32] = []
    private var ends: [Int] = []

    /// The answer's, and the references'; 0: nothing was cut yet.
    var count: Int { ends.count }

    /// - Parameter index: 0: the answer; from 1 on: the references.
    subscript(_ index: Int) -> ArraySlice<Int32> { numbers[range(index)] }

    var answer: ArraySlice<Int32> { self[0] }
    var references: [ArraySlice<Int32>] { (1..<count).map { self[$0] } }

    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    mutating func removeAll() { ends.removeAll(keepingCapacity: true) }

    /// Adds the words that `cut` puts into room for `limit` ones; it returns how many.
    @inline(__always)
    mutating func append(
        upTo limit: Int, _ cut: (UnsafeMutableBufferPointer<Int32>) -> Int
    ) {
        let start = ends.last ?? 0
        if numbers.count < start + limit {
            let room = max(start + limit, 2 * numbers.count)
            numbers += repeatElement(0, count: room - numbers.count)
        }
        let count = numbers.withUnsafeMutableBufferPointer {
            cut(UnsafeMutableBufferPointer(rebasing: $0[start..<start + limit]))
        }
        ends.append(start + count)
    }

    /// The length of the reference that is closest to the answer's, of two the shorter; nil where no
    /// length `isWanted`.
    func closestReferenceLength(_ isWanted: (Int) -> Bool = { _ in true }) -> Int? {
        let count = range(0).count
        var closest: Int?
        for index in 1..<max(1, ends.count) {
            let length = range(index).count
            guard isWanted(length) else { continue }
            if let best = closest, (abs(best - count), best) <= (abs(length - count), length) {
                continue
            }
            closest = length
        }
        return closest
    }
}
