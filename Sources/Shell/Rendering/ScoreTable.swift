import Basics
import Metrics

/// Scores with a column for each variant, and the difference of two.
struct ScoreTable {
    let header: [String]
    let rows: [[String]]

    init(_ scores: [ScoreRow]) {
        let variants = scores.first?.scores.map(\.variant) ?? []
        header =
            ["metric"] + variants
            + (variants.count == 2 ? ["\(variants[1]) − \(variants[0])"] : [])
        rows = scores.map { row in
            [row.metric.name]
                + row.scores.map { entry in
                    switch entry.score {
                    case .value(let value): Numbers.fixed(value, 4)
                    case .unscored(let reason): "unscored: \(reason)"
                    }
                }
                + (variants.count == 2
                    ? [row.difference.map { Numbers.signed($0, 4) } ?? "–"] : [])
        }
    }

    init(header: [String], rows: [[String]]) {
        self.header = header
        self.rows = rows
    }

    /// Aligned columns.
    var text: String {
        let all = [header] + rows
        let widths = header.indices.map { column in
            all.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
        }
        return all.map { row in
            row.indices.map { column in
                let space = String(
                    repeating: " ", count: widths[column] - DisplayWidth.columns(of: row[column]))
                return column == 0 ? row[column] + space : space + row[column]
            }.joined(separator: "  ") + "\n"
        }.joined()
    }
}
