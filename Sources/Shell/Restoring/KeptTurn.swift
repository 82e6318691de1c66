import Basics
import LanguageModels

/// A turn as a journal tells it.
struct KeptTurn {
    let plan: TurnPlan
    /// Those that are there.
    var answers: [Answer]
    /// Of who gave them, where they were known; by variant.
    let fingerprints: [String: String]

    /// The turns of a command, in their order.
    static func turns(of step: KeptSession.Step) -> [KeptTurn] {
        step.results("turn").compactMap { TurnPlan($0) }.map { plan in
            let settings = plan.requests.first?.settings ?? GenerationSettings()
            let records = step.results("answer").filter { $0["turn"]?.integer == plan.number }
            var fingerprints: [String: String] = [:]
            for record in records {
                guard let variant = record["variant"]?.string else { continue }
                fingerprints[variant] = record["fingerprint"]?.string
            }
            return KeptTurn(
                plan: plan, answers: records.compactMap { Answer($0, settings: settings) },
                fingerprints: fingerprints)
        }
    }
}
