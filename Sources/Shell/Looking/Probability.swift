import Glibc

/// Probabilities and ranks in words.
enum Probability {
    /// In per cent: one decimal, two digits of what is below 0.1 %, and never 0 % or 100 %.
    static func text(_ logProbability: Double) -> String {
        let percentage = exp(logProbability) * 100
        if percentage > 99.9 { return "> 99.9 %" }
        if percentage < 1e-6 { return "< 0.000001 %" }
        let digits = percentage < 0.1 ? 1 - Int(log10(percentage).rounded(.down)) : 1
        return Numbers.fixed(percentage, digits) + " %"
    }

    /// `first choice`, `2nd choice`, `11th choice`.
    static func choice(_ rank: Int) -> String { (rank == 1 ? "first" : ordinal(rank)) + " choice" }

    static func ordinal(_ rank: Int) -> String {
        let ending =
            switch (rank % 100, rank % 10) {
            case (11...13, _): "th"
            case (_, 1): "st"
            case (_, 2): "nd"
            case (_, 3): "rd"
            default: "th"
            }
        return String(rank) + ending
    }

    /// exp(−mean ln p) of tokens; nil of none.
    static func perplexity(_ logProbabilities: [Double]) -> Double? {
        if logProbabilities.isEmpty { return nil }
        return exp(-logProbabilities.reduce(0, +) / Double(logProbabilities.count))
    }
}
