import Basics
import LanguageModels
import Sessions
import Traps

/// A finished `/trap run`, as the session's journal and the file of its answers tell it.
struct KeptTraps {
    private let request: TrapRequest.Run
    private let seed: UInt64
    private let path: String
    private let step: KeptSession.Step

    /// - Parameter seed: that was set when it ran.
    /// - Returns: nil for another command, and where it got no answer.
    init?(_ command: Command, _ step: KeptSession.Step, seed: UInt64) {
        guard case .trap(.run(let request)) = command,
            let path = step.results("trap_run").last?["journal"]?.string
        else { return nil }
        (self.request, self.seed, self.path, self.step) = (request, seed, path, step)
    }

    /// - Throws: what reading traps and answers throws; `malformed` where the traps are others now.
    func results(_ library: TrapLibrary) throws(TandemError) -> TrapResults {
        let traps = try TrapSelection(library: library).traps(request.names)
        let asked = TrapPart.all(of: traps, seed: request.varies ? seed : nil)
        let run = try LastRun(keptIn: path).results
        let isSame = run.items.allSatisfy { item in
            let index = item.row.number - 1
            return asked.indices.contains(index)
                && asked[index].part.row(of: asked[index].trap, number: item.row.number) == item.row
        }
        guard isSame else {
            throw TandemError(
                .malformed, "the traps have changed since they ran",
                remedy: "/trap run runs them anew")
        }
        var results = TrapResults(asked, run)
        for item in results.items.indices {
            restoreOutcomes(&results.items[item], results.variants)
            restoreOdds(&results.items[item], results.variants)
        }
        return results
    }

    /// What an answer was found to be then, by a judge, too.
    private func restoreOutcomes(_ item: inout TrapResults.Item, _ variants: [String]) {
        let id = item.trap.id
        for record in step.results("trap") where record["trap"]?.string == id {
            guard
                let part = item.answered.firstIndex(where: {
                    $0.part.name == record["part"]?.string
                }),
                let variant = record["variant"]?.string.flatMap({ variants.firstIndex(of: $0) }),
                let found = record["class"]?.string.flatMap({ TrapClass(rawValue: $0) })
            else { continue }
            let rules = (record["rules"]?.array ?? []).compactMap { rule in
                rule["rule"]?.string.flatMap { TrapFinding.Rule.Name(rawValue: $0) }
                    .map { TrapFinding.Rule($0, rule["evidence"]?.string ?? "") }
            }
            item.answered[part].outcomes[variant] = .found(TrapFinding(found, rules))
        }
    }

    private func restoreOdds(_ item: inout TrapResults.Item, _ variants: [String]) {
        let id = item.trap.id
        let records = step.results("trap_odds").filter { $0["trap"]?.string == id }
        let odds = variants.compactMap { variant in
            records.last { $0["variant"]?.string == variant }.flatMap(Self.odds)
        }
        if odds.count == variants.count { item.odds = odds }
    }

    private static func odds(_ record: JSON) -> Result<TrapOdds, TrapOdds.Reason>? {
        if let reason = record["unscored"]?.string { return .failure(.init(text: reason)) }
        let all = [record["truth"]] + (record["falsehoods"]?.array ?? []).map { $0 }
        let found = all.compactMap { part -> (String, ContinuationProbability)? in
            guard let text = part?["text"]?.string,
                let logProbability = part?["log_probability"]?.double,
                let count = part?["tokens"]?.integer, count > 0
            else { return nil }
            return (text, .init(logProbability: logProbability, tokenCount: count))
        }
        guard found.count == all.count, found.count > 1 else { return nil }
        return .success(TrapOdds(found.map(\.0), found.map(\.1)))
    }
}
