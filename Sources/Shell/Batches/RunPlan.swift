import Basics
import LanguageModels

/// What a run is: equal plans give equal answers, so that one can go on where another stopped.
struct RunPlan {
    struct Variant {
        let name: String
        /// Of its weights; where there is none, of where it is.
        let fingerprint: String
    }

    let file: String
    let variants: [Variant]
    /// By the name of `/set`.
    let settings: [(name: String, value: String)]
    let system: String
    let rows: [PromptRow]
    /// Which build of the program.
    let program: String
    /// What it was first scored with, and what counts as a difference; no answer depends on them.
    let metrics: [String]
    let threshold: Double

    /// The SHA-256 of all that answers depend on.
    var key: String {
        SHA256.hex(
            JSON.array([
                .string(program), .string(system),
                .array(variants.map { [.string($0.name), .string($0.fingerprint)] }),
                .array(settings.map { [.string($0.name), .string($0.value)] }),
                .array(rows.map(\.json)),
            ]).text)
    }

    var header: JSON {
        var settings = JSONObject()
        for setting in self.settings { settings[setting.name] = .string(setting.value) }
        return [
            "type": "run", "key": .string(key), "file": .string(file),
            "variants": .array(
                variants.map {
                    ["name": .string($0.name), "fingerprint": .string($0.fingerprint)]
                }), "settings": .object(settings), "system": .string(system),
            "program": .string(program), "rows": .integer(rows.count),
            "metrics": .array(metrics.map { .string($0) }), "threshold": .number(threshold),
        ]
    }
}
