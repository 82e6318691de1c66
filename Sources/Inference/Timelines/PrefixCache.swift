/// Timelines that nobody uses at the moment, kept for the tokens that the next prompts begin with.
///
/// Owned by one thread. The least recently used goes out first.
public final class PrefixCache {
    /// Bytes of keys and values that may be kept.
    public var byteLimit: Int { didSet { evict(to: byteLimit) } }
    /// The least recently used first. None is the beginning of another one computed alike.
    private var timelines: [Timeline] = []

    /// Fewer tokens than this are not worth sharing: a pass costs about as much without them.
    package static let leastShared = 16
    public static let defaultByteLimit = 1 << 30

    public init(byteLimit: Int = defaultByteLimit) { self.byteLimit = byteLimit }

    /// Bytes that the kept keys and values take; what several timelines share counts once.
    public var byteCount: Int { Self.byteCount(timelines) }

    /// Those of one adapter's, or of the base's; adapters share none.
    public func byteCount(of adapter: Adapter?) -> Int {
        Self.byteCount(timelines.filter { $0.adapter === adapter })
    }

    private static func byteCount(_ timelines: [Timeline]) -> Int {
        var seen: Set<ObjectIdentifier> = []
        var bytes = 0
        for timeline in timelines {
            for chunk in timeline.chunks where seen.insert(ObjectIdentifier(chunk)).inserted {
                bytes += chunk.byteCount
            }
        }
        return bytes
    }

    public var count: Int { timelines.count }

    /// A timeline that holds as much of the beginning of `tokens` as was computed with the same
    /// engine, adapter and numerics: one that was kept, or a fork of it, or a new one.
    /// - Complexity: O(timelines + tokens shared with each).
    public func timeline(
        for tokens: [Int32], on engine: Engine, adapter: Adapter? = nil,
        numerics: Numerics = .exact
    ) -> Timeline {
        let new = Timeline(engine, adapter: adapter, numerics: numerics)
        var best: (index: Int, shared: Int) = (0, 0)
        for (index, kept) in timelines.enumerated() where kept.isComputed(like: new) {
            let shared = kept.tokens.sharedPrefixCount(with: tokens)
            if shared >= best.shared { best = (index, shared) }
        }
        if best.shared < Self.leastShared { return new }
        let kept = timelines.remove(at: best.index)
        // Where all of it goes on, nobody else needs it; and nothing has to be copied.
        if best.shared == kept.tokens.count { return kept }
        timelines.append(kept)
        return kept.fork(count: best.shared)
    }

    /// Keeps `timeline`, as the most recently used.
    public func keep(_ timeline: Timeline) {
        if timeline.tokens.isEmpty { return }
        var longest = timeline
        timelines.removeAll { kept in
            guard kept.isComputed(like: timeline) else { return false }
            let shared = kept.tokens.sharedPrefixCount(with: longest.tokens)
            if shared == kept.tokens.count { return true }
            guard shared == longest.tokens.count else { return false }
            longest = kept
            return true
        }
        longest.forgetLogits()
        timelines.append(longest)
        evict(to: byteLimit)
    }

    /// Lets the least recently used timelines go until at most `bytes` are kept.
    public func evict(to bytes: Int) {
        while !timelines.isEmpty, byteCount > bytes { timelines.removeFirst() }
    }

    /// Lets those of an adapter go that is no longer used.
    public func remove(_ adapter: Adapter) { timelines.removeAll { $0.adapter === adapter } }
}
