import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// `scripts/demo/workflow.tandem` gives the numbers of the same work in Python: answers of transformers
/// and peft, scores of rouge_score, nltk and lm-eval, a judge read from transformers' probabilities.
/// Recorded by `scripts/references/record_workflow.py`.
@Suite(.enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"))
struct WorkflowTests {
    private static let script = Demo.package + "/scripts/demo/workflow.tandem"
    private static let names = ["Base", "Fine-tuned"]

    private func recorded() throws -> JSON {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/workflow.json").path()
        return try JSON.parse(try TestFile.bytes(of: path), file: path)
    }

    @Test func itGivesTheNumbersOfThePythonPackages() throws {
        let recorded = try recorded()
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(
            atPath: folder("scripts"), withDestinationPath: Demo.package + "/scripts")
        let run = try ScriptTests.tandem(
            ["run", Self.script, "--json"], in: folder.path,
            environment: ["XDG_CACHE_HOME": folder(".cache")])
        #expect(run.status == 0, "\(run.errors)")
        let events = try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
        func named(_ name: String) -> [JSON] { events.filter { $0["event"]?.string == name } }

        // Token by token the answers of transformers.
        let runs = folder(".state/tandem/runs")
        let file = try #require(try FileManager.default.contentsOfDirectory(atPath: runs).first)
        let kept = try Journal.read(path: runs + "/" + file).records.map(\.value)
        for name in Self.names {
            let answers = kept.filter { $0["type"] == "answer" && $0["variant"]?.string == name }
                .sorted { ($0["row"]?.integer ?? 0) < ($1["row"]?.integer ?? 0) }
            #expect(
                answers.map { $0["text"]?.string }
                    == recorded["answers"]?[name]?.array?.map(\.string))
        }

        // The scores, the difference and, as the last row, the judge.
        let means = try #require(recorded["means"]?.object)
        let last = named("summary").suffix(means.count)
        #expect(last.map { $0["metric"]?.string } == means.keys)
        for summary in last {
            let metric = summary["metric"]?.string ?? ""
            let isJudge = metric == "judge"
            let expected = Self.names.compactMap { means[metric]?[$0]?.double }
            let found = Self.names.compactMap { summary["variants"]?[$0]?["mean"]?.double }
            for (value, wanted) in zip(found, expected) {
                #expect(abs(value - wanted) < (isJudge ? 1e-4 : 1e-9), "\(metric)")
            }
            let delta = try #require(summary["delta"]?.double)
            #expect(abs(delta - (expected[1] - expected[0])) < (isJudge ? 2e-4 : 1e-9))
        }
        let judgements = named("judgement")
        for name in Self.names {
            let scores = judgements.filter { $0["variant"]?.string == name }
                .map { $0["score"]?.double ?? -1 }
            let wanted = recorded["judge"]?[name]?.array?.map { $0.double ?? -1 } ?? []
            #expect(scores.count == wanted.count)
            #expect(zip(scores, wanted).allSatisfy { abs($0 - $1) < 1e-3 })
        }
    }

    /// A table of metric, base, fine-tuned, delta, interval and verdict ends it.
    @Test func itIsShort() throws {
        let text = String(decoding: try TestFile.bytes(of: Self.script), as: UTF8.self)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 12)
        #expect(text.contains("/judge run"))
    }
}
