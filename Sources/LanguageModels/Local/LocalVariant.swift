import Basics
import Inference
import ModelFiles

/// A name under which a local model answers, with or without an adapter.
final class LocalVariant {
    let information: VariantInformation
    let model: LocalModel
    let adapter: Adapter?
    let adapterFile: AdapterFile?
    private var knownFingerprint: String?

    init(
        _ information: VariantInformation, model: LocalModel, adapter: Adapter?,
        adapterFile: AdapterFile?
    ) {
        self.information = information
        self.model = model
        self.adapter = adapter
        self.adapterFile = adapterFile
    }

    /// A timeline that holds what was computed already of the beginning of `tokens`.
    func timeline(for tokens: [Int32], numerics: Numerics) -> Timeline {
        model.prefixes.timeline(
            for: tokens, on: model.stepper.engine, adapter: adapter, numerics: numerics)
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
