import Basics
import Foundation
import Metrics
import TestSupport
import Testing

struct JSONSchemaTests {
    /// Verdicts are those of the jsonschema package. Recorded by `scripts/references/record_schemas.py`.
    @Test func everyVerdictAgrees() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "References/schemas.json").path()
        let recorded = try JSON.parse(TestFile.bytes(of: path), file: path)
        let values = try #require(recorded["values"]?.array)
        let rows = try #require(recorded["schemas"]?.array)
        #expect(rows.count * values.count > 1500)
        for row in rows {
            let schema = try JSONSchema(try #require(row["schema"]))
            let fits = try #require(row["fits"]?.array)
            for (value, expected) in zip(values, fits) {
                let problem = try schema.problem(in: value)
                #expect(
                    (problem == nil) == (expected == 1),
                    "\(row["schema"]?.text ?? "") and \(value.text): \(problem ?? "fits")")
            }
        }
    }

    @Test func aProblemNamesItsPlace() throws {
        let schema = try JSONSchema(
            JSON.parse(
                #"{"properties": {"scores": {"items": {"type": "integer", "maximum": 10}}}}"#))
        let problem = try schema.problem(in: JSON.parse(#"{"scores": [1, 11]}"#))
        #expect(problem?.contains("$.scores[1]") == true, "\(problem ?? "")")
    }

    private static let refused: [(String, TandemError.Code, String)] = [
        (#"{"uniqueItems": true}"#, TandemError.Code.unsupported, "$.uniqueItems"),
        (#"{"$ref": "x.json"}"#, .unsupported, "$.$ref"),
        (#"{"type": "text"}"#, .malformed, "$.type"),
        (#"{"properties": {"a": {"items": 3}}}"#, .malformed, "$.properties.a.items"),
        (#"{"minLength": -1}"#, .malformed, "minLength"), (#"{"pattern": "("}"#, .malformed, "("),
        (#"{"anyOf": []}"#, .malformed, "anyOf"), (#"{"multipleOf": 0}"#, .malformed, "multipleOf"),
        ("3", .malformed, "$"),
    ]

    /// A check that is not known must not pass in silence.
    @Test(arguments: refused)
    func whatIsNotUnderstoodIsRefused(_ text: String, _ code: TandemError.Code, _ place: String) {
        #expect {
            try JSONSchema(JSON.parse(text))
        } throws: { error in
            let error = error as? TandemError
            return error?.code == code && error?.message.contains(place) == true
        }
    }

    @Test func theMetricReadsItsSchemaFromAFile() throws {
        let folder = try TemporaryFolder()
        try TestFile.write(#"{"type": "object", "required": ["a"]}"#, to: folder("s.json"))
        let metric = try MetricCatalog.metric(named: "json:" + folder("s.json"))
        #expect(metric.score("{\"a\": 1}", references: []) == .value(1))
        #expect(metric.score("{\"b\": 1}", references: []) == .value(0))
        #expect(throws: TandemError.self) {
            try MetricCatalog.metric(named: "json:" + folder("absent.json"))
        }
    }
}
