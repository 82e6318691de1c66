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
