import Basics
import Metrics
import TestSupport
import Testing

/// F is what the Perl program ROUGE-1.5.5 gives, to the five digits that it prints.
@Suite(.enabled(if: SharedData.isPresent, "../shared is absent"))
struct RougeDataTests {
    private func text(_ name: String) throws -> String {
        let path = try #require(SharedData.path("data/rouge/" + name))
        return String(decoding: try TestFile.bytes(of: path), as: UTF8.self)
    }

    private func check(_ names: String, isStemmed: Bool, _ pair: (String, String), _ row: JSON)
        throws
    {
        let expected = try #require(row["f"]?.double)
        for name in names.split(separator: "|") {
            let metric = try MetricCatalog.metric(named: name + (isStemmed ? "" : "_unstemmed"))
            let found = try #require(metric.score(pair.0, reference: pair.1).value)
            #expect(abs(found - expected) <= 5e-6, "\(metric.name): \(found), not \(expected)")
        }
    }

    @Test func recordedFilesAgree() throws {
        let expected = try JSON.parse(text("expected.json"))
        let cases = try #require(expected["cases"]?.array)
        #expect(cases.count == 11)
        for row in cases {
            let names = try #require((row["files"] ?? expected["pairs_file"])?.array)
            var (target, prediction) = (
                try text(names[0].string ?? ""), try text(names[1].string ?? "")
            )
            if let line = row["line"]?.integer {
                target = String(target.split(separator: "\n")[line])
                prediction = String(prediction.split(separator: "\n")[line])
            }
            try check(
                row["metric"]?.string ?? "", isStemmed: row["stem"] == true, (prediction, target),
                row)
        }
    }

    @Test func smallCasesAgree() throws {
        let rows = try #require(JSON.parse(text("expected.json"))["inline"]?.array)
        #expect(rows.count == 8)
        for row in rows {
            let pair = (row["prediction"]?.string ?? "", row["target"]?.string ?? "")
            try check(row["metric"]?.string ?? "", isStemmed: false, pair, row)
        }
    }
}
