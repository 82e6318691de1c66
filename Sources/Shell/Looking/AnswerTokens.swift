import Basics
import LanguageModels

/// The tokens of an answer, under the variant that gave it and under others.
struct AnswerTokens {
    /// What another variant makes of them, or why that is not known.
    struct View {
        let variant: String
        let tokens: Result<[TokenScore], TandemError>

        var scores: [TokenScore]? { try? tokens.get() }
        var reason: String { if case .failure(let error) = tokens { "\(error)" } else { "" } }
    }

    let turn: Int
    let answer: Answer
    let sampling: SamplingText
    /// Under its own variant; at least one.
    let own: [TokenScore]
    let others: [View]

    /// How many of the most probable tokens are shown to programs.
    static let bestCount = 5

    /// The part of each token's text that stands in the answer: a stop text, and what follows it, is
    /// generated but not shown.
    var texts: [String] {
        var room = answer.text.utf8.count
        return own.map { score in
            let part = score.text.utf8.prefix(room)
            room -= part.count
            return String(decoding: part, as: UTF8.self)
        }
    }

    /// Tokens behind the text: what ended the turn, or a stop text.
    var tokensBehind: [Token] {
        let texts = texts
        let end = (texts.lastIndex { !$0.isEmpty } ?? -1) + 1
        let isStopped = own[end...].contains { !$0.text.isEmpty }
        return own[end...].filter { isStopped || $0.token.isControl }.map(\.token)
    }

    /// Places where another variant's most probable token is not the own variant's, those first where
    /// the probability of the answer's token changed most.
    func changes(_ scores: [TokenScore]) -> [Int] {
        own.indices
            .filter { own[$0].best.first?.token.id != scores[$0].best.first?.token.id }
            .sorted { change(scores, $0) > change(scores, $1) }
    }

    private func change(_ scores: [TokenScore], _ place: Int) -> Double {
        (own[place].logProbability - scores[place].logProbability).magnitude
    }
}
