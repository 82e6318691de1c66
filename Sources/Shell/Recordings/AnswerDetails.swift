import Basics
import LanguageModels

/// What models say of answers that they gave: the prompt as it was rendered, and how probable each
/// token was. Computed again where it is wanted: the engine gives the same bits.
struct AnswerDetails {
    enum Name: Hashable {
        /// The number of a turn, and the answer's place in it.
        case turn(Int, Int)
        /// The number of a run, a row's place in it, and the answer's place in that.
        case row(Int, Int, Int)
    }

    struct Subject {
        let name: Name
        let request: GenerationRequest
        let tokens: [Int32]
        let identity: TurnIdentity
    }

    private struct Detail {
        var prompt: String?
        var tokens: [Int32]
        var scores: TokenScores?
        /// Why there are no scores.
        var missing: String?
    }

    private var details: [Name: Detail] = [:]

    /// Subjects that are asked for in one call.
    private static let callLimit = 256

    init(_ source: any AnswerSource, _ subjects: [Subject]) {
        let remote = Set(source.variants.filter { $0.remote != nil }.map(\.name))
        var asked: [Subject] = []
        for subject in subjects {
            var detail = Detail(tokens: subject.tokens)
            if remote.contains(subject.request.variant) {
                detail.missing = "the variant is remote"
            } else if !Self.isThere(subject, source) {
                detail.missing = "the variant was unloaded"
            } else {
                detail.prompt = try? source.rendering(
                    of: subject.request.prompt, by: subject.request.variant)
                if subject.tokens.isEmpty {
                    detail.missing = "there are no tokens"
                } else {
                    asked.append(subject)
                }
            }
            details[subject.name] = detail
        }
        for start in stride(from: 0, to: asked.count, by: Self.callLimit) {
            score(Array(asked[start..<min(start + Self.callLimit, asked.count)]), source)
        }
    }

    private mutating func score(_ subjects: [Subject], _ source: any AnswerSource) {
        let requests = subjects.map { subject in
            TokenScoreRequest(
                variant: subject.request.variant, author: subject.request.variant,
                prompt: subject.request.prompt, continuations: [subject.tokens],
                numerics: subject.request.settings.numerics)
        }
        let results = source.tokenScores(requests, isInterrupted: { false }) ?? []
        for (subject, result) in zip(subjects, results) {
            do throws(TandemError) {
                details[subject.name]?.scores = try result.get()
            } catch {
                details[subject.name]?.missing = error.message
            }
        }
    }

    private static func isThere(_ subject: Subject, _ source: any AnswerSource) -> Bool {
        guard case .loaded(let identity) = subject.identity,
            let now = try? source.identity(of: subject.request.variant)
        else { return false }
        return identity === now
    }

    /// - Parameter showsPrompt: with the prompt as it was rendered, as text and tokens.
    func json(of name: Name, showsPrompt: Bool) -> JSON {
        guard let detail = details[name] else { return .object(JSONObject()) }
        var object = JSONObject()
        if showsPrompt {
            object["rendered_prompt"] = detail.prompt.map { .string($0) } ?? .null
            object["prompt_token_ids"] = detail.scores.map { Self.ids($0.promptTokenIDs) } ?? .null
        }
        object["token_ids"] = detail.tokens.isEmpty ? .null : Self.ids(detail.tokens)
        if let tokens = detail.scores?.continuations.first {
            object["log_probabilities"] = .array(tokens.map { .number($0.logProbability) })
        } else {
            object["log_probabilities"] = .null
            object["log_probabilities_missing"] = detail.missing.map { .string($0) } ?? .null
        }
        return .object(object)
    }

    private static func ids(_ tokens: [Int32]) -> JSON {
        .array(tokens.map { .integer(Int($0)) })
    }
}
