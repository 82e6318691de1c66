import Basics
import CKernels
import Glibc

/// The threads that compute. One set serves all engines of a program, one run at a time.
public final class Workers: @unchecked Sendable {
    // Safe to hand over: the C pool is used by one running step at a time.
    public let count: Int
    private let pool: OpaquePointer

    /// - Parameter count: threads, the caller's included; nil takes one for each processor.
    public init(count: Int? = nil) throws(TandemError) {
        let wanted = max(1, min(count ?? Workers.processorCount, 64))
        guard let pool = tk_pool_create(Int32(wanted)) else {
            throw TandemError(.limit, "the system refused \(wanted) threads")
        }
        self.count = wanted
        self.pool = pool
    }

    deinit { tk_pool_destroy(pool) }

    /// Runs `work(thread)` on every thread and waits for all.
    package func run(_ work: (Int) -> Void) {
        withoutActuallyEscaping(work) { escapable in
            var closure = escapable
            withUnsafeMutablePointer(to: &closure) { pointer in
                tk_pool_run(
                    pool,
                    { context, thread in
                        context?.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(thread))
                    }, pointer)
            }
        }
    }

    /// Waits for all threads of the run.
    package func barrier(_ thread: Int) { tk_pool_barrier(pool, Int32(thread)) }

    /// The next unit of work since the last barrier.
    func next() -> Int { Int(tk_pool_next(pool)) }

    /// Calls `work` with those of `count` units that come by until the next barrier.
    func take(_ count: Int, _ work: (Int) -> Void) {
        var unit = next()
        while unit < count {
            work(unit)
            unit = next()
        }
    }

    /// Thread `thread`'s share of `count` units, in whole runs.
    func share(_ count: Int, of thread: Int) -> Range<Int> {
        count * thread / self.count..<count * (thread + 1) / self.count
    }
}

extension Workers {
    /// Processors that this process may use.
    static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
