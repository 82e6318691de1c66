import Dispatch
import Synchronization

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

    private static let groupSize = 256

    /// Rows are read on all processors; the first that is wrong is named.
    /// - Parameter file: its name; one that ends with `.csv` holds CSV.
    /// - Throws: `malformed`, with the line: what is no object, no CSV, has no rows, a row that is
    ///   longer or shorter than the first.
    public init(_ text: String, file: String) throws(TandemError) {
        let table = try TableFile(text, file: file)
        let groups = (table.count + Self.groupSize - 1) / Self.groupSize
        let results = Mutex([Result<[Row], TandemError>?](repeating: nil, count: groups))
        DispatchQueue.concurrentPerform(iterations: groups) { group in
            let found = Self.rows(of: table, group: group)
            results.withLock { $0[group] = found }
        }
        var rows: [Row] = []
        rows.reserveCapacity(table.count)
        for result in results.withLock({ $0 }) { rows += try result?.get() ?? [] }
        self.rows = rows
    }

    private static func rows(of table: TableFile, group: Int) -> Result<[Row], TandemError> {
        do throws(TandemError) {
            var rows: [Row] = []
            for index in group * groupSize..<min(table.count, (group + 1) * groupSize) {
                rows.append(try table.row(index))
            }
            return .success(rows)
        } catch {
            return .failure(error)
        }
    }
}
