import Basics
import Foundation
import TestSupport
import Testing

/// The demo's daily uses, with the recordings beside them: green as they are, red with another adapter.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct DemoScriptTests {
    private let folder: TestSupport.TemporaryFolder

    /// A folder in which the scripts are found as from the top of the repository.
    init() throws {
        folder = try TestSupport.TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder("scripts"), withDestinationPath: Demo.package + "/scripts")
    }

    static let uses = ["side-by-side", "traps", "regression"]

    private func check(_ name: String, _ arguments: [String] = []) throws -> (
        status: Int32, findings: [JSON]
    ) {
        let result = try ScriptTests.tandem(
            ["run", "scripts/demo/\(name).tandem", "--check", "--json"] + arguments,
            in: folder.path)
        let events = try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
        return (result.status, events.filter { $0["event"] == "check" })
    }

    @Test(arguments: uses)
    func anUntouchedCloneIsGreen(_ name: String) throws {
        let (status, findings) = try check(name)
        #expect(status == 0 && !findings.isEmpty)
        #expect(findings.contains { $0["type"] == "answer" || $0["type"] == "row" })
        #expect(findings.contains { $0["type"] == "expect" })
        // Another processor's exp and log may give other last bits of scores, and no other tokens.
        for finding in findings {
            #expect(finding["passed"] == true && finding["tier"] != nil, "\(finding.text)")
            if finding["type"] == "expect" { #expect(finding["tier"] == "same bytes") }
        }
    }

    /// The change is named first, then the turns with both texts, and expectations with their values.
    @Test(arguments: uses)
    func anotherAdapterIsRed(_ name: String) throws {
        try OppositeAdapter.write(of: Demo.adapterPath, to: folder("opposite"))
        let (status, findings) = try check(name, ["--adapter", "opposite"])
        #expect(status == 1)
        let first = try #require(findings.first)
        #expect(first["outcome"] == "changed" && first["subject"] == "the adapter of tuned")
        let answer = try #require(
            findings.first { $0["type"] == "answer" && $0["passed"] == false })
        #expect(answer["subject"]?.string?.hasPrefix("turn 1, tuned") == true, "\(answer.text)")
        #expect(answer["detail"]?.string?.contains(" → ") == true, "\(answer.text)")
        let expectations = findings.filter { $0["type"] == "expect" && $0["passed"] == false }
        #expect(expectations.contains { $0["detail"]?.string?.contains("tuned") == true })
        for finding in findings where finding["subject"]?.string?.hasSuffix(", base") == true {
            #expect(finding["passed"] == true, "\(finding.text)")
        }
    }
}
