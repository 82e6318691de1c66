import Basics
import LanguageModels

/// What is loaded, for `/models`: sizes and states in columns, then where each variant comes from.
struct ModelTable {
    private let rows: [ModelRow]
    private let note: String
    private let showsTiming: Bool

    init(_ rows: [ModelRow], note: String, showsTiming: Bool) {
        self.rows = rows
        self.note = note
        self.showsTiming = showsTiming
    }

    private struct Column {
        let title: String
        var isNumber = false
        let cell: (ModelRow) -> String
    }

    private var columns: [Column] {
        let columns = [
            Column(title: "  name") { ($0.isInLineup ? "* " : "  ") + $0.variant.name },
            Column(title: "type") { Self.type($0.variant) },
            Column(title: "params", isNumber: true) { Self.count($0.variant.parameterCount) },
            Column(title: "context", isNumber: true) {
                $0.variant.remote == nil ? String($0.variant.contextLength) : "–"
            },
            Column(title: "own", isNumber: true) { Self.bytes($0.memory.ownByteCount) },
            Column(title: "shared") { Self.shared($0.memory) },
            Column(title: "state") { $0.memory.state.rawValue },
        ]
        guard showsTiming else { return columns }
        return columns + [Column(title: "last use") { Self.ago($0.memory.secondsSinceUse) }]
    }

    /// - Complexity: O(*n*), the variants.
    var lines: [String] {
        let columns = columns
        let cells =
            [columns.map(\.title)] + rows.map { row in columns.map { $0.cell(row) } }
        let widths = columns.indices.map { column in
            cells.map { DisplayWidth.columns(of: $0[column]) }.max() ?? 0
        }
        let table = cells.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(
                    repeating: " ", count: widths[column] - DisplayWidth.columns(of: cell))
                line += columns[column].isNumber ? space + cell : cell + space
                line += column + 1 < row.count ? "  " : ""
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
        let nameWidth = widths[0] - 2
        let sources = rows.map { row in
            let name = row.variant.name
            let space = String(
                repeating: " ", count: max(0, nameWidth - DisplayWidth.columns(of: name)))
            return name + space + "  " + Self.source(row.variant)
        }
        let numerics = rows.first.map { "numerics " + $0.numerics.label } ?? ""
        return table + [""] + sources + ["", numerics + "; " + note]
    }

    /// The type in memory; what it was rounded from stands with the file, as columns are few.
    private static func type(_ variant: VariantInformation) -> String {
        String(variant.typeLabel.prefix { $0 != " " })
    }

    private static func source(_ variant: VariantInformation) -> String {
        func shown(_ path: String) -> String {
            TerminalText.visibleOnOneLine(HomePath.shortened(path))
        }
        if let remote = variant.remote {
            return shown(variant.modelPath) + ": "
                + TerminalText.visibleOnOneLine(remote.capabilities.summary)
        }
        guard let adapter = variant.adapterPath else {
            let isRounded = type(variant) != variant.typeLabel
            return shown(variant.modelPath) + (isRounded ? ", \(variant.typeLabel)" : "")
        }
        return shown(adapter) + " on " + (variant.sharesWeightsWith ?? shown(variant.modelPath))
    }

    private static func bytes(_ count: Int) -> String {
        count == 0 ? "–" : ByteSize.readable(count)
    }

    private static func shared(_ memory: VariantMemory) -> String {
        ([bytes(memory.sharedByteCount)] + memory.sharedWith.prefix(1)).joined(separator: " ")
    }

    private static func count(_ parameters: Int) -> String {
        if parameters == 0 { return "–" }
        return parameters >= 1_000_000_000
            ? Numbers.fixed(Double(parameters) / 1e9, 1) + "B"
            : Numbers.fixed(Double(parameters) / 1e6, 1) + "M"
    }

    private static func ago(_ seconds: Double?) -> String {
        guard let seconds else { return "never" }
        let units: [(seconds: Double, name: String)] = [(86400, "d"), (3600, "h"), (60, "min")]
        let unit = units.first { seconds >= $0.seconds } ?? (1, "s")
        return "\(Int(seconds / unit.seconds)) \(unit.name) ago"
    }
}
