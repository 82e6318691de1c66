/// F1 of the words of answer and reference, in lower case, without punctuation and articles; of several
/// references the best.
///
/// Rajpurkar et al., "SQuAD", 2016. As in the script for SQuAD 2.0 two empty answers agree, and an
/// empty one agrees with no other.
enum SquadF1 {
    static func score(_ comparison: inout Comparison) -> Double {
        comparison.best(.squad) { words, reference, ngrams in
            let (found, wanted) = (words.range(0).count, words.range(reference).count)
            if found == 0 || wanted == 0 { return found == wanted ? 1 : 0 }
            let shared = ngrams.sharedWords(words, reference)
            return OverlapF1.value(shared: shared, found: found, wanted: wanted)
        }
    }
}
