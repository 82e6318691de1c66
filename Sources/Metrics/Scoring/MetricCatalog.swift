import Basics

/// The metrics, by name.
public enum MetricCatalog {
    public static let all: [Metric] = [
        Metric("rouge1", "ROUGE-1 F, stemmed: shared words") { Rouge.ngrams($0, $1, order: 1) },
        Metric("rouge2", "ROUGE-2 F, stemmed: shared pairs of words") {
            Rouge.ngrams($0, $1, order: 2)
        },
        Metric("rougeL", "ROUGE-L F, stemmed: longest common subsequence", best: Rouge.longest),
        Metric(
            "rougeLsum", "ROUGE-L F by lines, stemmed: for summaries", best: Rouge.longestByLines),
        Metric(
            "bleu", "BLEU of the sentence, lower-cased (nltk, smoothing method 1)",
            compute: NLTKBleu.score),
        Metric(
            "sacrebleu", "BLEU of the sentence (sacrebleu, 13a, exp smoothing)", range: 0...100,
            compute: SacreBleu.sentence),
        Metric("em", "exact match: lower case, without punctuation", best: Matching.exact),
        Metric("f1", "F1 of the words, as SQuAD compares answers", best: Matching.f1),
    ]

    /// - Throws: `usage` for a name that is not known.
    public static func metric(named name: String) throws(TandemError) -> Metric {
        if let metric = all.first(where: { $0.name == name }) { return metric }
        throw TandemError(
            .usage, "no metric is called \(name)",
            remedy: "metrics: " + all.map(\.name).joined(separator: ", "))
    }
}
