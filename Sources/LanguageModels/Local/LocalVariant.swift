import Basics
import Inference
import ModelFiles

/// A name under which a local model answers, with or without an adapter.
final class LocalVariant {
    let information: VariantInformation
    let model: LocalModel
    let adapter: Adapter?
    let adapterFile: AdapterFile?
    private var idle: [Timeline] = []
    private var knownFingerprint: String?

    /// Conversations whose keys and values are kept when nobody uses them.
    private static let idleLimit = 2

    init(
        _ information: VariantInformation, model: LocalModel, adapter: Adapter?,
        adapterFile: AdapterFile?
    ) {
        self.information = information
        self.model = model
        self.adapter = adapter
        self.adapterFile = adapterFile
    }

    /// The timeline that already holds most of `tokens`; a new one where none holds any.
    func timeline(for tokens: [Int32], numerics: Numerics) -> Timeline {
        func shared(_ timeline: Timeline) -> Int {
            zip(timeline.tokens, tokens).prefix { $0 == $1 }.count
        }
        let usable = idle.indices.filter { idle[$0].numerics == numerics }
        guard let best = usable.max(by: { shared(idle[$0]) < shared(idle[$1]) }),
            idle.count >= Self.idleLimit || shared(idle[best]) > 0
        else { return Timeline(model.stepper.engine, adapter: adapter, numerics: numerics) }
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
