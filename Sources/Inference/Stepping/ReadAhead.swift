import CKernels

/// What a thread reads from memory after the products of an input, with few rows: the adapters' parts,
/// and the next matrix. The kernels ask for it while they multiply, when memory would have a rest.
struct ReadAhead {
    /// As the kernels take it.
    private(set) var requests = tk_ahead()

    private let ranges: UnsafeMutablePointer<tk_range>
    private var byteCount = 0
    /// Ranges of one thread.
    static let capacity = 256
    /// What is asked for must still be in the cache when it is read.
    private static let mostBytes = 384 << 10

    /// Nothing but the panels of `matrix`.
    init(_ matrix: PackedMatrix, _ pass: ForwardPass, _ thread: Int) {
        ranges = pass.space.ranges(thread)
        requests.next = matrix.start(of: thread, pass.workers)
    }

    /// What follows the products of `input` in `layer`.
    init(
        _ groups: [ForwardPass.AdapterWork], _ outputs: [ForwardPass.Output], _ pass: ForwardPass,
        _ input: Adapter.Input, _ layer: Int, _ thread: Int
    ) {
        self.init(Self.matrix(after: input, layer, pass.engine.weights), pass, thread)
        let workers = pass.workers
        requests.ranges = ranges
        let isExact = pass.batch.numerics.arithmetic == .exact
        let share = workers.share(groups.reduce(0) { $0 + $1.group.a.panelCount }, of: thread)
        var first = 0
        for (_, group) in groups {
            let end = first + group.a.panelCount
            let part = share.clamped(to: first..<end)
            group.a.forParts(part.lowerBound - first..<part.upperBound - first) {
                add($0, $1, hasMissing: isExact)
            }
            first = end
        }
        for (_, group) in groups {
            for case let projection? in group.projections {
                let b = projection.b
                add(b, workers.share(b.panelCount, of: thread), hasMissing: isExact)
            }
        }
        if input == .attention { addKeysAndValues(pass, layer, thread) }
        if byteCount == 0 { return }
        let panelBytes = outputs.reduce(0) {
            $0 + $1.matrix.panelBytes * workers.share($1.matrix.panelCount, of: thread).count
        }
        requests.share = (byteCount * 256 + panelBytes - 1) / max(panelBytes, 1)
    }

    private mutating func add(_ matrix: PackedMatrix, _ panels: Range<Int>, hasMissing: Bool) {
        let (start, count) = (
            panels.lowerBound * matrix.panelBytes, panels.count * matrix.panelBytes
        )
        add(matrix.panels + start, count)
        if hasMissing, let missing = matrix.missing { add(missing + start, count) }
    }

    private mutating func add(_ start: UnsafeRawPointer, _ count: Int) {
        guard count > 0, requests.count < Self.capacity, byteCount + count <= Self.mostBytes else {
            return
        }
        ranges[requests.count] = tk_range(start: start, bytes: count)
        requests.count += 1
        byteCount += count
    }

    /// The newest keys and values of units of attention that this thread is likely to take.
    private mutating func addKeysAndValues(_ pass: ForwardPass, _ layer: Int, _ thread: Int) {
        guard pass.attention.isSplit else { return }
        for (index, unit) in pass.attention.units.enumerated()
        where index % pass.workers.count == thread {
            let segment = pass.batch.segments[unit.segment]
            let first = (unit.blocks.upperBound - 1) * AttentionPlan.blockPositions
            let end = segment.firstPosition + unit.rows.upperBound
            guard first >= 0, first < end else { continue }
            let chunk = segment.timeline.chunks[first / KeyValueChunk.positions]
            chunk.forParts(
                layer: layer, head: unit.keyHead, position: first % KeyValueChunk.positions,
                count: min(end - first, AttentionPlan.blockPositions)
            ) { add($0, $1) }
        }
    }

    private static func matrix(
        after input: Adapter.Input, _ layer: Int, _ weights: EngineWeights
    ) -> PackedMatrix {
        switch input {
        case .attention: weights.layers[layer].attentionOutput
        case .attentionOutput: weights.layers[layer].gate
        case .feedForward: weights.layers[layer].down
        case .feedForwardOutput:
            layer + 1 < weights.layers.count ? weights.layers[layer + 1].query : weights.output
        }
    }
}
