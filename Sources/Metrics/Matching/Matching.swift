import Basics

/// Comparisons of whole answers: 1 or 0. Of several references the best counts.
enum Matching {
    /// Whether the answer is a reference, byte for byte: lm-eval's `exact_match` without options.
    static func identical(_ comparison: inout Comparison) -> Double {
        let answer = UTF8Key(comparison.answer)
        return comparison.references.contains { UTF8Key($0) == answer } ? 1 : 0
    }

    /// Whether the two are equal in lower case, without ASCII punctuation and with white space
    /// collapsed: lm-eval's `exact_match` that ignores case and punctuation, and white space too.
    static func plain(_ comparison: inout Comparison) -> Double {
        comparison.best(.plain) { words, reference, _ in words[0] == words[reference] ? 1 : 0 }
    }

    /// The same without the articles a, an, the: SQuAD's exact match.
    ///
    /// Rajpurkar et al., "SQuAD", 2016.
    static func squad(_ comparison: inout Comparison) -> Double {
        comparison.best(.squad) { words, reference, _ in words[0] == words[reference] ? 1 : 0 }
    }
}
