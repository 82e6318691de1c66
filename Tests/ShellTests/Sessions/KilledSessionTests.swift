import Basics
import Foundation
import LoopbackServer
import Sessions
import TestSupport
import Testing

/// `kill -9` at random moments, again and again until a session is through: nothing that was shown is
/// lost, nothing that was finished is done twice, and the end is that of a session without kills.
///
/// `TANDEM_KILLS=1000` kills more often than CI does, `TANDEM_KILLS_SEED=2` at other moments.
struct KilledSessionTests {
    private let fixture: SessionFixture
    /// The judge; it takes its time.
    private let server: LoopbackServer

    init() throws {
        server = try ModelServer.start { request, _ in
            let verdict: [ServerAction] =
                request.asksForComparison
                ? .better("A") : .points(["correctness": 4, "helpfulness": 3, "clarity": 3])
            return [.wait(seconds: 0.01)] + verdict
        }
        fixture = try SessionFixture()
        let rows = (1...12).map { "{\"prompt\": \"Item \($0)\", \"reference\": \"a\"}\n" }
        try TestFile.write(rows.joined(), to: fixture.folder("rows.jsonl"))
        try TestFile.write("An inner prompt\n/score em\n", to: fixture.folder("inner.tandem"))
        try TestFile.write(Self.script(judge: server.address), to: fixture.folder("s.tandem"))
    }

    private static func script(judge: String) -> String {
        SessionFixture.load + """
            /load \(judge)#large as judge
            /lineup base tuned
            /set max_tokens 30
            /set temperature 1
            /chat on
            Hello
            /ref Good day
            /score em f1
            How are you?
            /judge all --by judge
            /save kept
            /clear
            /again seed=3
            /rate 3 tuned
            /versus --by judge
            /source inner.tandem
            /run rows.jsonl em f1 --fresh
            /save kept
            A last prompt

            """
    }

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func nothingIsLostAndNothingIsDoneTwice() throws {
        defer { server.close() }
        let wanted = Self.number("TANDEM_KILLS") ?? 40
        let random = CounterRandom(
            seed: UInt64(Self.number("TANDEM_KILLS_SEED") ?? 1), stream: 0)
        let start = ContinuousClock.now
        let whole = try fixture.tandem(["run", "s.tandem", "--json"])
        // How long a session takes at most that is not killed.
        var longest = start.duration(to: .now)
        #expect(whole.status == 0, "\(whole.errors)")
        let expected = try outcome()
        var (kills, attempts, sessions) = (0, 0, 0)
        while kills < wanted {
            clear()
            var shown: [JSON] = []
            var kept: [String: Data] = [:]
            var isThrough = false
            while !isThrough {
                let id = try begunSession()
                let start = ContinuousClock.now
                let program = try RunningProgram(
                    (id.map { ["resume", $0] } ?? ["run", "s.tandem"]) + ["--json"], input: "",
                    in: fixture.folder.path,
                    environment: ["XDG_CACHE_HOME": fixture.folder(".cache")])
                let end = start.advanced(by: longest * random.unit(at: UInt64(attempts)))
                while ContinuousClock.now < end, program.isRunning { usleep(500) }
                if id == nil, !program.isRunning {
                    longest = min(longest, start.duration(to: .now))
                }
                attempts += 1
                program.kill()
                let result = try program.result()
                isThrough = result.status == 0
                kills += isThrough ? 0 : 1
                #expect(isThrough || result.status == 128 + SIGKILL, "\(result.errors)")
                shown += Self.events(result.output)
                try check(shown, &kept)
            }
            sessions += 1
            #expect(Set(try outcome()).symmetricDifference(expected).isEmpty)
        }
        print("\(kills) kills in \(sessions) sessions")
    }

    /// Nil where it was killed before the first record.
    private func begunSession() throws -> String? {
        guard let id = fixture.ids.first else { return nil }
        if try !fixture.records(id).isEmpty { return id }
        try FileManager.default.removeItem(atPath: fixture.path(id))
        return nil
    }

    /// What is printed whole was in the journal before.
    private func check(_ shown: [JSON], _ kept: inout [String: Data]) throws {
        guard let id = fixture.ids.first else { return #expect(shown.isEmpty) }
        #expect(fixture.ids.count == 1)
        let (records, _) = try Journal.read(path: fixture.path(id))
        let values = records.map(\.value)
        let answers = values.ofType("answer")
        #expect(Set(answers.map(Self.key)).count == answers.count, "an answer came twice")
        for event in shown {
            guard let type = event["event"]?.string, type != "loaded" else { continue }
            let isKept = values.ofType(type).contains { record in
                event.object?.members.allSatisfy { key, value in
                    ["event", "first_token_ms", "tokens_per_second", "fingerprint"].contains(key)
                        || record[key] == value
                } ?? false
            }
            #expect(isKept, "\(event.text)")
        }
        // A judge's finished calls are files that are never written again.
        let folder = fixture.folder(".cache/tandem/judgements")
        for name in Folder.names(in: folder) where name.hasSuffix(".json") {
            let path = folder + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let mark = Data("\(attributes[.systemFileNumber] ?? 0)".utf8)
            #expect(kept[name] == nil || kept[name] == mark, "a judge was asked twice")
            kept[name] = mark
        }
        let run = try runAnswers()
        #expect(Set(run).count == run.count, "a row was answered twice")
    }

    /// All that a session leaves, without times.
    private func outcome() throws -> [String] {
        let id = try #require(fixture.ids.first)
        let values = try fixture.records(id)
        let answers = values.ofType("answer").map { Self.key($0) + ($0["text"]?.string ?? "") }
        let saved = try TestFile.bytes(of: fixture.folder("kept.tandem"))
        return Set(answers).sorted() + Set(values.ofType("summary").map(\.text)).sorted()
            + Set(values.ofType("judgement").map(\.text)).sorted()
            + (try runAnswers()).sorted() + [String(decoding: saved, as: UTF8.self)]
    }

    private func runAnswers() throws -> [String] {
        let folder = fixture.folder(".state/tandem/runs")
        let names = Folder.names(in: folder)
        #expect(names.count { $0.hasSuffix(".jsonl") } <= 1, "a run began twice")
        return try names.filter { $0.hasSuffix(".jsonl") }.flatMap { name in
            try Journal.read(path: folder + "/" + name).records.map(\.value).ofType("answer")
                .map { "\($0["row"]?.integer ?? 0) \($0["variant"]?.string ?? "")" }
        }
    }

    private func clear() {
        for name in [".state", ".cache", "kept.tandem"] {
            try? FileManager.default.removeItem(atPath: fixture.folder(name))
        }
    }

    private static func key(_ answer: JSON) -> String {
        "\(answer["turn"]?.integer ?? 0) \(answer["variant"]?.string ?? "") "
    }

    /// The whole lines; the last may be torn.
    private static func events(_ output: String) -> [JSON] {
        output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().compactMap {
            try? JSON.parse(String($0))
        }
    }
}
