/// What a server was seen to do, when it was asked at load.
public struct RemoteCapabilities: Sendable, Equatable {
    public enum Finding: Sendable, Equatable {
        case yes
        /// With what the server said or did instead.
        case no(String)

        public var isYes: Bool { self == .yes }
        public var reason: String? { if case .no(let reason) = self { reason } else { nil } }
    }

    /// Answers conversations: it has a chat template.
    public var template: Finding
    /// Continues text as it stands.
    public var completions: Finding
    /// Gives log-probabilities of the tokens that it generates, in chat.
    public var logprobs: Finding
    /// Gives log-probabilities of the prompt's tokens, one for each: what scoring a text needs.
    public var echo: Finding
    /// Draws the same text for the same seed, and another for another.
    public var seed: Finding
    /// Counts tokens at the end of a stream.
    public var countsTokens: Bool
    /// The field of a request that limits an answer's tokens.
    var tokenLimitField: String

    /// With the names of the field's interfaces.
    public var findings: [(name: String, finding: Finding)] {
        [
            ("template", template), ("completions", completions), ("logprobs", logprobs),
            ("echo", echo), ("seed", seed),
        ]
    }

    /// What there is, then what there is not and why.
    public var summary: String {
        let there = findings.filter(\.finding.isYes).map(\.name)
        let absent = findings.compactMap { entry in
            entry.finding.reason.map { "no \(entry.name) (\($0))" }
        }
        return ([there.joined(separator: ", ")].filter { !$0.isEmpty } + absent)
            .joined(separator: "; ")
    }
}
