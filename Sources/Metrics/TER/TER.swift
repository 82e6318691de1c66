/// The translation edit rate as sacrebleu 2 computes it, in lower case, words between white space: edits
/// for 100 words of the reference. Less is better; 0 is equal, and there is no upper end.
///
/// Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation", 2006. Of several
/// references the fewest edits count, over the mean of their lengths. Against empty references an answer
/// has 100, an empty one 0.
enum TER {
    /// Edits, and the mean length of the references.
    static func counts(_ comparison: inout Comparison) -> [Double] {
        let words = comparison.words(.lowerCase)
        let (answer, references) = (Array(words.answer), words.references.map(Array.init))
        let edits = references.map { TranslationEdits.count(answer, $0) }.min() ?? 0
        let length = references.reduce(0) { $0 + $1.count }
        return [Double(edits), Double(length) / Double(references.count)]
    }

    /// - Parameter counts: of one answer, or the sums over many.
    static func score(_ counts: [Double]) -> Double {
        if counts[1] > 0 { return 100 * counts[0] / counts[1] }
        return counts[0] > 0 ? 100 : 0
    }
}
