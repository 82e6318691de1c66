/// All rows of a ``TableFile``.
public struct TableRows: Sendable {
    public struct Row: Sendable {
        /// Where it begins in the file, from 1.
        public let line: Int
        /// By column; what a CSV file holds are strings.
        public let columns: JSONObject

        public init(line: Int, columns: JSONObject) {
            self.line = line
            self.columns = columns
        }
    }

    public let rows: [Row]

    /// Rows are read on all processors; the first that is wrong is named.
    /// - Parameter file: its name; one that ends with `.csv` holds CSV.
    /// - Throws: `malformed`, with the line: what is no object, no CSV, has no rows, a row that is
    ///   longer or shorter than the first.
    public init(_ text: String, file: String) throws(TandemError) {
        let table = try TableFile(text, file: file)
        let groups = try ItemGroups.map(table.count, groupSize: 256, state: ()) {
            (range, _) throws(TandemError) in
            var rows: [Row] = []
            rows.reserveCapacity(range.count)
            for index in range { rows.append(try table.row(index)) }
            return rows
        }
        rows = Array(groups.joined())
    }
}
