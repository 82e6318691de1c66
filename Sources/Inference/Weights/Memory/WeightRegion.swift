import Synchronization

/// The part of a `WeightMemory` that one matrix fills. Its pages go when its last user does, even
/// while other parts stay.
final class WeightRegion: Sendable {
    let memory: WeightMemory
    let range: Range<Int>
    /// Engines and adapters that hold the matrix.
    private let users = Atomic<Int>(0)

    init(_ memory: WeightMemory, _ range: Range<Int>) {
        self.memory = memory
        self.range = range
    }

    deinit { memory.discard(range) }

    var isShared: Bool { users.load(ordering: .relaxed) > 1 }
    func addUser() { users.add(1, ordering: .relaxed) }
    func removeUser() { users.subtract(1, ordering: .relaxed) }
}
