import LanguageModels
import Metrics

/// One metric of a turn, or of several turns together: a score for each variant.
struct ScoreRow {
    struct Entry {
        let variant: String
        let score: Score
        /// Answers that the score leaves out; 0 where it is of one answer.
        var unscored = 0
        /// How the answers were computed; nil where not all in the same way.
        let numerics: Numerics?
    }

    enum Subject: Equatable {
        case turn(Int)
        /// So many turns together.
        case turns(Int)
    }

    let subject: Subject
    let metric: String
    /// Of a turn.
    let references: [String]
    let entries: [Entry]

    /// The second variant's score minus the first's, where nothing is left out of them.
    var difference: Double? {
        guard entries.count == 2, entries.allSatisfy({ $0.unscored == 0 }),
            let first = entries[0].score.value, let second = entries[1].score.value
        else { return nil }
        return second - first
    }
}
