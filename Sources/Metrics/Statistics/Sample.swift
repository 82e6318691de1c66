/// One value for each item, and the groups that items belong to, if any.
///
/// Items of one group are not independent (questions on one passage, turns of one conversation): what
/// is resampled, or has its sign flipped, is a unit: a whole group, or an item where there are none.
public struct Sample: Sendable {
    public let values: [Double]
    /// Whether the units are groups.
    public let isClustered: Bool
    /// The sum of each unit's values, and how many they are; in the order of first appearance.
    let unitSums: [Double]
    let unitCounts: [Int]

    /// - Parameter groups: the group of each value, [values]; nil: each value stands for itself.
    public init(_ values: [Double], groups: [Int]? = nil) {
        self.values = values
        isClustered = groups != nil
        guard let groups else {
            unitSums = values
            unitCounts = values.map { _ in 1 }
            return
        }
        var places: [Int: Int] = [:]
        var (sums, counts): ([Double], [Int]) = ([], [])
        for (value, group) in zip(values, groups) {
            if let place = places[group] {
                sums[place] += value
                counts[place] += 1
            } else {
                places[group] = sums.count
                sums.append(value)
                counts.append(1)
            }
        }
        unitSums = sums
        unitCounts = counts
    }

    public var unitCount: Int { unitSums.count }

    /// Nil for no values.
    public var mean: Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// The standard error of the mean; nil for fewer than two units.
    ///
    /// √(Σ(sᵢ − s̄)² / ((n − 1) n)); with groups, products of the deviations of different items of one
    /// group are added: √(SE² + n⁻² Σ_c Σ_{i≠j in c} (sᵢ − s̄)(sⱼ − s̄)). E. Miller, "Adding error bars
    /// to evals", arXiv:2411.00640, equations 1 and 4.
    public var standardError: Double? {
        guard let mean, unitCount > 1 else { return nil }
        let n = Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let independent = squares / ((n - 1) * n)
        if !isClustered { return independent.squareRoot() }
        let within = zip(unitSums, unitCounts).reduce(0) { total, unit in
            let deviation = unit.0 - Double(unit.1) * mean
            return total + deviation * deviation
        }
        return max(0, independent + (within - squares) / (n * n)).squareRoot()
    }
}
