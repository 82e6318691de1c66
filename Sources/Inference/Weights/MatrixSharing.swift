import Basics
import ModelFiles
import Synchronization

/// Finds matrices that loaded engines hold already: the same part of the model, of the same form, from
/// the same bytes.
enum MatrixSharing {
    private struct Candidate {
        let index: Int
        let other: MatrixPlan
        let stored: StoredMatrix
    }

    /// Bytes that a thread compares at a time.
    private static let unitBytes = 1 << 20

    /// For each of `plans` the equal matrix of one of `engines`, where there is one.
    /// - Throws: `inputOutput`.
    /// - Complexity: O(bytes that are equal), on all threads.
    static func find(
        _ names: [LlamaTensor], _ plans: [MatrixPlan], among engines: [EngineWeights],
        _ workers: Workers
    ) throws(TandemError) -> [StoredMatrix?] {
        var found = [StoredMatrix?](repeating: nil, count: plans.count)
        for engine in engines {
            let candidates = plans.indices.compactMap { index -> Candidate? in
                guard found[index] == nil, let held = engine.matrices[names[index]],
                    held.plan.hasForm(of: plans[index]),
                    // What the engine holds is what its file said when it was opened.
                    held.plan.tensors.allSatisfy(\.owner.isUnchanged)
                else { return nil }
                return Candidate(index: index, other: held.plan, stored: held.stored)
            }
            for candidate in try equal(candidates, plans, workers) {
                found[candidate.index] = candidate.stored
            }
        }
        return found
    }

    /// Those of `candidates` whose bytes are those of its plan.
    private static func equal(
        _ candidates: [Candidate], _ plans: [MatrixPlan], _ workers: Workers
    ) throws(TandemError) -> [Candidate] {
        let pairs = candidates.map { (plans[$0.index].tensors[0], $0.other.tensors[0]) }
        let units = pairs.indices.flatMap { pair in
            stride(from: 0, to: pairs[pair].0.bytes.count, by: unitBytes).map { (pair, $0) }
        }
        let differs = Mutex([Bool](repeating: false, count: pairs.count))
        let failure = Mutex<TandemError?>(nil)
        workers.run { _ in
            var first = ByteBuffer()
            var second = ByteBuffer()
            do throws(TandemError) {
                while true {
                    let unit = workers.next()
                    guard unit < units.count else { return }
                    let (pair, offset) = units[unit]
                    if differs.withLock({ $0[pair] }) { continue }
                    let (one, other) = pairs[pair]
                    let range = offset..<min(offset + unitBytes, one.bytes.count)
                    if try !one.hasBytes(of: other, in: range, &first, &second) {
                        differs.withLock { $0[pair] = true }
                    }
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        let different = differs.withLock { $0 }
        return candidates.indices.filter { !different[$0] }.map { candidates[$0] }
    }
}
