import Basics
import LanguageModels
import Sessions

/// A command of the session that belongs in a script, and what it gave.
struct RecordedCommand {
    enum Result {
        /// As it was shown, or as a server said it.
        case record(JSON)
        case loaded(VariantInformation, VariantIdentity, quantization: String?)
        /// By its place among the turns.
        case turn(Int)
        case run(RunResults, GenerationSettings, [VariantIdentity])
    }

    let command: Command
    let results: [Result]
    /// How many turns there were before it.
    let turnCount: Int
    /// Whether all its results are there: not those of a session that was resumed.
    let isWhole: Bool

    /// The number of the turn that it is.
    var turn: Int? {
        for case .turn(let index) in results { return index + 1 }
        return nil
    }
}
