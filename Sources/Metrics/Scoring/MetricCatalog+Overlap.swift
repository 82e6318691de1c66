import Basics

/// Metrics of shared words and characters.
extension MetricCatalog {
    static let rouge: [MetricEntry] = [("", true), ("_unstemmed", false)].flatMap {
        end, isStemmed in
        let rouge = Rouge(usesStemmer: isStemmed)
        let note = isStemmed ? "stemmed" : "not stemmed"
        return [
            Metric("rouge1" + end, "ROUGE-1 F, \(note): shared words") {
                rouge.ngrams(&$0, order: 1)
            },
            Metric("rouge2" + end, "ROUGE-2 F, \(note): shared pairs of words") {
                rouge.ngrams(&$0, order: 2)
            },
            Metric("rougeL" + end, "ROUGE-L F, \(note): longest common subsequence") {
                rouge.longest(&$0)
            },
            Metric("rougeLsum" + end, "ROUGE-L F by lines, \(note): for summaries") {
                rouge.longestByLines(&$0)
            },
        ].map { MetricEntry($0) }
    }

    static let bleu: [MetricEntry] = [
        MetricEntry(
            Metric(
                "bleu", "BLEU of each answer, lower-cased (nltk, smoothing method 1)",
                value: NLTKBleu.score)),
        MetricEntry(
            "sacrebleu", "[:13a|intl|char|none]",
            "BLEU of all answers (sacrebleu), of each in its row; by default with tokenizer 13a"
        ) { name, tokenizer throws(TandemError) in
            let rules: [String: WordRule] = [
                "13a": .mteval13a, "intl": .international, "char": .characters, "none": .spaces,
            ]
            guard let rule = rules[tokenizer ?? "13a"] else {
                throw TandemError(
                    .usage, "sacrebleu has no tokenizer \(tokenizer ?? "")",
                    remedy: "tokenizers: 13a, intl, char, none")
            }
            return Metric(
                name, "BLEU (sacrebleu, \(tokenizer ?? "13a"))", range: 0...100,
                counts: { BleuCounts(&$0, rule).values },
                score: { SacreBleu.score(BleuCounts($0), usesEffectiveOrder: true) },
                combine: { SacreBleu.score(BleuCounts($0), usesEffectiveOrder: false) })
        },
    ]

    static let characterEntries: [MetricEntry] = [
        chrF("chrf", "chrF2 of all answers (sacrebleu): shared runs of characters", wordOrders: 0),
        chrF("chrf++", "chrF2++ of all answers (sacrebleu): and of words", wordOrders: 2),
        Metric(
            "ter", "translation edit rate of all answers (sacrebleu): edits for 100 words",
            range: 0...Double.infinity, .lessIsBetter, counts: TER.counts, score: TER.score,
            combine: TER.score),
        Metric(
            "edit_distance", "characters to insert, delete or change",
            range: 0...Double.infinity, .lessIsBetter, value: EditDistance.distance),
        Metric(
            "edit_similarity", "1 − edit distance / length of the longer text",
            value: EditDistance.similarity),
    ].map { MetricEntry($0) }

    private static func chrF(_ name: String, _ summary: String, wordOrders: Int) -> Metric {
        let chrF = ChrF(wordOrders: wordOrders)
        return Metric(
            name, summary, range: 0...100, counts: { chrF.counts(&$0) }, score: chrF.score,
            combine: chrF.score)
    }
}
