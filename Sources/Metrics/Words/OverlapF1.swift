/// The harmonic mean of precision and recall.
enum OverlapF1 {
    /// 0 where nothing is shared.
    static func value(shared: Int, found: Int, wanted: Int) -> Double {
        if shared == 0 { return 0 }
        let precision = Double(shared) / Double(found)
        let recall = Double(shared) / Double(wanted)
        return 2 * precision * recall / (precision + recall)
    }
}
