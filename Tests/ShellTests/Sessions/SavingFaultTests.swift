import Basics
import Foundation
import TestSupport
import Testing

/// A disk that fails while files are written whole or a run is kept: the error names the file, the old
/// file is as it was, and the session goes on.
@Suite(.enabled(if: DiskFault.library != nil, "libDiskFaults.so is not built"))
struct SavingFaultTests {
    private let fixture: SessionFixture

    init() throws { fixture = try SessionFixture() }

    private static let script = SessionFixture.load + "/set max_tokens 4\nHello\n/save kept\n"

    @Test(arguments: [
        ("open", EROFS), ("write", ENOSPC), ("write", EIO), ("fsync", EIO), ("rename", EIO),
    ])
    func aSavedScriptIsTheOldOneOrTheNewOne(_ call: String, _ error: Int32) throws {
        _ = try fixture.tandem(["run", "-"], "/set seed 7\n" + Self.script)
        let old = try ["kept.tandem", "kept.tandem.rec"].map {
            try TestFile.bytes(of: fixture.folder($0))
        }
        for (isRecording, file) in [(false, "kept.tandem"), (true, "kept.tandem.rec")] {
            // What is written is a temporary file's name, with more after that of the file.
            let part = call == "rename" ? file : file + "."
            let fault = DiskFault(call: call, part: part, error: error)
            let result = try fixture.tandem(["run", "-"], Self.script, faults: [fault])
            #expect(result.status == 3, "\(result.errors)")
            #expect(result.errors.contains("\(file): it cannot be written: "))
            #expect(result.errors.contains(String(cString: strerror(error))))
            #expect(try TestFile.bytes(of: fixture.folder(file)) == old[isRecording ? 1 : 0])
            #expect(!Folder.names(in: fixture.folder.path).contains { $0.hasSuffix(".part") })
        }
    }

    /// A run whose file fails in the middle says so, and its answers stay.
    @Test(arguments: [("write", 1), ("write", 3), ("fdatasync", 2)])
    func aRunThatCannotBeKept(_ call: String, _ number: Int) throws {
        let rows = (1...6).map { "{\"prompt\": \"Say \($0)\", \"reference\": \"x\"}\n" }.joined()
        try TestFile.write(rows, to: fixture.folder("rows.jsonl"))
        let script = SessionFixture.load + "/set max_tokens 4\n/run rows.jsonl em\n"
        let whole = try fixture.tandem(["run", "-", "--json"], script)
        #expect(whole.status == 0, "\(whole.errors)")
        try FileManager.default.removeItem(atPath: fixture.folder(".state"))
        let fault = DiskFault(call: call, part: "/runs/", number: number, error: EIO)
        let result = try fixture.tandem(["run", "-", "--json"], script, faults: [fault])
        #expect(result.errors.contains("Input/output error"), "\(result.errors)")
        #expect(result.errors.contains("/runs/") && result.errors.contains("not kept"))
        #expect(result.status == 0 && result.output == whole.output)
    }
}
