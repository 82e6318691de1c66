extension Command {
    /// How a session that is resumed gets to where this command left it.
    public enum Restoring: Sendable {
        /// The command only looked, asked a person, or changed what is outside of the session: it is
        /// not performed again.
        case nothing
        /// It is performed again without being shown; it takes no answer of a model.
        case again
        /// Its results are in the journal. Where it was not finished, it goes on.
        case results
    }

    public var restoring: Restoring {
        switch self {
        case .define, .load, .adapter, .unload, .pin, .lineup, .system, .chat, .clear: .again
        case .set(let key, _): key == nil ? .nothing : .again
        case .budget(let budget): budget == .show ? .nothing : .again
        case .prompt, .complete, .again, .reference, .score, .judge, .versus, .run, .save, .source,
            .expect, .failures(.again), .trap(.run):
            .results
        case .rate(let rating): if case .ask = rating { .nothing } else { .results }
        case .models, .replay, .rubric, .audit, .failures, .trap, .show, .history, .diff, .tokens,
            .output,
            .timing, .help, .quit,
            .shell, .comment:
            .nothing
        }
    }
}
