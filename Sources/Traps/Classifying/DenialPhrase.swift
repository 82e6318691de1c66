import Metrics

/// Words by which an answer sets any question right.
enum DenialPhrase {
    private static let phrases: [WordPhrase] = [
        "does|do|did not … exist|happen|occur", "never … existed|happened|occurred|existing",
        "no longer exists|exist", "is|are|was|were not … real", "is|are|was|were … fictional",
        "is|are|was|were … fictitious|imaginary|nonexistent",
        "is|are|was|were … myth|misconception",
        "false premise", "premise … false|wrong|incorrect|mistaken",
        "question … assumes|presupposes|rests|contains", "this|that|it is not true|correct",
        "this|that|it is false|incorrect|untrue", "there is|are|was|were no",
        "there is|are|was|were not any", "there has|have|had never been", "there never was|were",
        "no evidence", "no one|person has|had ever", "nobody has|had ever", "nobody|none ever",
        "has|have never been", "fictional|fictitious|imaginary|hypothetical|nonexistent",
        "mistaken|misunderstanding|misconception",
    ].map(WordPhrase.init)

    /// The first sentences are searched: behind them an answer tells other things.
    private static let searchedSentences = 2

    /// The words that fired.
    static func first(in answer: FormFinder) -> String? {
        for start in answer.words.indices
        where answer.words[start].sentence < searchedSentences {
            for phrase in phrases {
                if let end = phrase.end(in: answer.words, at: start) {
                    return answer.text(start..<end)
                }
            }
        }
        return nil
    }

    /// A word that may deny, where no rule understands how; in the first sentence that has more than
    /// three words: what comes behind a statement no longer takes it back.
    static func doubt(in answer: FormFinder) -> String? {
        var sizes: [Int: Int] = [:]
        for word in answer.words { sizes[word.sentence, default: 0] += 1 }
        let statement = answer.words.first { sizes[$0.sentence, default: 0] > 3 }?.sentence ?? .max
        return answer.words.first {
            $0.sentence <= statement && doubts.contains($0.text)
        }.map { String(answer.answer[$0.range]) }
    }

    private static let doubts: Set<String> = [
        "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "unknown", "unclear",
        "uncertain", "unable", "impossible", "unsure", "false", "incorrect", "wrong", "mistake",
        "error", "confusion", "sorry", "depends", "varies", "clarify", "assume", "assuming",
        "hypothetically", "lack", "lacks", "without",
    ]
}
