import Basics
import Inference
import ModelFiles

/// A name under which a local model answers, with or without an adapter.
final class LocalVariant {
    var information: VariantInformation
    let model: LocalModel
    /// Nil while the adapter is out of memory, and where there is none.
    private(set) var adapter: Adapter?
    /// Bytes that the adapter takes in memory: those of its file before it was in for the first time.
    private(set) var adapterByteCount: Int
    /// Whether the adapter has been in memory.
    private(set) var wasLoaded = false
    var isPinned = false
    /// When it last answered.
    var lastUse: ContinuousClock.Instant?
    /// Counts up over all variants and models of a pool.
    var lastAsked = 0
    let adapterFile: AdapterFile?
    let identity: VariantIdentity

    /// - Throws: `inputOutput`.
    init(
        _ information: VariantInformation, model: LocalModel, adapterFile: AdapterFile?
    ) throws(TandemError) {
        var parts = model.configurationDigests.lines
        if let rounded = model.quantization { parts.append("rounded to \(rounded.rawValue)") }
        if let path = adapterFile?.path {
            parts += try FileDigests(["adapter_config.json"], in: path).lines
        }
        let files = model.file.identities + (adapterFile.map { [$0.identity] } ?? [])
        identity = VariantIdentity(parts: parts, files: files) { [file = model.file] in
            [DigestFolder.user?.sha256(of: file) ?? file.sha256()]
                + (adapterFile.map { [$0.sha256()] } ?? [])
        }
        identity.partDigests = { [model] in (model.tokenizerDigest(), model.templateDigest) }
        self.information = information
        self.model = model
        self.adapterFile = adapterFile
        adapterByteCount = adapterFile?.byteCount ?? 0
    }

    /// Whether it can answer at once: the model is in memory, and the adapter if it has one.
    var isIn: Bool { model.stepper != nil && hasAdapterIn }

    /// Whether no adapter has to come in.
    var hasAdapterIn: Bool { adapterFile == nil || adapter != nil }

    /// Packs the adapter where it is out.
    /// - Throws: what `Adapter` refuses.
    func bringIn(_ engine: Engine, _ workers: Workers) throws(TandemError) {
        guard adapter == nil, let adapterFile else { return }
        let packed = try Adapter(adapterFile, for: engine, workers: workers)
        adapterByteCount = packed.byteCount
        adapter = packed
        wasLoaded = true
    }

    /// Lets the adapter go, and what was computed with it; nobody else may hold it.
    func letGo() {
        guard let adapter else { return }
        model.prefixes.remove(adapter)
        self.adapter = nil
    }

    /// A timeline that holds what was computed already of the beginning of `tokens`.
    func timeline(for tokens: [Int32], numerics: Numerics, on engine: Engine) -> Timeline {
        model.prefixes.timeline(for: tokens, on: engine, adapter: adapter, numerics: numerics)
    }
}
