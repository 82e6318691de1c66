import Basics
import CKernels
import ModelFiles

/// Reads the rows of one panel after another from files and packs them. Each thread has its own.
///
/// Rows are copied from the file cache into a buffer that stays in the processor's cache: cheaper
/// than mapping, and the file's pages never become resident here.
struct PanelReader: ~Copyable {
    private struct Span {
        let tensor: Int
        var rows: ClosedRange<Int>
        var start = 0
    }

    private var stored = ByteBuffer()
    private var quantized = ByteBuffer()

    /// How packing a panel ended.
    enum Outcome {
        case packed, notFinite, incompressible

        init(_ result: Int32) {
            switch Int(result) {
            case TK_PACKED: self = .packed
            case TK_INCOMPRESSIBLE: self = .incompressible
            default: self = .notFinite
            }
        }
    }

    /// Fills panel `index` of `matrix`.
    /// - Throws: `inputOutput`.
    mutating func pack(_ plan: MatrixPlan, panel index: Int, into matrix: PackedMatrix)
        throws(TandemError) -> Outcome
    {
        let places = (0..<PackedMatrix.panelRows).map {
            plan.source(of: index * PackedMatrix.panelRows + $0)
        }
        var spans: [Span] = []
        for case let place? in places {
            if let span = spans.firstIndex(where: { $0.tensor == place.tensor }) {
                let rows = spans[span].rows
                spans[span].rows =
                    min(rows.lowerBound, place.row)...max(rows.upperBound, place.row)
            } else {
                spans.append(Span(tensor: place.tensor, rows: place.row...place.row))
            }
        }
        let rowBytes = plan.tensors[0].rowBytes
        var byteCount = 0
        for span in spans.indices {
            spans[span].start = byteCount
            byteCount += spans[span].rows.count * rowBytes
        }
        let bytes = stored.room(for: byteCount)
        for span in spans {
            let tensor = plan.tensors[span.tensor]
            try tensor.owner.read(
                at: tensor.offset + span.rows.lowerBound * rowBytes,
                into: UnsafeMutableRawBufferPointer(
                    start: bytes + span.start, count: span.rows.count * rowBytes))
        }
        var rows = places.map { place -> UnsafePointer<UInt8>? in
            guard let place, let span = spans.first(where: { $0.tensor == place.tensor }) else {
                return nil
            }
            let start =
                span.start + (place.row - span.rows.lowerBound) * rowBytes
                + place.column / plan.tensors[0].type.blockElements
                * plan.tensors[0].type.blockBytes
            return UnsafePointer(
                (bytes + start).assumingMemoryBound(to: UInt8.self))
        }
        if plan.quantization != nil, !quantize(&rows, plan) { return .notFinite }
        if let missing = matrix.missing {
            return Outcome(
                tk_pack_split_panel(
                    &rows, matrix.columns, matrix.panel(index), missing + index * matrix.panelBytes)
            )
        }
        return Outcome(tk_pack_panel(matrix.type, &rows, matrix.columns, matrix.panel(index)))
    }

    /// Replaces rows by rounded ones. Returns false where a weight is not finite.
    private mutating func quantize(_ rows: inout [UnsafePointer<UInt8>?], _ plan: MatrixPlan)
        -> Bool
    {
        let rowBytes = plan.columns / plan.type.blockElements * plan.type.blockBytes
        let target = quantized.room(for: rows.count * rowBytes)
        for index in rows.indices {
            guard let row = rows[index] else { continue }
            let blocks = (target + index * rowBytes).assumingMemoryBound(to: UInt8.self)
            let isFinite = tk_quantize_row(
                plan.tensors[0].type.kernelType, row, plan.columns, plan.type.kernelType, blocks)
            if isFinite == 0 { return false }
            rows[index] = UnsafePointer(blocks)
        }
        return true
    }
}
