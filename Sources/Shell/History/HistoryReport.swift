import Basics
import Sessions

/// Sessions and matches as tables and as events. They are no results: no journal keeps them.
enum HistoryReport {
    /// What a cell holds at most, in characters.
    private static let cellLimit = 100

    static func table(_ sessions: [SessionOverview]) -> ScoreTable {
        ScoreTable(
            header: ["session", "last written (UTC)", "turns", "variants", "first prompt"],
            rows: sessions.map { session in
                [
                    session.id, UTCTime(seconds: session.lastWritten).minute,
                    String(session.turnCount), session.variants.joined(separator: " "),
                    mark(session) + cut(session.firstPrompt ?? ""),
                ]
            }, endsWithText: true)
    }

    private static func mark(_ session: SessionOverview) -> String {
        session.isOpen ? "(open) " : session.isUnfinished ? "(cut off) " : ""
    }

    static func events(_ sessions: [SessionOverview]) -> [JSON] {
        sessions.map { session in
            [
                "event": "session", "session": .string(session.id),
                "last_written": .string(UTCTime(seconds: session.lastWritten).iso8601),
                "turns": .integer(session.turnCount),
                "variants": .array(session.variants.map { .string($0) }),
                "first_prompt": session.firstPrompt.map { .string($0) } ?? nil,
                "open": .bool(session.isOpen), "unfinished": .bool(session.isUnfinished),
            ]
        }
    }

    static func table(_ matches: [SessionMatch]) -> ScoreTable {
        ScoreTable(
            header: ["session", "turn", "by", "text"],
            rows: matches.map { match in
                [
                    match.session, String(match.turn), match.variant ?? "(prompt)",
                    cut(around(match)),
                ]
            }, endsWithText: true)
    }

    static func events(_ matches: [SessionMatch]) -> [JSON] {
        matches.map { match in
            [
                "event": "match", "session": .string(match.session),
                "turn": .integer(match.turn),
                "variant": match.variant.map { .string($0) } ?? nil, "text": .string(match.text),
            ]
        }
    }

    /// The text from a little before the match on.
    private static func around(_ match: SessionMatch) -> String {
        let utf8 = match.text.utf8
        var start = utf8.index(utf8.startIndex, offsetBy: max(0, match.offset - 30))
        while start < utf8.endIndex, utf8[start] & 0xC0 == 0x80 { start = utf8.index(after: start) }
        return (start > utf8.startIndex ? "…" : "") + String(match.text[start...])
    }

    private static func cut(_ text: String) -> String {
        let start = text.prefix(cellLimit)
        return start.endIndex < text.endIndex ? start + "…" : text
    }
}
