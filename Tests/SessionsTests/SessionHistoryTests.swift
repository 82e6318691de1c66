import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// Sessions are listed, and searched, by what their journals hold.
struct SessionHistoryTests {
    private let folder: TemporaryFolder
    private let history: SessionHistory

    init() throws {
        folder = try TemporaryFolder()
        history = SessionHistory(folder: folder.path)
    }

    private func write(_ id: String, _ records: [JSON], at seconds: Double) throws {
        let path = folder(id + ".jsonl")
        try Journal(path: path).append(records)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
    }

    private static func turn(_ number: Int, _ prompt: String, _ answers: String...) -> [JSON] {
        [["type": "turn", "turn": .integer(number), "prompt": .string(prompt)]]
            + zip(["base", "tuned"], answers).map { variant, text in
                [
                    "type": "answer", "turn": .integer(number), "variant": .string(variant),
                    "prompt": .string(prompt), "text": .string(text),
                ]
            } + [["type": "done"]]
    }

    private static let start: [JSON] = [
        ["type": "session"], ["type": "loaded", "variant": "base"],
        ["type": "loaded", "variant": "tuned"], ["type": "loaded", "variant": "base"],
    ]

    @Test func sessionsAreListedByWhenTheyWereWritten() throws {
        try write("b", Self.start + Self.turn(1, "first", "x") + Self.turn(2, "next"), at: 200)
        try write("a", Self.start, at: 300)
        try write("c", [["type": "session"], ["type": "command", "text": "/run x"]], at: 100)
        let found = history.sessions(limit: nil)
        let sessions = found.items
        #expect(sessions.map(\.id) == ["c", "b", "a"] && found.rest == 0)
        let session = sessions[1]
        #expect(session.turnCount == 2 && session.firstPrompt == "first")
        #expect(session.variants == ["base", "tuned"] && session.lastWritten == 200)
        #expect(sessions.map(\.isUnfinished) == [true, false, true])
        let last = history.sessions(limit: 1)
        #expect(last.items.map(\.id) == ["a"] && last.rest == 2)
    }

    @Test(arguments: [
        ("refund", ["a 1 -", "a 1 tuned", "b 1 base"]),
        ("REFUND", ["a 1 -", "a 1 tuned", "b 1 base"]),
        ("say \"no\"", ["a 1 tuned"]), ("é", ["b 1 -", "b 1 base"]), ("line\nbreak", ["b 1 base"]),
        ("answer", []), ("variant", []), ("nowhere", []),
    ])
    func promptsAndAnswersAreSearched(_ text: String, _ expected: [String]) throws {
        try write(
            "a", Self.start + Self.turn(1, "A refund?", "Yes.", "Refunds: we say \"no\""), at: 1)
        try write("b", Self.turn(1, "Café?", "line\nbreak, réFUND refund"), at: 2)
        let found = history.matches(text, limit: 10)
        let matches = found.items
        #expect(matches.map { "\($0.session) \($0.turn) \($0.variant ?? "-")" } == expected)
        #expect(!found.rest)
        for match in matches {
            let rest = Array(match.text.utf8)[match.offset...]
            #expect(
                String(decoding: rest.prefix(text.utf8.count), as: UTF8.self).lowercased()
                    == text.lowercased())
        }
        let last = history.matches(text, limit: 1)
        #expect(last.items == matches.suffix(1) && last.rest == (matches.count > 1))
    }

    /// A line that is damaged is not shown as something that was said.
    @Test func damagedLinesAreNotFound() throws {
        try write("a", Self.turn(1, "a refund", "x"), at: 1)
        var bytes = try TestFile.bytes(of: folder("a.jsonl"))
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "p")))
        bytes[place] = UInt8(ascii: "q")
        try TestFile.write(bytes + [0x7B], to: folder("a.jsonl"))
        #expect(history.matches("refund", limit: 9).items.isEmpty)
        #expect(history.sessions(limit: nil).items.count == 1)
    }

    @Test func thousandsOfSessions() throws {
        for number in 0..<3000 {
            try write("s\(number)", Self.turn(1, "prompt \(number) end", "x"), at: Double(number))
        }
        #expect(history.sessions(limit: 50).items.map(\.id) == (2950..<3000).map { "s\($0)" })
        #expect(history.matches("PROMPT 1234 end", limit: 5).items.map(\.session) == ["s1234"])
        let found = history.matches("prompt", limit: 100)
        #expect(found.items.count == 100 && found.rest && found.items.last?.session == "s2999")
    }

    @Test func aSessionIsFoundByTheBeginningOfItsId() throws {
        for (number, id) in ["20260101-1", "20260101-12", "20260102-1"].enumerated() {
            try write(id, Self.start, at: Double(number))
        }
        let finder = SessionFinder(folder: folder.path)
        #expect(try finder.id(beginningWith: "20260102") == "20260102-1")
        #expect(try finder.id(beginningWith: "20260101-1") == "20260101-1", "a whole id counts")
        #expect(throws: TandemError.self) { try finder.id(beginningWith: "202601") }
        #expect(throws: TandemError.self) { try finder.id(beginningWith: "x") }
        let open = try Journal(path: folder("20260102-1.jsonl"))
        #expect(try finder.id(beginningWith: nil) == "20260101-12", "open ones are others'")
        try open.append("x")
    }
}
