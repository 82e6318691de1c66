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
    private var knownFingerprint: String?

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

    /// Lets the adapter go; nobody else may hold it.
    func letGo() { adapter = nil }

    /// Bytes of the keys and values that are kept.
    var cacheByteCount: Int { model.prefixes.byteCount(of: adapter) }

    /// A timeline that holds what was computed already of the beginning of `tokens`.
    func timeline(for tokens: [Int32], numerics: Numerics, on engine: Engine) -> Timeline {
        model.prefixes.timeline(for: tokens, on: engine, adapter: adapter, numerics: numerics)
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
