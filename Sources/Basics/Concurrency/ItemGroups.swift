import Dispatch
import Glibc
import Synchronization

/// Many items in groups of neighbours, which threads take one after another.
public enum ItemGroups {
    private static let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// What `body` makes of each group, in their order.
    /// - Parameters:
    ///   - threads: how many work; nil: one for each processor.
    ///   - state: what a thread keeps from group to group.
    /// - Throws: what `body` throws for the first group for which it does.
    public static func map<State, Output: Sendable, Failure: Error>(
        _ count: Int, groupSize: Int, threads: Int? = nil,
        state: @autoclosure @Sendable () -> State,
        _ body: @Sendable (Range<Int>, inout State) throws(Failure) -> Output
    ) throws(Failure) -> [Output] {
        let threads = threads ?? processors
        let groups = (count + groupSize - 1) / groupSize
        let results = Mutex([Result<Output, Failure>?](repeating: nil, count: groups))
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, groups))) { _ in
            var state = state()
            while true {
                let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if group >= groups { return }
                let range = group * groupSize..<min(count, (group + 1) * groupSize)
                let result: Result<Output, Failure>
                do throws(Failure) {
                    result = .success(try body(range, &state))
                } catch {
                    result = .failure(error)
                }
                results.withLock { $0[group] = result }
            }
        }
        var outputs: [Output] = []
        outputs.reserveCapacity(groups)
        for result in results.withLock({ $0 }) {
            if let output = try result?.get() { outputs.append(output) }
        }
        return outputs
    }
}
