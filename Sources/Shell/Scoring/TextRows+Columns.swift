import Basics

extension TextRows {
    /// Which columns of a table hold the texts.
    struct Columns {
        /// `prediction` or `reference`, as `--map` names it.
        let field: String
        /// What files call it, in the order in which it is looked for.
        let known: [String]
        /// Columns that were named for it.
        var mapped: [String] = []

        static let prediction = Columns(
            field: "prediction", known: ["prediction", "response", "answer", "output", "text"])
        static let reference = Columns(
            field: "reference", known: ["reference", "references", "target", "answer", "text"])
        /// In the answers' own file, where `answer` and `text` are the answer.
        static let besideAnswer = Columns(
            field: "reference", known: ["reference", "references", "target"])

        /// Takes what was named for this field in `FIELD=COLUMN` pairs.
        func mapped(_ mappings: [(field: String, column: String)]) -> Columns {
            var columns = self
            columns.mapped = mappings.filter { $0.field == field }.map(\.column)
            return columns
        }

        /// - Throws: `notFound` for a mapped column that no row has, and where no column is known; what
        ///   reading a row throws.
        func names(in rows: TextRows) throws(TandemError) -> [String] {
            let there = try rows.table.row(0).columns.keys
            for name in mapped where !there.contains(name) {
                var index = 1
                while index < rows.table.count, try rows.table.row(index).columns[name] == nil {
                    index += 1
                }
                if index == rows.table.count {
                    throw missing("no row has a column \(name)", there, rows.path)
                }
            }
            if !mapped.isEmpty { return mapped }
            if let name = known.first(where: there.contains) { return [name] }
            throw missing("no column is known to hold the \(field)", there, rows.path)
        }

        private func missing(_ message: String, _ there: [String], _ file: String) -> TandemError {
            TandemError(
                .notFound, message, file: file,
                remedy: "name it with --map \(field)=COLUMN; columns: "
                    + there.joined(separator: ", "))
        }
    }
}
