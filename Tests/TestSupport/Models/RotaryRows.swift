/// The two orders in which a head's query and key rows are stored.
public enum RotaryRows {
    /// Rows from the order of GGUF, rotary pairs (2i, 2i + 1), to that of Hugging Face, (i, i + d/2).
    public static func deinterleaved(_ values: [Float], columns: Int, headDimension: Int) -> [Float]
    {
        reordered(values, columns, headDimension) { row in
            row < headDimension / 2 ? 2 * row : 2 * (row - headDimension / 2) + 1
        }
    }

    /// The inverse.
    public static func interleaved(_ values: [Float], columns: Int, headDimension: Int) -> [Float] {
        reordered(values, columns, headDimension) { row in row / 2 + row % 2 * (headDimension / 2) }
    }

    private static func reordered(
        _ values: [Float], _ columns: Int, _ headDimension: Int, _ source: (Int) -> Int
    ) -> [Float] {
        (0..<values.count / columns).flatMap { row in
            let from = row / headDimension * headDimension + source(row % headDimension)
            return values[from * columns..<(from + 1) * columns]
        }
    }
}
