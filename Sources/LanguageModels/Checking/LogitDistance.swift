import Glibc

/// How far apart two predictions of the next token are, position after position.
public struct LogitDistance: Sendable, Equatable {
    /// Positions that were compared.
    public private(set) var count = 0
    /// The largest |Δ| of a logit.
    public private(set) var largest = 0.0
    /// Positions at which both have the same most probable token.
    public private(set) var sameChoices = 0
    private var differences = 0.0
    private var divergences = 0.0
    private var choiceDifferences = 0.0

    package init() {}

    /// The mean |Δ| of a logit.
    public var mean: Double { differences / Double(max(1, count)) }
    /// The mean Kullback-Leibler divergence of the second distribution from the first, in nats.
    public var divergence: Double { divergences / Double(max(1, count)) }
    /// The mean |Δ| of the log-probability of the first's most probable token, in nats.
    public var choice: Double { choiceDifferences / Double(max(1, count)) }

    /// Counts one position.
    /// - Parameters:
    ///   - first, second: logits of the same vocabulary, finite.
    /// - Complexity: O(vocabulary).
    package mutating func add(_ first: [Float], _ second: [Float]) {
        let (best, otherBest) = (Self.mostProbable(first), Self.mostProbable(second))
        guard let best, let otherBest, first.count == second.count else { return }
        let one = Self.logSum(first, largest: Double(first[best]))
        let other = Self.logSum(second, largest: Double(second[otherBest]))
        var (sum, divergence) = (0.0, 0.0)
        for id in first.indices {
            let difference = Double(first[id]) - Double(second[id])
            sum += abs(difference)
            largest = max(largest, abs(difference))
            let logProbability = Double(first[id]) - one
            if logProbability > -40 {
                divergence += exp(logProbability) * (difference - one + other)
            }
        }
        count += 1
        differences += sum / Double(first.count)
        // Rounding can leave a little less than nothing.
        divergences += max(0, divergence)
        choiceDifferences += abs(Double(first[best]) - one - Double(second[best]) + other)
        if best == otherBest { sameChoices += 1 }
    }

    private static func mostProbable(_ logits: [Float]) -> Int? {
        logits.indices.max { logits[$0] < logits[$1] || logits[$0] == logits[$1] && $0 > $1 }
    }

    /// The logarithm of the sum of exponentials.
    private static func logSum(_ logits: [Float], largest: Double) -> Double {
        var sum = 0.0
        for logit in logits { sum += exp(Double(logit) - largest) }
        return largest + log(sum)
    }
}
