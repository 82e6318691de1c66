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

    /// The SHA-256 of all that answers depend on.
    var key: String {
        SHA256.hex(
            JSON.array([
                .string(program), .string(system),
                .array(variants.map { [.string($0.name), .string($0.fingerprint)] }),
                .array(settings.map { [.string($0.name), .string($0.value)] }),
                .array(rows.map(Self.json)),
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
        ]
    }

    static func json(_ row: PromptRow) -> JSON {
        [
            "type": "row", "row": .integer(row.number), "id": row.id.map { .string($0) } ?? nil,
            "group": row.group.map { .string($0) } ?? nil, "prompt": .string(row.prompt),
            "system": row.system.map { .string($0) } ?? nil,
            "references": .array(row.references.map { .string($0) }),
        ]
    }
}
