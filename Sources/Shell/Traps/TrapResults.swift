import LanguageModels
import Traps

/// The answers to traps, with what each of them is.
struct TrapResults {
    enum Outcome: Equatable {
        case found(TrapFinding)
        /// Why it is not classified: the answer failed.
        case unscored(String)

        var finding: TrapFinding? { if case .found(let finding) = self { finding } else { nil } }
    }

    struct Answered {
        let part: TrapPart
        let prompt: String
        /// One of each variant, in their order.
        let answers: [RunAnswer]
        var outcomes: [Outcome]
    }

    struct Item {
        let trap: Trap
        /// Those parts that every variant has answered, the trap itself first.
        var answered: [Answered]
        /// By variant; nil where there is no falsehood to compare the truth with.
        var odds: [Result<TrapOdds, TrapOdds.Reason>]?

        var own: Answered? { answered.first { $0.part == .trap } }
        var control: Answered? { answered.first { $0.part.isControl } }

        /// The share of a variant's answers to the trap in other words that are of the class of its
        /// answer to the trap itself; nil where there is nothing to compare.
        func stability(of variant: Int) -> Double? {
            guard let own = own?.outcomes[variant].finding?.found.outcome else { return nil }
            let others = answered.compactMap { answered -> TrapClass? in
                guard case .variation = answered.part else { return nil }
                return answered.outcomes[variant].finding?.found.outcome
            }
            return others.isEmpty
                ? nil : Double(others.count { $0 == own }) / Double(others.count)
        }
    }

    /// Names of variants, the first is the baseline.
    let variants: [String]
    let numerics: Numerics
    var items: [Item]

    /// - Parameters:
    ///   - asked: the trap and part of each row, in the order of the rows.
    ///   - run: the rows that every variant has answered.
    init(_ asked: [(trap: Trap, part: TrapPart)], _ run: RunResults) {
        variants = run.variants
        numerics = run.numerics
        items = []
        for item in run.items {
            let (trap, part) = asked[item.row.number - 1]
            let answered = Answered(
                part: part, prompt: item.row.prompt, answers: item.answers,
                outcomes: item.answers.map { answer in
                    answer.failure.map { .unscored($0) }
                        ?? .found(part.classify(answer.text, of: trap))
                })
            if let index = items.lastIndex(where: { $0.trap.id == trap.id }) {
                items[index].answered.append(answered)
            } else {
                items.append(Item(trap: trap, answered: [answered]))
            }
        }
    }

    /// Where no rule decided: item, part, variant.
    var unclear: [(item: Int, part: Int, variant: Int)] {
        items.indices.flatMap { item in
            items[item].answered.indices.flatMap { part in
                variants.indices.filter {
                    items[item].answered[part].outcomes[$0].finding?.found == .unclear
                }.map { (item, part, $0) }
            }
        }
    }
}
