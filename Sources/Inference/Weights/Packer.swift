import Basics
import CKernels
import ModelFiles
import Synchronization

/// Lays out matrices one after another, then fills them from files with all threads.
struct Packer {
    private struct Job: @unchecked Sendable {
        // Safe to share: the tensors' files are mapped read-only; each panel is written by one thread.
        let matrix: PackedMatrix
        /// One after another from the first row; null beyond the last.
        let tensors: [Tensor]
        let order: RowOrder

        func pointer(toRow row: Int) -> UnsafePointer<UInt8>? {
            guard row < matrix.rows else { return nil }
            var row = order.source(of: row)
            for tensor in tensors {
                if row < tensor.shape[0] {
                    let start = row * (tensor.bytes.count / tensor.shape[0])
                    return tensor.bytes.baseAddress?.advanced(by: start)
                        .assumingMemoryBound(to: UInt8.self)
                }
                row -= tensor.shape[0]
            }
            return nil
        }
    }

    private var plans: [(tensors: [Tensor], order: RowOrder, offset: Int)] = []
    private var byteCount = 0

    /// Panels start on cache lines.
    private static let alignment = 64

    /// Plans one matrix whose rows are those of `tensors`, one after another: the same type and
    /// columns for all.
    /// - Returns: its number, for `matrices` of `pack`.
    mutating func add(_ tensors: [Tensor], order: RowOrder = .asStored) -> Int {
        let rows = tensors.reduce(0) { $0 + $1.shape[0] }
        plans.append((tensors, order, byteCount))
        let bytes = PackedMatrix.byteCount(
            tensors[0].type.kernelType, rows: rows, columns: tensors[0].shape[1])
        byteCount += (bytes + Self.alignment - 1) / Self.alignment * Self.alignment
        return plans.count - 1
    }

    /// Packs everything that was planned.
    /// - Throws: `numeric`, naming the tensor, when a weight is not finite; `limit` without memory.
    /// - Complexity: O(weights), on all threads.
    func pack(_ workers: Workers) throws(TandemError) -> (
        matrices: [PackedMatrix], memory: WeightMemory
    ) {
        let memory = try WeightMemory(byteCount: byteCount)
        let jobs = plans.map { plan in
            Job(
                matrix: PackedMatrix(
                    type: plan.tensors[0].type.kernelType,
                    rows: plan.tensors.reduce(0) { $0 + $1.shape[0] },
                    columns: plan.tensors[0].shape[1], at: memory.base + plan.offset),
                tensors: plan.tensors, order: plan.order)
        }
        // Units of about the same size, so that the threads end together.
        let units = jobs.indices.flatMap { job in
            stride(from: 0, to: jobs[job].matrix.panelCount, by: 16).map { (job, $0) }
        }
        let firstBad = Atomic<Int>(Int.max)
        workers.run { _ in
            while true {
                let unit = workers.next()
                guard unit < units.count else { return }
                let job = jobs[units[unit].0]
                let end = min(units[unit].1 + 16, job.matrix.panelCount)
                for panel in units[unit].1..<end where !Self.pack(job, panel) {
                    firstBad.min(units[unit].0, ordering: .relaxed)
                }
            }
        }
        let bad = firstBad.load(ordering: .relaxed)
        if bad < jobs.count {
            let tensors = jobs[bad].tensors
            throw TandemError(
                .numeric, "the tensor \(tensors[0].name) has a weight that is NaN or infinite",
                file: tensors[0].owner.path, remedy: "the file is damaged or badly converted")
        }
        return (jobs.map(\.matrix), memory)
    }

    private static func pack(_ job: Job, _ panel: Int) -> Bool {
        withUnsafeTemporaryAllocation(
            of: UnsafePointer<UInt8>?.self, capacity: PackedMatrix.panelRows
        ) { rows in
            for lane in rows.indices {
                rows[lane] = job.pointer(toRow: panel * PackedMatrix.panelRows + lane)
            }
            let matrix = job.matrix
            return tk_pack_panel(
                matrix.type, rows.baseAddress, matrix.columns, matrix.panel(panel)) == 1
        }
    }
}
