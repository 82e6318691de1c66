/// The edit distance of an answer's words to a reference's, near the diagonal of the table only.
///
/// As in sacrebleu, row *i* of the table holds cells within 25 of *i* · (reference / answer length); the
/// last row reaches to the end. Rows of the answer are kept, so that another order of the same words
/// costs only what comes after the first difference.
struct BeamEditDistance {
    enum Edit: UInt8 { case none, same, substituted, answerOnly, referenceOnly }

    private static let width = 25
    private static let unreachable = Int32.max / 2

    let reference: [Int32]
    private(set) var answer: [Int32] = []
    /// [answer + 1, reference + 1]
    private var costs: [Int32] = []
    private var edits: [Edit] = []
    private var rows: [[Int32]]

    init(_ reference: [Int32]) {
        self.reference = reference
        rows = [[Int32]](
            repeating: [Int32](repeating: Self.unreachable, count: reference.count + 1), count: 2)
    }

    /// Takes `answer` and computes its table.
    /// - Returns: the distance, and what turns the one into the other, from left to right.
    /// - Complexity: O(answer · 50) time.
    mutating func take(_ answer: [Int32]) -> (distance: Int, edits: [Edit]) {
        self.answer = answer
        let stride = reference.count + 1
        costs = [Int32](repeating: Self.unreachable, count: (answer.count + 1) * stride)
        edits = [Edit](repeating: .none, count: costs.count)
        for column in 0..<stride {
            costs[column] = Int32(column)
            edits[column] = .referenceOnly
        }
        for row in 1..<(answer.count + 1) { fill(row, stride) }
        return (Int(costs[costs.count - 1]), path(stride))
    }

    private mutating func fill(_ row: Int, _ stride: Int) {
        let (start, above) = (row * stride, (row - 1) * stride)
        for column in columns(row, of: answer.count) {
            if column == 0 {
                costs[start] = costs[above] + 1
                edits[start] = .answerOnly
                continue
            }
            let isSame = answer[row - 1] == reference[column - 1]
            let substituted = costs[above + column - 1] + (isSame ? 0 : 1)
            let answerOnly = costs[above + column] + 1
            let referenceOnly = costs[start + column - 1] + 1
            var (cost, edit) = (Self.unreachable, Edit.none)
            if substituted < cost { (cost, edit) = (substituted, isSame ? .same : .substituted) }
            if answerOnly < cost { (cost, edit) = (answerOnly, .answerOnly) }
            if referenceOnly < cost { (cost, edit) = (referenceOnly, .referenceOnly) }
            costs[start + column] = cost
            edits[start + column] = edit
        }
    }

    private func path(_ stride: Int) -> [Edit] {
        var (row, column) = (answer.count, reference.count)
        var path: [Edit] = []
        while row > 0 || column > 0 {
            let edit = edits[row * stride + column]
            path.append(edit)
            if edit != .referenceOnly { row -= 1 }
            if edit != .answerOnly { column -= 1 }
        }
        return path.reversed()
    }

    /// The distance of `other`, which has the words of the answer in another order; nil where it is
    /// surely more than `limit`.
    mutating func distance(of other: [Int32], atMost limit: Int) -> Int? {
        let same = zip(answer, other).prefix { $0 == $1 }.count
        if same == other.count { return Int(costs[costs.count - 1]) }
        let stride = reference.count + 1
        var last = columns(same, of: other.count)
        for column in last { rows[0][column] = costs[same * stride + column] }
        for row in (same + 1)..<(other.count + 1) {
            let columns = columns(row, of: other.count)
            let isHopeful = next(
                other[row - 1], columns, after: last, rest: other.count - row, limit)
            if !isHopeful { return nil }
            last = columns
            rows.swapAt(0, 1)
        }
        return Int(rows[0][reference.count])
    }

    /// Computes a row from `rows[0]` into `rows[1]`.
    /// - Returns: false where every cell leads to more than `limit`, given that `rest` words follow.
    private mutating func next(
        _ word: Int32, _ columns: Range<Int>, after last: Range<Int>, rest: Int, _ limit: Int
    ) -> Bool {
        // Cells outside the beams hold what an older row left there.
        for column in last.upperBound..<max(last.upperBound, columns.upperBound) {
            rows[0][column] = Self.unreachable
        }
        if last.lowerBound > 0 { rows[0][last.lowerBound - 1] = Self.unreachable }
        var isHopeful = false
        let count = reference.count
        rows.withUnsafeMutableBufferPointer { rows in
            rows[1].withUnsafeMutableBufferPointer { row in
                rows[0].withUnsafeBufferPointer { above in
                    reference.withUnsafeBufferPointer { reference in
                        var left = Self.unreachable
                        for column in columns {
                            var cost: Int32
                            if column == 0 {
                                cost = above[0] + 1
                            } else {
                                cost = above[column - 1] + (word == reference[column - 1] ? 0 : 1)
                                cost = min(cost, above[column] + 1, left + 1, Self.unreachable)
                            }
                            row[column] = cost
                            left = cost
                            if Int(cost) + abs(count - column - rest) <= limit {
                                isHopeful = true
                            }
                        }
                    }
                }
            }
        }
        return isHopeful
    }

    /// The cells of a row that are computed.
    private func columns(_ row: Int, of count: Int) -> Range<Int> {
        if row == 0 { return 0..<(reference.count + 1) }
        let ratio = Double(reference.count) / Double(count)
        let width =
            Double(Self.width) < ratio / 2
            ? Int((ratio / 2 + Double(Self.width)).rounded(.up)) : Self.width
        let diagonal = Int((Double(row) * ratio).rounded(.down))
        let end = row == count ? reference.count + 1 : min(reference.count + 1, diagonal + width)
        return max(0, diagonal - width)..<end
    }
}
