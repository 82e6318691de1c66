import Basics
import CKernels
import ModelFiles

/// A weight matrix [rows, columns] in the panels that the kernels read; see `kernels.h`.
struct PackedMatrix: @unchecked Sendable {
    // Safe to share: `panels` points into memory that its owner keeps and nobody writes any more.
    let type: tk_type
    let rows: Int
    let columns: Int
    let panels: UnsafeMutableRawPointer
    let panelBytes: Int
    /// What is missing from weights of F32 that `panels` holds rounded to bf16, in panels of the same
    /// size; nil where nothing is.
    let missing: UnsafeMutableRawPointer?

    static let panelRows = Int(TK_PANEL)

    var panelCount: Int { Self.panelCount(rows) }
    /// `rows`, rounded up to whole panels: the least stride of an output.
    var paddedRows: Int { panelCount * Self.panelRows }

    static func panelCount(_ rows: Int) -> Int { (rows + panelRows - 1) / panelRows }

    static func byteCount(_ type: tk_type, rows: Int, columns: Int) -> Int {
        panelCount(rows) * tk_panel_bytes(type, columns)
    }

    func panel(_ index: Int) -> UnsafeMutableRawPointer { panels + index * panelBytes }

    init(
        type: tk_type, rows: Int, columns: Int, at memory: UnsafeMutableRawPointer,
        missing: UnsafeMutableRawPointer? = nil
    ) {
        self.missing = missing
        self.type = type
        self.rows = rows
        self.columns = columns
        panels = memory
        panelBytes = tk_panel_bytes(type, columns)
    }

    /// Where a thread's share of the panels begins.
    func start(of thread: Int, _ workers: Workers) -> UnsafeRawPointer {
        UnsafeRawPointer(panel(workers.share(panelCount, of: thread).lowerBound))
    }

    /// Row `row` in f32.
    /// - Parameters:
    ///   - scratch: room for `TK_EXPANDED` values.
    ///   - output: [columns].
    func copyRow(
        _ row: Int, kernels: tk_kernels, scratch: UnsafeMutablePointer<Float>,
        to output: UnsafeMutablePointer<Float>
    ) {
        let lane = row % Self.panelRows
        var first = 0
        while first < columns {
            let count = min(Int(TK_SUM_BLOCK), columns - first)
            kernels.expand(type, panel(row / Self.panelRows), first, count, scratch)
            kernels.dequantize(type, scratch, count, Int32(lane), output + first)
            first += count
        }
    }
}
