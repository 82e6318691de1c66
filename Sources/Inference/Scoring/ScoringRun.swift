/// The continuations of some tasks on their way through passes.
///
/// A task's continuations are computed on its own timeline and on forks of it, which go back to the
/// prefix after each: so a fork copies the end of the prefix once, for many continuations.
struct ScoringRun {
    let tasks: [ScoringTask]
    /// [tasks][continuations], as far as they are computed.
    private(set) var scores: [[ContinuationScore]]
    /// Continuations that were not begun, the first last.
    private var waiting: [(task: Int, number: Int)] = []
    /// Continuations that are computed now.
    private var lanes: [Lane] = []
    /// For each task, its timeline and forks that no continuation uses.
    private var idle: [[Timeline]]
    private var forkCount = 0
    private let forkLimit: Int

    private struct Lane {
        let task: Int
        let number: Int
        let timeline: Timeline
        /// Tokens of the continuation that go through passes: all but the last.
        let tokens: ArraySlice<Int32>
        var done = 0
    }

    /// A pass of so many rows gains less from more of them than a fork's copy costs.
    private static let forkRows = 64
    /// Bytes that forks copy or fill, where there is so much memory; for long prefixes three forks'.
    private static let forkBytes = 256 << 20

    /// - Parameter forkByteLimit: the most bytes that forks may take.
    init(_ tasks: [ScoringTask], shape: KeyValueChunk.Shape, forkByteLimit: Int) {
        self.tasks = tasks
        scores = tasks.map { task in
            task.continuations.map { ContinuationScore(reserving: $0.count) }
        }
        idle = tasks.map { [$0.timeline] }
        var largest = 1
        for (index, task) in tasks.enumerated() {
            for (number, continuation) in task.continuations.enumerated()
            where continuation.count > 1 {
                waiting.append((index, number))
                let copied = task.prefix.count % KeyValueChunk.positions
                largest = max(largest, shape.byteCount(positions: copied + continuation.count))
            }
        }
        waiting.reverse()
        forkLimit = min(max(3, Self.forkBytes / largest), forkByteLimit / largest)
    }

    mutating func append(_ token: ContinuationScore.Token, task: Int, _ number: Int) {
        scores[task][number].append(token)
    }

    /// The rows of the next pass; none when everything is scored.
    mutating func nextPass(rowLimit: Int) -> [Batch.Item] {
        var room = rowLimit - lanes.reduce(0) { $0 + $1.tokens.count - $1.done }
        while room > 0, let next = waiting.last,
            let timeline = timeline(for: next.task, mayFork: rowLimit - room < Self.forkRows)
        {
            waiting.removeLast()
            let tokens = tasks[next.task].continuations[next.number].dropLast()
            lanes.append(
                Lane(task: next.task, number: next.number, timeline: timeline, tokens: tokens))
            room -= tokens.count
        }
        room = rowLimit
        return lanes.compactMap { lane in
            let tokens = lane.tokens.dropFirst(lane.done).prefix(room)
            room -= tokens.count
            return tokens.isEmpty
                ? nil : Batch.Item(lane.timeline, tokens, logitRows: 0..<tokens.count)
        }
    }

    /// A timeline of the task that holds the prefix; nil where one must become free first.
    private mutating func timeline(for task: Int, mayFork: Bool) -> Timeline? {
        if let timeline = idle[task].popLast() { return timeline }
        if !mayFork || forkCount >= forkLimit { return nil }
        forkCount += 1
        return tasks[task].timeline.fork(count: tasks[task].prefix.count)
    }

    /// The token whose probability the logits of `row` give, and how many of the best are wanted there.
    func target(of row: LogitRow) -> (token: Int32, bestCount: Int?) {
        let lane = lanes[row.segment.item]
        let task = tasks[lane.task]
        return (task.continuations[lane.number][lane.done + row.row + 1], task.bestCount)
    }

    mutating func append(_ token: ContinuationScore.Token, for row: LogitRow) {
        let lane = lanes[row.segment.item]
        append(token, task: lane.task, lane.number)
    }

    /// Lets the continuations go that have ended, and forks that none is left for.
    mutating func endPass() {
        var rest: [Lane] = []
        for var lane in lanes {
            let prefix = tasks[lane.task].prefix.count
            lane.done = lane.timeline.tokens.count - prefix
            if lane.done < lane.tokens.count {
                rest.append(lane)
                continue
            }
            lane.timeline.rewind(to: prefix)
            idle[lane.task].append(lane.timeline)
        }
        lanes = rest
        for task in idle.indices where waiting.last?.task != task {
            idle[task].removeAll { $0 !== tasks[task].timeline }
        }
        forkCount = idle.reduce(0) { $0 + $1.count } + lanes.count - tasks.count
    }
}
