import Basics
import CKernels
import Glibc

/// Draws tokens. The draw for a position depends on the logits, the settings and (seed, position)
/// alone.
public struct Sampler: Sendable {
    public let settings: SamplingSettings
    private let random: CounterRandom

    public init(_ settings: SamplingSettings) {
        self.settings = settings
        random = CounterRandom(seed: settings.seed, stream: 0)
    }

    /// The token that follows `context`.
    ///
    /// The repetition penalty comes first (Keskar et al., "CTRL", 2019), then the temperature,
    /// top-k, top-p (Holtzman et al., 2020) and min-p (Nguyen et al., 2024), each on what the one
    /// before has left. Equal logits are taken in the order of their ids.
    /// - Parameter logits: [vocabularySize], finite.
    /// - Complexity: O(vocabulary), plus sorting what the filters must look at.
    public func next(logits: [Float], context: [Int32]) -> Int32 {
        let logits = penalised(logits, context)
        if settings.temperature <= 0 { return Self.mostProbable(logits) }
        let kept = candidates(logits)
        var total = 0.0
        for candidate in kept { total += candidate.mass }
        var target = random.unit(at: UInt64(context.count)) * total
        for candidate in kept {
            target -= candidate.mass
            if target < 0 { return candidate.id }
        }
        return kept.last?.id ?? Self.mostProbable(logits)
    }

    /// The id of the largest logit; ties go to the lowest id.
    public static func mostProbable(_ logits: [Float]) -> Int32 {
        let best = tk_best_kernels().pointee.argmax(logits, logits.count)
        if best >= 0 { return Int32(best) }
        // A penalty can take a logit beyond the largest float.
        return Int32(logits.indices.max { logits[$0] < logits[$1] } ?? 0)
    }

    private func penalised(_ logits: [Float], _ context: [Int32]) -> [Float] {
        if settings.repetitionPenalty == 1 { return logits }
        var logits = logits
        let penalty = Float(settings.repetitionPenalty)
        for id in Set(context) where logits.indices.contains(Int(id)) {
            let logit = logits[Int(id)]
            logits[Int(id)] = logit > 0 ? logit / penalty : logit * penalty
        }
        return logits
    }

    private struct Candidate {
        let id: Int32
        let logit: Float
        /// Probability relative to the most probable token's.
        let mass: Double
    }

    /// The tokens that the filters keep, the most probable first.
    private func candidates(_ logits: [Float]) -> [Candidate] {
        let largest = Double(logits[Int(Self.mostProbable(logits))])
        let temperature = settings.temperature
        func mass(_ logit: Float) -> Double { exp((Double(logit) - largest) / temperature) }
        // A token less probable than 1e-12 times the best one adds nothing that a double keeps.
        let floor = Float(largest + temperature * log(max(1e-12, topPFloor)))
        var kept: [Candidate] = []
        for (id, logit) in logits.enumerated() where logit >= floor {
            kept.append(Candidate(id: Int32(id), logit: logit, mass: mass(logit)))
        }
        kept.sort { $0.logit != $1.logit ? $0.logit > $1.logit : $0.id < $1.id }
        if settings.topK > 0 { kept = Array(kept.prefix(settings.topK)) }
        if settings.topP < 1 {
            let total = kept.reduce(0) { $0 + $1.mass }
            var sum = 0.0
            let count = kept.firstIndex {
                sum += $0.mass
                return sum >= settings.topP * total
            }
            if let count { kept = Array(kept[...count]) }
        }
        if settings.minP > 0 { kept = kept.filter { $0.mass >= settings.minP } }
        return kept
    }

    /// Without top-p, min-p bounds what has to be sorted.
    private var topPFloor: Double { settings.topP < 1 ? 0 : settings.minP * (1 - 1e-9) }
}
