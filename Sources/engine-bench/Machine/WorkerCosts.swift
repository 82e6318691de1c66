import Basics
import Glibc
import Inference

/// What the threads cost, in microseconds.
struct WorkerCosts {
    /// All threads meet.
    let barrier: Double
    /// Handing work to threads that have just worked, and waiting for them.
    let handOver: Double
    /// The same after 5 ms of nothing to do, when they are asleep.
    let wakeUp: Double

    init(_ workers: Workers) {
        let barriers = 20_000
        barrier =
            Stopwatch.median(
                (0..<5).map { _ in
                    Stopwatch.seconds {
                        workers.run { thread in
                            for _ in 0..<barriers { workers.barrier(thread) }
                        }
                    }
                }) * 1e6 / Double(barriers)
        let runs = 5_000
        handOver =
            Stopwatch.median(
                (0..<5).map { _ in
                    Stopwatch.seconds { for _ in 0..<runs { workers.run { _ in } } }
                }) * 1e6 / Double(runs)
        wakeUp =
            Stopwatch.median(
                (0..<50).map { _ in
                    usleep(5000)
                    return Stopwatch.seconds { workers.run { _ in } }
                }) * 1e6
    }

    var json: JSON {
        [
            "barrier_us": .number(barrier), "hand_over_us": .number(handOver),
            "wake_up_us": .number(wakeUp),
        ]
    }
}
