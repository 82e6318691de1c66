/// How a text is cut into the units that a metric counts.
enum WordRule: Int, CaseIterable {
    /// Runs of a–z and 0–9 in lower case, and their Porter stems.
    case rouge, rougeStems
    /// Between white space: as they are, and in lower case.
    case spaces, lowerCase
    /// sacrebleu's tokenizers.
    case mteval13a, international
    /// Every character but white space.
    case characters
    /// Words with punctuation at their ends set apart, as chrF++ counts them.
    case chrf
    /// In lower case without ASCII punctuation; and without articles.
    case plain, squad
}
