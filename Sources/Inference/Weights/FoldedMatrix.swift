import CKernels
import ModelFiles

/// A matrix of few rows, as A of an adapter: its rows stand in groups of 16, and each group's blocks of
/// `TK_SUM_BLOCK` columns are half panels of their own, two of which make a panel.
struct FoldedMatrix: Sendable {
    /// 16 rows, `TK_SUM_BLOCK` columns or what is left of them.
    struct HalfPanel {
        let group: Int
        let block: Int
    }

    struct Panel {
        let memory: UnsafeMutableRawPointer
        let missing: UnsafeMutableRawPointer?
        let columns: Int
        let low: HalfPanel
        let high: HalfPanel?
    }

    static let groupRows = PackedMatrix.panelRows / 2

    let type: tk_type
    let groupCount: Int
    let blockCount: Int
    /// Panels of whole blocks of columns, and of the block that is left.
    private let whole, rest: PackedMatrix?

    /// What has to be packed: `whole`, then `rest`, each where there is any.
    static func plans(_ tensors: [Tensor]) -> [MatrixPlan] {
        let columns = tensors[0].columns
        let end = columns / blockColumns * blockColumns
        return [0..<end, end..<columns].filter { !$0.isEmpty }.map {
            MatrixPlan(
                tensors: tensors, order: .asStored, quantization: nil,
                isSplit: tensors[0].type == .f32, folded: $0)
        }
    }

    /// - Parameters:
    ///   - plans: as `plans(_:)` gave them.
    ///   - stored: packed by them.
    init(_ plans: [MatrixPlan], _ stored: [PackedMatrix]) {
        let columns = plans[0].tensors[0].columns
        type = stored[0].type
        groupCount = Self.groupCount(rows: plans[0].tensors.reduce(0) { $0 + $1.rows })
        blockCount = (columns + Self.blockColumns - 1) / Self.blockColumns
        whole = columns >= Self.blockColumns ? stored[0] : nil
        rest = columns % Self.blockColumns == 0 ? nil : stored[stored.count - 1]
    }

    /// `rows`, rounded up to whole groups.
    var paddedRows: Int { groupCount * Self.groupRows }

    var panelCount: Int { (whole?.panelCount ?? 0) + (rest?.panelCount ?? 0) }

    func panel(_ index: Int) -> Panel? {
        let wholeCount = whole?.panelCount ?? 0
        let isWhole = index < wholeCount
        guard let matrix = isWhole ? whole : rest else { return nil }
        let number = isWhole ? index : index - wholeCount
        let firstBlock = isWhole || whole == nil ? 0 : blockCount - 1
        func half(_ number: Int) -> HalfPanel? {
            let (block, group) = number.quotientAndRemainder(dividingBy: groupCount)
            let halves = matrix.rows / Self.groupRows
            return number < halves ? HalfPanel(group: group, block: firstBlock + block) : nil
        }
        guard let low = half(2 * number) else { return nil }
        return Panel(
            memory: matrix.panel(number),
            missing: matrix.missing.map { $0 + number * matrix.panelBytes },
            columns: matrix.columns, low: low, high: half(2 * number + 1))
    }

    /// Calls `body` with the matrices that some panels lie in, and their place there.
    func forParts(_ panels: Range<Int>, _ body: (PackedMatrix, Range<Int>) -> Void) {
        let wholeCount = whole?.panelCount ?? 0
        if let whole { body(whole, panels.clamped(to: 0..<wholeCount)) }
        guard let rest else { return }
        let part = panels.clamped(to: wholeCount..<panelCount)
        body(rest, part.lowerBound - wholeCount..<part.upperBound - wholeCount)
    }

    static let blockColumns = Int(TK_SUM_BLOCK)

    static func groupCount(rows: Int) -> Int { (rows + groupRows - 1) / groupRows }
}
