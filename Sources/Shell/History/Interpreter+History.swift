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
            let (sessions, olderCount) = history.sessions(limit: isAll ? nil : Self.sessionLimit)
            if sessions.isEmpty { return output.note("there is no session yet") }
            output.display.result(
                HistoryReport.table(sessions), events: HistoryReport.events(sessions))
            if olderCount > 0 {
                output.note("\(olderCount) older sessions: /history --all lists them too")
            }
        case .search(let text):
            let (matches, hasMore) = history.matches(text, limit: Self.matchLimit)
            if matches.isEmpty {
                return output.note(
                    "no prompt and no answer holds \(TerminalText.visibleOnOneLine(text))")
            }
            output.display.result(
                HistoryReport.table(matches), events: HistoryReport.events(matches))
            if hasMore { output.note("older matches are not shown: search for more of the text") }
        }
    }
}
