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
    private var converted = ByteBuffer()

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
        if plan.quantization != nil || plan.isCompressed && plan.type != .bf16 {
            let outcome = convert(&rows, plan)
            if outcome != .packed { return outcome }
        }
        if let missing = matrix.missing {
            return Outcome(
                tk_pack_split_panel(
                    &rows, matrix.columns, matrix.panel(index), missing + index * matrix.panelBytes)
            )
        }
        return Outcome(tk_pack_panel(matrix.type, &rows, matrix.columns, matrix.panel(index)))
    }

    /// Replaces rows by rounded ones, or by ones of BF16 where that loses nothing.
    private mutating func convert(_ rows: inout [UnsafePointer<UInt8>?], _ plan: MatrixPlan)
        -> Outcome
    {
        let (source, type) = (
            plan.tensors[0].type.kernelType, plan.isCompressed ? .bf16 : plan.type
        )
        let rowBytes = plan.columns / type.blockElements * type.blockBytes
        let target = converted.room(for: rows.count * rowBytes)
        for index in rows.indices {
            guard let row = rows[index] else { continue }
            let values = (target + index * rowBytes).assumingMemoryBound(to: UInt8.self)
            let outcome = Outcome(
                plan.isCompressed
                    ? tk_narrow_row(source, row, plan.columns, values)
                    : tk_quantize_row(source, row, plan.columns, type.kernelType, values))
            if outcome != .packed { return outcome }
            rows[index] = UnsafePointer(values)
        }
        return .packed
    }
}
