/// How many of an answer's runs of words are different ones. Needs no reference.
enum RunDiversity {
    /// distinct-n: different runs of `order` lower-cased words over all such runs; 1 where none repeats.
    ///
    /// Li et al., "A Diversity-Promoting Objective Function for Neural Conversation Models", 2016; there
    /// over all answers together, here for each. An answer with fewer words has none.
    static func distinct(_ comparison: inout Comparison, order: Int) -> Score {
        let runs = comparison.distinctRuns(.lowerCase, order: order)
        if runs.all == 0 {
            return .unscored("the answer has fewer than \(order) word\(order == 1 ? "" : "s")")
        }
        return .value(Double(runs.distinct) / Double(runs.all))
    }

    /// seq-rep-n: the share of runs that were there before, 1 − distinct-n.
    ///
    /// Welleck et al., "Neural Text Generation with Unlikelihood Training", 2020, with n = 4.
    static func repetition(_ comparison: inout Comparison, order: Int) -> Score {
        let score = distinct(&comparison, order: order)
        return score.value.map { .value(1 - $0) } ?? score
    }
}
