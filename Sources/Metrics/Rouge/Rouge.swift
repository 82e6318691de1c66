/// ROUGE as rouge_score 0.1.2 computes it, with its stemmer.
///
/// Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004. Words are runs of a–z and
/// 0–9 of the lower-cased text, so text in other scripts has none and scores 0. A text of one word
/// has no pairs: its rouge2 is 0 even against itself.
enum Rouge {
    /// F of the shared n-grams; of several references the best.
    static func ngrams(_ prediction: String, _ references: [String], order: Int) -> Double {
        references.map { reference in
            var numbers = WordNumbers()
            let wanted = NGramCounts(RougeWords.stems(reference, &numbers), order: order)
            let found = NGramCounts(RougeWords.stems(prediction, &numbers), order: order)
            return fMeasure(
                shared: wanted.shared(with: found), predicted: found.total, wanted: wanted.total)
        }.max() ?? 0
    }

    /// F of the longest common subsequence of words.
    static func longest(_ prediction: String, _ reference: String) -> Double {
        var numbers = WordNumbers()
        let wanted = RougeWords.stems(reference, &numbers)
        let found = RougeWords.stems(prediction, &numbers)
        return fMeasure(
            shared: CommonSubsequence.length(wanted, found), predicted: found.count,
            wanted: wanted.count)
    }

    /// F of the union, over the prediction's lines, of the subsequences shared with each line of the
    /// reference; no word counts oftener than in either text.
    static func longestByLines(_ prediction: String, _ reference: String) -> Double {
        var numbers = WordNumbers()
        let wanted = lines(reference).map { RougeWords.stems($0, &numbers) }
        let found = lines(prediction).map { RougeWords.stems($0, &numbers) }
        var wantedLeft = NGramCounts(wanted.flatMap(\.self), order: 1).counts
        var foundLeft = NGramCounts(found.flatMap(\.self), order: 1).counts
        var hits = 0
        for line in wanted {
            var isShared = [Bool](repeating: false, count: line.count)
            for other in found {
                for index in CommonSubsequence.indices(line, other) { isShared[index] = true }
            }
            for index in line.indices where isShared[index] {
                let key = line[index...index]
                guard let left = wantedLeft[key], let right = foundLeft[key], left > 0, right > 0
                else { continue }
                hits += 1
                wantedLeft[key] = left - 1
                foundLeft[key] = right - 1
            }
        }
        return fMeasure(
            shared: hits, predicted: found.reduce(0) { $0 + $1.count },
            wanted: wanted.reduce(0) { $0 + $1.count })
    }

    private static func lines(_ text: String) -> [String] {
        text.unicodeScalars.split(separator: "\n").map { String($0) }
    }

    private static func fMeasure(shared: Int, predicted: Int, wanted: Int) -> Double {
        if shared == 0 { return 0 }
        let precision = Double(shared) / Double(predicted)
        let recall = Double(shared) / Double(wanted)
        return 2 * precision * recall / (precision + recall)
    }
}
