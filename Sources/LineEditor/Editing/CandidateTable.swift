import Basics

/// The candidates of a completion in as many columns as fit, filled downwards.
package enum CandidateTable {
    /// - Parameters:
    ///   - labels: safe text, one for each candidate.
    ///   - width: the columns of the terminal.
    ///   - limit: the most lines; the rest is counted in a last line.
    package static func lines(_ labels: [String], width: Int, limit: Int) -> [String] {
        let widths = labels.map { DisplayWidth.columns(of: $0) }
        let cell = (widths.max() ?? 0) + 2
        let columns = max(1, (width + 1) / cell)
        let rows = (labels.count + columns - 1) / columns
        let shown = min(rows, max(1, limit))
        var lines: [String] = []
        for row in 0..<shown {
            var line = ""
            var padding = 0
            for index in stride(from: row, to: labels.count, by: rows) {
                line += String(repeating: " ", count: padding) + labels[index]
                padding = cell - widths[index]
            }
            lines.append(line)
        }
        let hidden = (0..<labels.count).count { $0 % max(1, rows) >= shown }
        if hidden > 0 { lines.append("… and \(hidden) more") }
        return lines
    }
}
