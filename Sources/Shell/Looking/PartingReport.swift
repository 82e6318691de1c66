import Basics
import LanguageModels

/// How two answers of a turn differ: by words, and at the token where they part.
struct PartingReport {
    /// One of the two.
    struct Side {
        let answer: Answer
        let prompt: Prompt
        let sampling: SamplingText
        /// What its variant makes of both tokens, its own first choice or not: those of the first
        /// answer, then of the second; or why that is not known.
        var view: Result<TokenScores, TandemError>?

        var variant: String { answer.variant }
        /// The two tokens, where the variant has said something of them.
        var choices: [TokenScore]? { (try? view?.get())?.continuations.compactMap(\.first) }
        var reason: String? { if case .failure(let error) = view { "\(error)" } else { nil } }

        /// Whether the variant makes the two almost equally probable.
        var isNearTie: Bool {
            guard let choices, choices.count == 2 else { return false }
            return (choices[0].logProbability - choices[1].logProbability).magnitude
                < PartingReport.nearTie
        }
    }

    /// Nats between two tokens that are a near-tie: one is less than 1.1 times as probable as the other.
    static let nearTie = 0.1

    let turn: Int
    let sides: [Side]
    let parting: TokenParting

    var names: [String] { sides.map(\.variant) }
    var isSameText: Bool {
        sides[0].answer.text.utf8.elementsEqual(sides[1].answer.text.utf8)
    }

    /// Why no token is shown where they part.
    var reason: String? {
        switch parting {
        case .nowhere: return "their tokens are the same"
        case .end(let shared, let isFirst):
            let short = sides[isFirst ? 0 : 1]
            let why = TerminalText.visibleOnOneLine(
                short.answer.detail ?? short.answer.finish.rawValue)
            return "\(short.variant) has no token behind the \(shared) that both begin with: \(why)"
        case .unknown(let name):
            return
                "where their tokens part is not known: \(name) is remote, and a server gives text"
        case .tokens:
            let reasons = sides.compactMap(\.reason)
            return reasons.count < sides.count
                ? nil
                : "where they part cannot be shown: "
                    + TerminalText.visibleOnOneLine(
                        Set(reasons).count == 1 ? reasons[0] : reasons.joined(separator: "; "))
        }
    }

    var title: String { "turn \(turn): \(names[0]) and \(names[1])" }

    func lines(_ context: RenderingContext) -> [String] {
        let words =
            isSameText
            ? ["\(names[0]) and \(names[1]) say the same"]
            : WordDifference(sides[0].answer.text, sides[1].answer.text)
                .lines(names, usesColour: context.usesColour, columns: context.columns)
        return words + partingLines
    }

    private var partingLines: [String] {
        switch parting {
        case .nowhere, .end, .unknown: return reason.map { [$0] } ?? []
        case .tokens(let shared, _, _):
            let opening = sides.lazy.compactMap { try? $0.view?.get() }.first?.openingText
            let place = opening.map { $0.isEmpty ? "" : ", behind " + Self.end(of: $0) } ?? ""
            let samplings = sides.map(\.sampling.line)
            if let reason { return [reason] }
            return ["they part at token \(shared + 1)" + place]
                + sides.indices.map { "  " + sentence($0) }
                + sides.filter(\.isNearTie).map {
                    "  near-tie: \($0.variant) makes both almost equally probable"
                }
                + (sides[0].prompt == sides[1].prompt
                    ? [] : ["  each continues its own conversation, and so do its probabilities"])
                + (samplings[0] == samplings[1]
                    ? ["  " + samplings[0]]
                    : zip(names, samplings).map { "  \($0): \($1)" })
        }
    }

    /// What one variant makes of its own token and of the other's.
    private func sentence(_ side: Int) -> String {
        let name = names[side]
        guard let choices = sides[side].choices, choices.count == 2 else {
            return "\(name): unscored: "
                + TerminalText.visibleOnOneLine(sides[side].reason ?? "it was not asked")
        }
        let (own, other) = (choices[side], choices[1 - side])
        return "\(name) \(Self.act(own.token)) (\(Probability.text(own.logProbability)), "
            + "its \(Probability.choice(own.rank))); \(TokenText.quoted(other.token)), as "
            + "\(names[1 - side]) has it, it gives \(Probability.text(other.logProbability)) "
            + "(its \(Probability.choice(other.rank)))"
    }

    private static func act(_ token: Token) -> String {
        (token.isControl ? "ends with " : "goes on with ") + TokenText.quoted(token)
    }

    /// The last characters of a text, in quotes.
    private static func end(of text: String) -> String {
        let most = 30
        let mark = text.count > most ? "…" : ""
        return "\"" + mark + TerminalText.visibleOnOneLine(String(text.suffix(most))) + "\""
    }
}
