import Basics
import LanguageModels

/// How the tokens of an answer were drawn.
struct SamplingText {
    private let settings: GenerationSettings
    private let numerics: Numerics?

    init(_ request: GenerationRequest, _ answer: Answer) {
        settings = request.settings
        numerics = answer.numerics
    }

    /// Settings that play a part and are not the usual ones.
    private var unusual: [Setting] {
        let names =
            settings.temperature > 0
            ? ["temperature", "top_k", "top_p", "min_p", "repetition_penalty"]
            : ["repetition_penalty"]
        let usual = GenerationSettings()
        return Setting.all.filter {
            names.contains($0.name) && $0.read(settings) != $0.read(usual)
        }
    }

    /// One line for people.
    var line: String {
        let shown =
            unusual.map { "\($0.name) \($0.read(settings))" }
            + (settings.temperature > 0 ? ["seed \(settings.seed)"] : [])
        let numerics = numerics.map { " (\($0.label))" } ?? ""
        if shown.isEmpty { return "taken greedily; probabilities are the model's\(numerics)" }
        return (settings.temperature > 0 ? "drawn with " : "taken greedily with ")
            + shown.joined(separator: ", ")
            + "; probabilities are the model's before that\(numerics)"
    }

    /// The same for programs: every setting that draws.
    var fields: JSON {
        [
            "temperature": .number(settings.temperature), "top_k": .integer(settings.topK),
            "top_p": .number(settings.topP), "min_p": .number(settings.minP),
            "repetition_penalty": .number(settings.repetitionPenalty),
            "seed": Int(exactly: settings.seed).map { .integer($0) }
                ?? .string(String(settings.seed)),
        ]
    }
}
