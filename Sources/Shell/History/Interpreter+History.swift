import Basics
import Sessions

/// `/history`: sessions, and what was asked and answered in them.
extension Interpreter {
    private static let sessionLimit = 50
    private static let matchLimit = 100

    func showHistory(_ request: HistoryRequest) {
        let history = SessionHistory(folder: HomePath.sessionsFolder)
        switch request {
        case .sessions(let isAll):
            let found = history.sessions(limit: isAll ? nil : Self.sessionLimit)
            tell(found.failures)
            if found.items.isEmpty { return output.note("there is no session yet") }
            output.display.result(
                HistoryReport.table(found.items), events: HistoryReport.events(found.items))
            if found.rest > 0 {
                output.note("\(found.rest) older sessions: /history --all lists them too")
            }
        case .search(let text):
            let found = history.matches(text, limit: Self.matchLimit)
            tell(found.failures)
            if found.items.isEmpty {
                return output.note(
                    "no prompt and no answer holds \(TerminalText.visibleOnOneLine(text))")
            }
            output.display.result(
                HistoryReport.table(found.items), events: HistoryReport.events(found.items))
            if found.rest {
                output.note("older matches are not shown: search for more of the text")
            }
        }
    }

    private func tell(_ failures: [TandemError]) {
        for failure in failures {
            output.note(
                "a session cannot be read: " + TerminalText.visible(failure.description))
        }
    }
}
