import Basics

/// One conversation's tokens and the state computed for them, on an engine, with or without an
/// adapter. Owned by one thread.
public final class Timeline {
    public let engine: Engine
    public let adapter: Adapter?
    public let numerics: Numerics

    /// The tokens whose keys and values are held.
    public internal(set) var tokens: [Int32] = []

    /// The logits that follow the last token, [vocabularySize]; empty before the first step.
    public internal(set) var logits: [Float] = []

    /// How many tokens of the last `Stepper.sync` were not computed for it: they were held already,
    /// or another timeline's.
    public internal(set) var reusedTokenCount = 0

    /// One for each `KeyValueChunk.positions` positions; other timelines may hold the same ones.
    private(set) var chunks: [KeyValueChunk] = []

    public init(_ engine: Engine, adapter: Adapter? = nil, numerics: Numerics = .exact) {
        self.engine = engine
        self.adapter = adapter
        self.numerics = numerics
    }

    /// Bytes that the keys and values take, those that other timelines share included.
    public var byteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }

    /// Whether keys and values of the same tokens are the same: engine, adapter and numerics are.
    func isComputed(like other: Timeline) -> Bool {
        engine === other.engine && adapter === other.adapter && numerics == other.numerics
    }

    /// A timeline that begins with the first `count` tokens of this one. Their keys and values are
    /// shared; the one that goes on first copies those of the last chunk.
    /// - Complexity: O(count / `KeyValueChunk.positions`).
    public func fork(count: Int) -> Timeline {
        let other = Timeline(engine, adapter: adapter, numerics: numerics)
        other.adopt(self, count: count)
        return other
    }

    /// Takes the first `count` tokens of `other`, which is computed like this one, for its own.
    func adopt(_ other: Timeline, count: Int) {
        tokens = Array(other.tokens.prefix(count))
        chunks = Array(other.chunks.prefix(KeyValueChunk.count(for: tokens.count)))
        logits = []
    }

    /// Keeps the longest prefix that this timeline shares with `wanted`, and says which tokens are
    /// left to compute. At least the last one is left, so that its logits are computed.
    func rewind(to wanted: [Int32]) -> ArraySlice<Int32> {
        rewind(to: min(tokens.sharedPrefixCount(with: wanted), wanted.count - 1))
        return wanted[tokens.count...]
    }

    /// Forgets the tokens from `count` on.
    func rewind(to count: Int) {
        tokens.removeLast(max(0, tokens.count - count))
        chunks.removeLast(max(0, chunks.count - KeyValueChunk.count(for: tokens.count)))
    }

    /// Forgets the tokens from `count` on, and the logits after them.
    public func truncate(to count: Int) {
        if count >= tokens.count { return }
        rewind(to: count)
        forgetLogits()
    }

    /// Forgets the logits, which the next step computes anew.
    func forgetLogits() { logits = [] }

    /// Makes room for `added` more positions, and the chunks that they are written to its own.
    /// - Throws: `limit` without memory.
    func reserve(_ added: Int) throws(TandemError) {
        let count = tokens.count + added
        for index in tokens.count / KeyValueChunk.positions..<KeyValueChunk.count(for: count) {
            let held = tokens.count - index * KeyValueChunk.positions
            if index == chunks.count {
                chunks.append(
                    try KeyValueChunk(KeyValueChunk.Shape(engine.configuration, numerics.cache)))
            } else if !isKnownUniquelyReferenced(&chunks[index]) {
                chunks[index] = try chunks[index].copy(positions: max(0, held))
            }
            chunks[index].use(
                positions: min(KeyValueChunk.positions, count - index * KeyValueChunk.positions))
        }
    }

    /// Clears keys and values behind the last token, which may be NaN: even with a weight of 0 they
    /// would spoil what is computed later.
    func clear(_ count: Int) {
        for position in tokens.count..<tokens.count + count {
            chunks[position / KeyValueChunk.positions].clear(
                position % KeyValueChunk.positions, kernels: engine.kernels)
        }
    }
}
