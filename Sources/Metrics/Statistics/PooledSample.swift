/// Items whose score together is that of their added counts (corpus BLEU, chrF, TER), by unit: a
/// group, or an item where there are none.
struct PooledSample {
    let itemCount: Int
    let unitCount: Int
    let isClustered: Bool
    /// Counts of one item.
    let width: Int
    /// [units][width]
    let counts: [Double]

    /// - Parameter items: counts of the same length each.
    init(_ items: [[Double]], groups: [Int]?) {
        itemCount = items.count
        isClustered = groups != nil
        width = items.first?.count ?? 0
        var places: [Int: Int] = [:]
        var counts: [Double] = []
        for (index, item) in items.enumerated() {
            let place = groups.flatMap { places[$0[index]] } ?? counts.count / max(1, width)
            if place * width == counts.count {
                counts += item
            } else {
                for (offset, count) in item.enumerated() { counts[place * width + offset] += count }
            }
            if let groups { places[groups[index]] = place }
        }
        self.counts = counts
        unitCount = counts.count / max(1, width)
    }

    /// The sum over all units.
    var total: [Double] {
        var total = [Double](repeating: 0, count: width)
        for unit in 0..<unitCount { add(unit, to: &total) }
        return total
    }

    @inline(__always)
    func add(_ unit: Int, to sums: inout [Double], sign: Double = 1) {
        for offset in 0..<width { sums[offset] += sign * counts[unit * width + offset] }
    }

    /// The sum of one resample.
    func resampled(_ number: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        Resamples.forEachUnit(of: unitCount, number) { add($0, to: &sums) }
        return sums
    }

    /// The sum without one unit.
    func without(_ unit: Int, of total: [Double]) -> [Double] {
        var sums = total
        add(unit, to: &sums, sign: -1)
        return sums
    }
}

/// Intervals and p values of scores that are computed from added counts.
///
/// BCa over resampled items, and approximate randomisation: S. Riezler, J. T. Maxwell, "On some
/// pitfalls in automatic evaluation and significance testing for MT", ACL workshop 2005; what
/// sacrebleu calls paired bootstrap and paired AR.
extension PooledSample {
    /// Nil for fewer than two units, no spread, and where a resample has no score.
    fileprivate static func interval(
        _ resampled: [Double], jackknife: [Double], estimate: Double
    ) -> ClosedRange<Double>? {
        guard jackknife.count > 1, let acceleration = Bootstrap.acceleration(jackknife),
            resampled.allSatisfy(\.isFinite), acceleration.isFinite
        else { return nil }
        return Bootstrap.interval(
            resampled.sorted(), estimate: estimate, acceleration: acceleration, confidence: 0.95)
    }

    /// The share of draws, with each unit's two answers swapped or not, that differ at least as much.
    fileprivate static func swapP(
        _ baseline: PooledSample, _ variant: PooledSample, delta: Double,
        _ combine: ([Double]) -> Double
    ) -> Double {
        let (first, second) = (baseline.total, variant.total)
        // Scores of the same counts in another order differ by rounding.
        let limit = delta.magnitude * (1 - 1e-12)
        let hits = (0..<SignFlipTest.drawCount).count { number in
            var (one, other) = (first, second)
            SignFlipTest.forEachSign(of: baseline.unitCount, number) { unit, isSwapped in
                if !isSwapped { return }
                baseline.add(unit, to: &one, sign: -1)
                variant.add(unit, to: &one)
                variant.add(unit, to: &other, sign: -1)
                baseline.add(unit, to: &other)
            }
            let difference = (combine(other) - combine(one)).magnitude
            return !(difference < limit)
        }
        return Double(1 + hits) / Double(SignFlipTest.drawCount + 1)
    }

    fileprivate static func standardDeviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(values.count - 1)).squareRoot()
    }
}

extension MeanEstimate {
    /// The score of all items together. Nil for no items.
    init?(_ sample: PooledSample, _ combine: ([Double]) -> Double) {
        if sample.unitCount == 0 { return nil }
        let total = sample.total
        let score = combine(total)
        guard score.isFinite else { return nil }
        self.init(
            mean: score,
            interval: PooledSample.interval(
                (0..<Resamples.count).map { combine(sample.resampled($0)) },
                jackknife: (0..<sample.unitCount).map { combine(sample.without($0, of: total)) },
                estimate: score))
    }
}

extension PairedComparison {
    /// Two scores of the same items together. Nil for no items, and where a score is not finite.
    init?(
        pooled baseline: PooledSample, _ variant: PooledSample, _ combine: ([Double]) -> Double
    ) {
        if baseline.unitCount == 0 { return nil }
        let (first, second) = (baseline.total, variant.total)
        let delta = combine(second) - combine(first)
        guard delta.isFinite else { return nil }
        let resampled = (0..<Resamples.count).map {
            combine(variant.resampled($0)) - combine(baseline.resampled($0))
        }
        let jackknife = (0..<baseline.unitCount).map {
            combine(variant.without($0, of: second)) - combine(baseline.without($0, of: first))
        }
        let interval = PooledSample.interval(
            resampled, jackknife: jackknife, estimate: delta)
        self.init(
            count: baseline.itemCount,
            groupCount: baseline.isClustered ? baseline.unitCount : nil, delta: delta,
            interval: interval,
            standardError: interval.map { _ in PooledSample.standardDeviation(resampled) },
            test: .swap,
            p: PooledSample.swapP(baseline, variant, delta: delta, combine))
    }
}
