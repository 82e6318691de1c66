import Basics

extension ModelPool {
    /// See ``AnswerSource/logProbabilities(_:isInterrupted:)``.
    ///
    /// A continuation's tokens are those of the whole text behind those that the prompt alone and every
    /// continuation have in common, so that a token over the border is counted for each.
    /// - Complexity: that of ``score(_:isInterrupted:)``.
    public func logProbabilities(
        _ requests: [ContinuationRequest], isInterrupted: () -> Bool
    ) throws(TandemError) -> [Result<[ContinuationProbability], TandemError>]? {
        var results = [Result<[ContinuationProbability], TandemError>](
            repeating: .success([]), count: requests.count)
        var scored: [(index: Int, request: ScoreRequest)] = []
        for (index, request) in requests.enumerated() {
            let model = try variant(request.variant).model
            do throws(TandemError) {
                scored.append((index, try scoreRequest(request, of: model)))
            } catch {
                results[index] = .failure(error)
            }
        }
        guard let all = try score(scored.map(\.request), isInterrupted: isInterrupted) else {
            return nil
        }
        for ((index, _), scores) in zip(scored, all) {
            results[index] = scores.map { scores in
                scores.map {
                    ContinuationProbability(
                        logProbability: $0.logProbability, tokenCount: $0.logProbabilities.count)
                }
            }
        }
        return results
    }

    private func scoreRequest(
        _ request: ContinuationRequest, of model: LocalModel
    ) throws(TandemError) -> ScoreRequest {
        var texts: [[Int32]] = []
        for continuation in request.continuations {
            if continuation.isEmpty {
                throw TandemError(.usage, "an empty text has no probability as a continuation")
            }
            switch request.prompt {
            case .chat(let messages):
                texts.append(try model.encode(messages, opening: continuation))
            case .completion(let text):
                texts.append(try model.encode(.completion(text + " " + continuation)))
            }
        }
        let prompt = try model.encode(request.prompt)
        var shared = prompt.count
        for text in texts {
            let common = zip(prompt, text).prefix { $0 == $1 }.count
            shared = min(shared, common, text.count - 1)
        }
        guard shared > 0 else {
            throw TandemError(
                .usage, "there is no token that a continuation could follow",
                remedy: "give a prompt")
        }
        return ScoreRequest(
            variant: request.variant, prefix: Array(prompt[..<shared]),
            continuations: texts.map { Array($0[shared...]) }, numerics: request.numerics)
    }
}
