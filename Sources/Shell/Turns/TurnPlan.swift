import Basics
import LanguageModels

/// A turn before it is answered: all that its answers depend on beside the variants.
struct TurnPlan: Equatable {
    let number: Int
    let prompt: String
    /// One for each variant; all with the same settings.
    let requests: [GenerationRequest]
    let references: [String]

    /// As journals keep it, before the first answer.
    var record: JSON {
        [
            "type": "turn", "turn": .integer(number), "prompt": .string(prompt),
            "settings": (requests.first?.settings ?? GenerationSettings()).json,
            "requests": .array(
                requests.map { request in
                    request.prompt.json.adding("variant", .string(request.variant))
                }), "references": .array(references.map { .string($0) }),
        ]
    }

    /// Nil for what is no turn.
    init?(_ record: JSON) {
        guard record["type"]?.string == "turn", let number = record["turn"]?.integer,
            let prompt = record["prompt"]?.string, let asked = record["requests"]?.array,
            let settings = record["settings"].flatMap({ try? GenerationSettings($0) })
        else { return nil }
        let requests = asked.compactMap { request -> GenerationRequest? in
            guard let variant = request["variant"]?.string, let prompt = Prompt(request) else {
                return nil
            }
            return GenerationRequest(variant: variant, prompt: prompt, settings: settings)
        }
        if requests.count < asked.count { return nil }
        self.init(
            number: number, prompt: prompt, requests: requests,
            references: record["references"]?.array?.compactMap(\.string) ?? [])
    }

    init(number: Int, prompt: String, requests: [GenerationRequest], references: [String]) {
        self.number = number
        self.prompt = prompt
        self.requests = requests
        self.references = references
    }
}
