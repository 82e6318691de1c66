/// Finds what a user may have meant.
public enum NearestName {
    /// The names closest to `word`, when they are close at all.
    public static func suggestions(for word: String, among names: [String]) -> [String] {
        let scored = names.map { ($0, distance(Array(word.utf8), Array($0.utf8))) }
        guard let best = scored.map(\.1).min(), best <= max(1, word.utf8.count / 2) else {
            return []
        }
        return scored.filter { $0.1 == best }.map(\.0)
    }

    /// Insertions, deletions, replacements (Levenshtein).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (index, byte) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let replaced = diagonal + (byte == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
