import Basics
import Metrics

extension FileScores {
    typealias Mapping = (field: String, column: String)

    static func metrics(_ arguments: [String]) throws(TandemError) -> [Metric] {
        var metrics: [Metric] = []
        let names = arguments.isEmpty ? MetricCatalog.standard : arguments.flatMap(split)
        for name in names {
            let metric = try MetricCatalog.metric(named: name)
            if metrics.contains(where: { $0.name == metric.name }) {
                throw TandemError(.usage, "the metric \(name) is asked for twice")
            }
            metrics.append(metric)
        }
        return metrics
    }

    private static func split(_ names: String) -> [String] {
        var (parts, isEscaped) = ([String.UnicodeScalarView()], false)
        for scalar in names.unicodeScalars {
            if scalar == ",", !isEscaped {
                parts.append(.init())
            } else {
                if isEscaped, scalar == "," { parts[parts.count - 1].removeLast() }
                parts[parts.count - 1].append(scalar)
            }
            isEscaped = scalar == "\\" && !isEscaped
        }
        return parts.map { String($0) }
    }

    static func mappings(_ pairs: [String]) throws(TandemError) -> [Mapping] {
        let fields = [TextRows.Columns.prediction.field, TextRows.Columns.reference.field]
        var mappings: [Mapping] = []
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, fields.contains(parts[0]) else {
                throw TandemError(
                    .usage, "--map cannot be \(pair)",
                    remedy: "write prediction=COLUMN or reference=COLUMN")
            }
            mappings.append((parts[0], parts[1]))
        }
        return mappings
    }
}
