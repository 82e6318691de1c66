import Basics
import Inference
import Tokenizers

extension ModelPool {
    public func tokenScores(
        _ requests: [TokenScoreRequest], isInterrupted: () -> Bool
    ) -> [Result<TokenScores, TandemError>]? {
        var results = requests.map { _ in Result<TokenScores, TandemError>?.none }
        var prompts: [(index: Int, tokens: [Int32])] = []
        var scored: [ScoreRequest] = []
        for (index, request) in requests.enumerated() {
            do throws(TandemError) {
                let prompt = try promptTokens(of: request)
                prompts.append((index, prompt))
                scored.append(
                    ScoreRequest(
                        variant: request.variant, prefix: prompt + request.opening,
                        continuations: request.continuations, numerics: request.numerics,
                        bestCount: request.bestCount))
            } catch {
                results[index] = .failure(error)
            }
        }
        do throws(TandemError) {
            guard let scores = try score(scored, isInterrupted: isInterrupted) else { return nil }
            for ((index, prompt), result) in zip(prompts, scores) {
                results[index] = result.flatMap { scores in
                    spelled(requests[index], prompt, scores)
                }
            }
        } catch {
            for (index, _) in prompts { results[index] = .failure(error) }
        }
        return results.compactMap(\.self)
    }

    /// - Throws: `notFound`; `mismatch` for two vocabularies; what rendering refuses.
    private func promptTokens(of request: TokenScoreRequest) throws(TandemError) -> [Int32] {
        let model = try variant(request.variant).model
        let author = try variant(request.author).model
        guard model.tokenizer.hasTokens(of: author.tokenizer) else {
            throw TandemError(
                .mismatch,
                "\(request.variant) has another vocabulary than \(request.author): the tokens of the "
                    + "one are not those of the other",
                remedy: "compare what they say by words")
        }
        return try model.encode(request.prompt)
    }

    /// Scores with the texts of the tokens.
    private func spelled(
        _ request: TokenScoreRequest, _ prompt: [Int32], _ scores: [ContinuationScore]
    ) -> Result<TokenScores, TandemError> {
        Result { () throws(TandemError) in
            let tokenizer = try variant(request.variant).model.tokenizer
            var decoder = StreamDecoder(tokenizer, continues: request.prompt.isContinued)
            let opening = request.opening.map { decoder.append($0) }.joined()
            return TokenScores(
                promptTokenIDs: prompt, openingText: opening,
                continuations: zip(request.continuations, scores).map {
                    Self.spelled($0, $1, tokenizer, decoder)
                })
        }
    }

    private static func spelled(
        _ tokens: [Int32], _ score: ContinuationScore, _ tokenizer: Tokenizer,
        _ decoder: StreamDecoder
    ) -> [TokenScore] {
        var decoder = decoder
        return tokens.indices.map { place in
            let ranking = score.rankings[place]
            var text = decoder.append(tokens[place])
            if place == tokens.count - 1 { text += decoder.finish() }
            return TokenScore(
                token: Token(tokens[place], tokenizer), text: text,
                logProbability: score.logProbabilities[place], rank: ranking.rank,
                best: ranking.best.map {
                    .init(token: Token($0.id, tokenizer), logProbability: $0.logProbability)
                })
        }
    }
}

extension Token {
    fileprivate init(_ id: Int32, _ tokenizer: Tokenizer) {
        self.init(
            id: id, spelling: tokenizer.spelling(of: id), isControl: tokenizer.isControl(id))
    }
}
