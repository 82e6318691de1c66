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

    /// One for each `KeyValueChunk.positions` positions.
    var chunks: [KeyValueChunk] = []

    public init(_ engine: Engine, adapter: Adapter? = nil, numerics: Numerics = .exact) {
        self.engine = engine
        self.adapter = adapter
        self.numerics = numerics
    }

    /// Bytes that the keys and values may take at the present length.
    public var byteCount: Int { chunks.reduce(0) { $0 + $1.shape.byteCount } }

    /// Keeps the longest prefix that this timeline shares with `wanted`, and says which tokens are
    /// left to compute. At least the last one is left, so that its logits are computed.
    func rewind(to wanted: [Int32]) -> ArraySlice<Int32> {
        var shared = 0
        let limit = min(tokens.count, wanted.count - 1)
        while shared < limit, tokens[shared] == wanted[shared] { shared += 1 }
        tokens.removeLast(tokens.count - shared)
        return wanted[shared...]
    }

    /// Makes room for `count` positions in all.
    func reserve(_ count: Int) throws(TandemError) {
        while chunks.count * KeyValueChunk.positions < count {
            chunks.append(try KeyValueChunk(KeyValueChunk.Shape(engine.configuration)))
        }
    }
}
