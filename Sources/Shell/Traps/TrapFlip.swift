import Traps

/// An answer that is worth looking at: one that changed between being right and being made up or
/// refused, or without another variant one that is made up or refused.
struct TrapFlip {
    enum Way: String {
        /// The first variant is right, this one is not.
        case lost
        case gained
        /// There is no other variant to compare with.
        case failed
    }

    let way: Way
    let item: TrapResults.Item
    let answered: TrapResults.Answered
    let variant: Int

    /// Lost ones first, then gained ones.
    static func all(_ results: TrapResults) -> [TrapFlip] {
        let isAlone = results.variants.count == 1
        var flips: [TrapFlip] = []
        for item in results.items {
            for answered in [item.own, item.control].compactMap(\.self) {
                let right = answered.outcomes.map { isRight($0) }
                for variant in isAlone ? [0] : Array(results.variants.indices.dropFirst()) {
                    let way: Way? =
                        switch (isAlone ? true : right[0], right[variant]) {
                        case (true?, false?): isAlone ? .failed : .lost
                        case (false?, true?): .gained
                        default: nil
                        }
                    guard let way else { continue }
                    flips.append(
                        TrapFlip(way: way, item: item, answered: answered, variant: variant))
                }
            }
        }
        return flips.filter { $0.way != .gained } + flips.filter { $0.way == .gained }
    }

    /// Nil where it is not decided.
    private static func isRight(_ outcome: TrapResults.Outcome) -> Bool? {
        switch outcome.finding?.found {
        case .fabricated, .overRefused: false
        case .correct, .corrected, .abstained: true
        case .unclear, nil: nil
        }
    }
}
