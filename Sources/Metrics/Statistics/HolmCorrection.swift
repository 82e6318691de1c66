/// Holm's step-down correction: the chance that any of several comparisons is called different
/// although none is stays at the level of one.
///
/// S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979).
public enum HolmCorrection {
    /// The adjusted p values, in the order of `values`.
    public static func adjusted(_ values: [Double]) -> [Double] {
        var adjusted = values
        var largest = 0.0
        for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
            largest = max(largest, min(1, Double(values.count - rank) * values[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}
