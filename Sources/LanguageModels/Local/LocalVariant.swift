import Basics
import Inference
import ModelFiles

/// A name under which a local model answers, with or without an adapter.
final class LocalVariant {
    var information: VariantInformation
    let model: LocalModel
    /// Nil while the weights are out, and without an adapter.
    private(set) var adapter: Adapter?
    /// Bytes that the adapter takes in memory: those of its file before it was in for the first time.
    private(set) var adapterByteCount: Int
    var isPinned = false
    /// When it last answered.
    var lastUse: ContinuousClock.Instant?
    private let adapterFile: AdapterFile?
    private var idle: [Timeline] = []
    private var knownFingerprint: String?

    /// Conversations whose keys and values are kept when nobody uses them.
    private static let idleLimit = 2

    init(_ information: VariantInformation, model: LocalModel, adapterFile: AdapterFile?) {
        self.information = information
        self.model = model
        self.adapterFile = adapterFile
        adapterByteCount = adapterFile?.byteCount ?? 0
    }

    /// Whether the weights of its own are in memory.
    var hasAdapterIn: Bool { adapterFile == nil || adapter != nil }

    /// Packs the adapter where it is out.
    /// - Throws: what `Adapter` refuses.
    func bringIn(_ engine: Engine, _ workers: Workers) throws(TandemError) {
        guard adapter == nil, let adapterFile else { return }
        let packed = try Adapter(adapterFile, for: engine, workers: workers)
        adapterByteCount = packed.byteCount
        adapter = packed
    }

    /// Lets go of everything that holds the engine.
    func letGo() {
        adapter = nil
        idle = []
    }

    /// Bytes of the keys and values that are kept.
    var cacheByteCount: Int { idle.reduce(0) { $0 + $1.byteCount } }

    /// Lets go of kept keys and values, the oldest first, until they take `byteCount` at most.
    func evictCaches(to byteCount: Int) {
        while cacheByteCount > byteCount { idle.removeFirst() }
    }

    /// The timeline that already holds most of `tokens`; a new one where none holds any.
    func timeline(for tokens: [Int32], numerics: Numerics, on engine: Engine) -> Timeline {
        func shared(_ timeline: Timeline) -> Int {
            zip(timeline.tokens, tokens).prefix { $0 == $1 }.count
        }
        let usable = idle.indices.filter { idle[$0].numerics == numerics }
        guard let best = usable.max(by: { shared(idle[$0]) < shared(idle[$1]) }),
            idle.count >= Self.idleLimit || shared(idle[best]) > 0
        else { return Timeline(engine, adapter: adapter, numerics: numerics) }
        return idle.remove(at: best)
    }

    /// Keeps `timeline` for the next prompt; the one that waited longest goes.
    func keep(_ timeline: Timeline) {
        idle.append(timeline)
        if idle.count > Self.idleLimit { idle.removeFirst() }
    }

    /// The SHA-256 of the weights, joined with the adapter's by `+`.
    func fingerprint() -> String {
        if let knownFingerprint { return knownFingerprint }
        let adapter = adapterFile.map { "+" + $0.sha256() } ?? ""
        let fingerprint = model.file.sha256() + adapter
        knownFingerprint = fingerprint
        return fingerprint
    }
}
