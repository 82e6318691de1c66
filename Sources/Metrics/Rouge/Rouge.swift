/// ROUGE as rouge_score 0.1.2 computes it.
///
/// Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004. Words are runs of a–z and
/// 0–9 of the lower-cased text, so text in other scripts has none and scores 0. A text of one word
/// has no pairs: its rouge2 is 0 even against itself. Of several references the best counts.
struct Rouge {
    /// Whether words longer than three letters are stemmed.
    let usesStemmer: Bool

    private var rule: WordRule { usesStemmer ? .rougeStems : .rouge }

    /// F of the shared runs of `order` words.
    func ngrams(_ comparison: inout Comparison, order: Int) -> Double {
        comparison.best(rule) { words, reference, ngrams in
            let shared =
                order == 1
                ? ngrams.sharedWords(words, reference)
                : Int(ngrams.matches(words, reference..<reference + 1, orders: order)[order - 1])
            return OverlapF1.value(
                shared: shared, found: words.range(0).count - order + 1,
                wanted: words.range(reference).count - order + 1)
        }
    }

    /// F of the longest common subsequence of words.
    func longest(_ comparison: inout Comparison) -> Double {
        comparison.best(rule) { words, reference, _ in
            let (found, wanted) = (words[0], words[reference])
            return OverlapF1.value(
                shared: CommonSubsequence.length(wanted, found), found: found.count,
                wanted: wanted.count)
        }
    }

    /// F of the union, over the prediction's lines, of the subsequences shared with each line of the
    /// reference; no word counts oftener than in either text.
    func longestByLines(_ comparison: inout Comparison) -> Double {
        // Of one line each the union is one subsequence.
        if comparison.allTexts(satisfy: { $0.split(separator: 0x0A, maxSplits: 1).count < 2 }) {
            return longest(&comparison)
        }
        let lines = comparison.lines(rule)
        return lines.dropFirst().map { Self.union(lines[0], $0) }.max() ?? 0
    }

    private static func union(_ found: [[Int32]], _ wanted: [[Int32]]) -> Double {
        func counts(_ lines: [[Int32]]) -> [Int32: Int] {
            lines.joined().reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        var (wantedLeft, foundLeft) = (counts(wanted), counts(found))
        var hits = 0
        for line in wanted {
            var isShared = [Bool](repeating: false, count: line.count)
            for other in found {
                for index in CommonSubsequence.indices(line, other) { isShared[index] = true }
            }
            for index in line.indices where isShared[index] {
                let word = line[index]
                guard let left = wantedLeft[word], let right = foundLeft[word], left > 0, right > 0
                else { continue }
                hits += 1
                wantedLeft[word] = left - 1
                foundLeft[word] = right - 1
            }
        }
        return OverlapF1.value(
            shared: hits, found: found.reduce(0) { $0 + $1.count },
            wanted: wanted.reduce(0) { $0 + $1.count })
    }
}
