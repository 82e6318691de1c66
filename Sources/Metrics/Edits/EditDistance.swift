/// The Levenshtein distance of the characters (code points) of answer and reference, as nltk's
/// `edit_distance` counts it.
///
/// Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966. Case
/// and white space count. Of several references the closest counts.
enum EditDistance {
    /// Insertions, deletions and substitutions; less is better.
    static func distance(_ comparison: inout Comparison) -> Double {
        let answer = characters(comparison.answer)
        let distances = comparison.references.map { distance(answer, characters($0)) }
        return Double(distances.min() ?? 0)
    }

    /// 1 − distance / length of the longer text; two empty texts are equal.
    static func similarity(_ comparison: inout Comparison) -> Double {
        let answer = characters(comparison.answer)
        return comparison.references.map { text in
            let reference = characters(text)
            let longer = max(answer.count, reference.count)
            return longer == 0 ? 1 : 1 - Double(distance(answer, reference)) / Double(longer)
        }.max() ?? 0
    }

    private static func characters(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    /// - Complexity: O(*n* · *m*) time, O(*m*) memory; what is equal at both ends costs nothing.
    private static func distance(_ first: [UInt32], _ second: [UInt32]) -> Int {
        let start = zip(first, second).prefix { $0 == $1 }.count
        let (rest, other) = (first[start...], second[start...])
        let end = zip(rest.reversed(), other.reversed()).prefix { $0 == $1 }.count
        let columns = Array(other.dropLast(end))
        var row = Array(Int32(0)...Int32(columns.count))
        row.withUnsafeMutableBufferPointer { row in
            for character in rest.dropLast(end) {
                var diagonal = row[0]
                row[0] += 1
                for column in columns.indices {
                    let replaced = diagonal + (character == columns[column] ? 0 : 1)
                    diagonal = row[column + 1]
                    row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
                }
            }
        }
        return Int(row[columns.count])
    }
}
