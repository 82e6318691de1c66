import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// A disk that fails under a session: what was kept stays, one note says why the rest is not, and the
/// session goes on.
@Suite(.enabled(if: DiskFault.library != nil, "libDiskFaults.so is not built"))
struct DiskFaultTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    private static let script =
        SessionFixture.load + """
            /set max_tokens 4
            Hello
            /ref Good day
            /score em f1
            How are you?
            /rate 2 tuned

            """

    /// A record without what differs from run to run.
    private static func plain(_ record: JSON) -> JSON {
        guard var object = record.object else { return record }
        for key in ["id", "start", "first_token_ms", "tokens_per_second", "seconds"] {
            object[key] = nil
        }
        return .object(object)
    }

    /// Answers of two variants are kept in the order in which they end.
    private static func sorted(_ records: [JSON]) -> [String] {
        records.map { plain($0).text }.sorted()
    }

    private func notes(_ result: ScriptTests.Result) -> [Substring] {
        result.errors.split(separator: "\n").filter { $0.contains("not kept") }
    }

    /// Every single call fails once: a journal that went on after it would have a gap.
    @Test(arguments: [
        ("write", EIO), ("write", ENOSPC), ("write", EDQUOT), ("fdatasync", EIO), ("open", EROFS),
    ])
    func whicheverCallFails(_ call: String, _ error: Int32) throws {
        let whole = try fixture.tandem(["run", "-", "--json"], Self.script)
        #expect(whole.status == 0, "\(whole.errors)")
        let all = try fixture.records(fixture.ids[0])
        var (number, lengths) = (1, [Int]())
        while true {
            try FileManager.default.removeItem(atPath: fixture.folder(".state"))
            let fault = DiskFault(call: call, part: "/sessions/", number: number, error: error)
            let result = try fixture.tandem(["run", "-", "--json"], Self.script, faults: [fault])
            #expect(result.status == 0 && result.output == whole.output, "\(result.errors)")
            let notes = notes(result)
            if notes.isEmpty { break }
            #expect(notes.count == 1)
            #expect(notes[0].contains(String(cString: strerror(error))))
            #expect(notes[0].contains("/.state/tandem/sessions/"))
            if let id = fixture.ids.first {
                let (records, warnings) = try Journal.read(path: fixture.path(id))
                lengths.append(records.count)
                #expect(warnings.isEmpty && records.count <= all.count)
                #expect(records.map(\.sequence) == Array(1..<(records.count + 1)))
                let isBetweenAnswers = records.last?.value["type"] != "answer"
                if isBetweenAnswers {
                    #expect(
                        Self.sorted(records.map(\.value))
                            == Self.sorted(Array(all.prefix(records.count))))
                }
            }
            number += 1
        }
        #expect(number > (call == "open" ? 1 : 5))
        #expect(lengths == lengths.sorted())
        #expect(try fixture.records(fixture.ids[0]).count == all.count)
    }

    /// A write that takes a part only is finished; where that fails, the torn line goes aside when the
    /// session is resumed, and no answer before it is made again.
    @Test func aPartOfAWrite() throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        let all = try fixture.records(fixture.ids[0])
        for number in [2, 7, 11, 16] {
            let half = DiskFault(call: "write", part: "/sessions/", number: number, error: 0)
            try FileManager.default.removeItem(atPath: fixture.folder(".state"))
            let result = try fixture.tandem(["run", "-"], Self.script, faults: [half])
            #expect(result.status == 0 && notes(result).isEmpty)
            #expect(Self.sorted(try fixture.records(fixture.ids[0])) == Self.sorted(all))

            let rest = DiskFault(
                call: "write", part: "/sessions/", number: number + 1, lasts: true, error: EIO)
            try FileManager.default.removeItem(atPath: fixture.folder(".state"))
            let torn = try fixture.tandem(["run", "-"], Self.script, faults: [half, rest])
            #expect(torn.status == 0 && notes(torn).count == 1)
            let (kept, warnings) = try Journal.read(path: fixture.path(fixture.ids[0]))
            #expect(warnings == ["the last line is torn"])
            let resumed = try fixture.tandem(["resume", "--json"], "/show\n")
            #expect(resumed.status == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("the last line was torn"))
            let records = try fixture.records(fixture.ids[0])
            #expect(Array(records.prefix(kept.count)) == kept.map(\.value))
            let answers = records.ofType("answer").map {
                "\($0["turn"]?.text ?? "") \($0["variant"]?.text ?? "")"
            }
            #expect(Set(answers).count == answers.count && answers.count % 2 == 0)
        }
    }

    /// Folders that nothing can be written to: the session goes on; what is there can be read.
    @Test(arguments: [EROFS, EACCES])
    func aFolderThatIsReadOnly(_ error: Int32) throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        let faults = ["open", "mkdir", "rename"].map {
            DiskFault(call: $0, part: "/.state/", lasts: true, error: error)
        }
        let before = try TestFile.bytes(of: fixture.path(fixture.ids[0]))
        let result = try fixture.tandem(["run", "-", "--json"], Self.script, faults: faults)
        #expect(result.status == 0 && notes(result).count == 1, "\(result.errors)")
        let history = try fixture.tandem(["-c", "/history Hello"], faults: faults)
        #expect(history.status == 0 && history.output.contains(fixture.ids[0]))
        let resumed = try fixture.tandem(["resume"], "/show\n", faults: faults)
        #expect(resumed.status == 3 && resumed.errors.contains(fixture.path(fixture.ids[0])))
        #expect(resumed.errors.contains(String(cString: strerror(error))))
        #expect(fixture.ids.count == 1)
        #expect(try TestFile.bytes(of: fixture.path(fixture.ids[0])) == before)
    }

    @Test func aSessionThatCannotBeRead() throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        _ = try fixture.tandem(["run", "-"], Self.script)
        let (broken, sound) = (fixture.ids[0], fixture.ids[1])
        let fault = DiskFault(call: "pread", part: broken, lasts: true, error: EIO)
        for look in ["/history", "/history Hello"] {
            let history = try fixture.tandem(["-c", look], faults: [fault])
            #expect(history.status == 0 && history.output.contains(sound))
            #expect(!history.output.contains(broken))
            #expect(history.errors.contains("a session cannot be read"))
            #expect(history.errors.contains(fixture.path(broken)))
        }
        let resumed = try fixture.tandem(["resume", broken], "/show\n", faults: [fault])
        #expect(resumed.status == 3 && resumed.errors.contains("Input/output error"))
        #expect(resumed.errors.contains(fixture.path(broken)))
    }

    /// The torn last line of a session cannot be moved aside: it stays where it is.
    @Test(arguments: [("open", ".torn"), ("write", ".torn"), ("fsync", ".torn"), ("ftruncate", "")])
    func aRepairThatFails(_ call: String, _ part: String) throws {
        _ = try fixture.tandem(["run", "-"], Self.script)
        let id = fixture.ids[0]
        let torn = try TestFile.bytes(of: fixture.path(id)) + Array("{\"sequence\":99,\"rec".utf8)
        try TestFile.write(torn, to: fixture.path(id))
        let fault = DiskFault(call: call, part: id + ".jsonl" + part, error: EIO)
        let resumed = try fixture.tandem(["resume", id], "/show\n", faults: [fault])
        #expect(resumed.status == 3 && resumed.errors.contains("Input/output error"))
        #expect(try TestFile.bytes(of: fixture.path(id)) == torn)
        #expect(try fixture.tandem(["resume", id], "/show\n").status == 0)
    }

    /// Digests tell models, runs and judges' calls apart: without them nothing is mistaken for another.
    @Test func withoutLibcryptoItEndsWithWhatIsMissing() throws {
        let fault = DiskFault(call: "dlopen", part: "libcrypto", lasts: true, error: ENOENT)
        try TestFile.write("{\"prompt\": \"a\"}\n", to: fixture.folder("rows.jsonl"))
        let result = try fixture.tandem(
            ["run", "-"], Self.script + "/run rows.jsonl em\n", faults: [fault])
        #expect(result.status == 3 && result.errors.contains("libcrypto.so."), "\(result.errors)")
        #expect(result.errors.contains("install OpenSSL's library"))
    }
}
