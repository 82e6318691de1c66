import Basics

/// A metric, or a family of metrics that differ by the parameter after the colon of their name.
public struct MetricEntry: Sendable {
    public let name: String
    /// What may stand after the name, as help shows it: `:PATTERN`, or `[:N]` where it may be absent.
    public let parameter: String
    public let summary: String
    private let make: @Sendable (String, String?) throws(TandemError) -> Metric

    /// Whether the name alone is a metric.
    public var isComplete: Bool { !parameter.hasPrefix(":") }

    init(
        _ name: String, _ parameter: String, _ summary: String,
        make: @escaping @Sendable (String, String?) throws(TandemError) -> Metric
    ) {
        self.name = name
        self.parameter = parameter
        self.summary = summary
        self.make = make
    }

    init(_ metric: Metric) {
        self.init(metric.name, "", metric.summary) { _, _ in metric }
    }

    /// - Parameter argument: what stands after the colon.
    /// - Throws: `usage` where it is missing, unwanted or wrong.
    func metric(_ argument: String?) throws(TandemError) -> Metric {
        let isWrong = argument == nil ? !isComplete : parameter.isEmpty || argument == ""
        if isWrong {
            throw wrong(argument == nil ? "needs a parameter" : "takes no such parameter")
        }
        return try make(argument.map { name + ":" + $0 } ?? name, argument)
    }

    func wrong(_ what: String) -> TandemError {
        TandemError(
            .usage, "the metric \(name) \(what)", remedy: "it is \(name)\(parameter): \(summary)")
    }
}
