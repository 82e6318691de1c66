import Basics
import Metrics
import Sessions

/// What `/help` shows.
enum HelpText {
    static func lines(_ name: String?) throws(TandemError) -> [String] {
        guard let name else { return overview }
        let command = try CommandParser.resolve(name)
        var lines = [command.usage, "  " + command.summary, "  example: " + command.example]
        switch command.argument {
        case .metric:
            lines += ["  metrics:"]
            lines += MetricCatalog.entries.map { entry($0.name + $0.parameter, $0.summary) }
        case .setting: lines += ["  settings:"] + Setting.all.map { entry($0.name, $0.summary) }
        default: break
        }
        return lines
    }

    private static var overview: [String] {
        [
            "A line is a prompt for everyone in the lineup. Besides:"
        ] + CommandDescription.all.map { entry("/" + $0.name, $0.summary) } + [
            entry("!COMMAND", "run a command of the system"),
            entry("# TEXT", "a comment"),
            entry("\"\"\"", "begins and ends a prompt of several lines"),
            "The beginning of a command's name is enough. /help COMMAND shows an example.",
            "^C stops an answer, ^R searches the history, Tab completes, ^D leaves.",
        ]
    }

    private static func entry(_ name: String, _ summary: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 20 - name.count)) + summary
    }
}
