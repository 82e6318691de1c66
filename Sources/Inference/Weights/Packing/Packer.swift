import Basics
import Synchronization

/// Packs matrices one after another into new memory, with all threads.
struct Packer {
    /// Panels start on cache lines.
    static let alignment = 64
    /// Panels that a thread takes at a time.
    private static let unitPanels = 16

    /// Where each of `plans` begins, and how long they are together.
    static func layout(_ plans: [MatrixPlan]) -> (offsets: [Int], byteCount: Int) {
        var byteCount = 0
        let offsets = plans.map { plan in
            defer { byteCount += (plan.byteCount + alignment - 1) / alignment * alignment }
            return byteCount
        }
        return (offsets, byteCount)
    }

    /// Packs `plans`; what cannot be compressed as it is.
    /// - Throws: `numeric`, naming the tensor, when a weight is not finite; `limit` without memory;
    ///   `inputOutput`.
    /// - Complexity: O(weights), on all threads.
    static func pack(_ plans: [MatrixPlan], _ workers: Workers) throws(TandemError)
        -> [StoredMatrix]
    {
        if plans.isEmpty { return [] }
        let (offsets, byteCount) = layout(plans)
        let memory = try WeightMemory(byteCount: byteCount)
        var stored = zip(plans, offsets).map { StoredMatrix($0, in: memory, at: $1) }
        // Units of about the same size, so that the threads end together.
        let units = stored.indices.flatMap { index in
            stride(from: 0, to: stored[index].matrix.panelCount, by: unitPanels).map { (index, $0) }
        }
        let matrices = stored.map(\.matrix)
        let incompressible = Mutex<Set<Int>>([])
        let firstBad = Atomic<Int>(Int.max)
        let failure = Mutex<TandemError?>(nil)
        workers.run { _ in
            var reader = PanelReader()
            do throws(TandemError) {
                while true {
                    let unit = workers.next()
                    guard unit < units.count else { return }
                    let (index, first) = units[unit]
                    if incompressible.withLock({ $0.contains(index) }) { continue }
                    let matrix = matrices[index]
                    for panel in first..<min(first + unitPanels, matrix.panelCount) {
                        switch try reader.pack(plans[index], panel: panel, into: matrix) {
                        case .packed: break
                        case .notFinite: firstBad.min(index, ordering: .relaxed)
                        case .incompressible: incompressible.withLock { _ = $0.insert(index) }
                        }
                    }
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        let bad = firstBad.load(ordering: .relaxed)
        if bad < plans.count { throw plans[bad].tensors[0].notFinite }
        let refused = incompressible.withLock { $0.sorted() }
        let plain = try pack(
            refused.map { index in
                var plan = plans[index]
                plan.isCompressed = false
                return plan
            }, workers)
        for (index, matrix) in zip(refused, plain) { stored[index] = matrix }
        return stored
    }
}
