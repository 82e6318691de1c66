import Basics
import Metrics
import Testing

/// What is captured in an answer is what lm-eval's filters capture.
struct CaptureTests {
    private let recorded: RecordedScores
    init() throws { recorded = try RecordedScores() }

    @Test func patternsCaptureTheSame() throws {
        let patterns = recorded.captures.filter { $0["match"]?.integer == 0 }
        #expect(patterns.count == 3)
        for row in patterns {
            let pattern = try #require(row["captures"]?.string)
            let metric = try MetricCatalog.metric(named: "regex:" + pattern)
            var matches = 0
            for number in 0..<(row["n"]?.integer ?? 0) {
                let captured = row["found"]?["\(number)"]?.string
                matches += captured == nil ? 0 : 1
                let score = metric.score(
                    recorded.texts[number].answer, references: ["never this", captured ?? ""])
                #expect(score == .value(captured == nil ? 0 : 1), "\(pattern) in \(number)")
            }
            #expect(matches > 50, "\(pattern)")
        }
    }

    /// GSM8K's flexible extraction finds the number that `numeric` compares.
    @Test func numbersAreTheSame() throws {
        let row = try #require(recorded.captures.first { $0["match"]?.integer == -1 })
        let metric = try MetricCatalog.metric(named: "numeric")
        var numbers = 0
        for number in 0..<(row["n"]?.integer ?? 0) {
            let answer = recorded.texts[number].answer
            guard let captured = row["found"]?["\(number)"]?.string else {
                #expect(metric.score(answer, reference: "1") == .value(0), "\(number)")
                continue
            }
            var digits = captured.filter { $0 != "," && $0 != "$" }
            if digits.hasSuffix(".") { digits.removeLast() }
            guard let value = Double(digits) else { continue }
            numbers += 1
            #expect(metric.score(answer, reference: "is \(value)") == .value(1), "\(number)")
            #expect(metric.score(answer, reference: "\(value + 1)") == .value(0), "\(number)")
        }
        #expect(numbers > 50)
    }

    private static let extracted: [(String, String, String, Double)] = [
        ("numeric", "I pay $5, then 7 and 1,200.50. Total: 12.", "#### 12", 1.0),
        ("numeric", "about 3.14", "3.15", 0), ("numeric:0.01", "about 3.14", "3.15", 1),
        ("numeric:1%", "99.5", "100", 1), ("numeric:0.1%", "99.5", "100", 0),
        ("numeric", "-5", "5", 0), ("numeric", "12.0", "12", 1), ("numeric", "none", "12", 0),
        ("numeric", "-0", "0", 1), ("numeric", "1.2.3", "1", 0),
        ("regex:answer is (\\w+)", "So the answer is B.", "B", 1),
        ("regex:answer is (\\w+)", "It is B.", "B", 0), ("regex:a(b)?(c)?", "ac", "c", 1),
        ("regex:\\d+", "in 1999 and 2001", "1999", 1), ("regex:x(y)?", "x", "", 1),
    ]

    @Test(arguments: extracted)
    func answersAreExtracted(
        _ name: String, _ answer: String, _ reference: String, _ expected: Double
    ) throws {
        #expect(
            try MetricCatalog.metric(named: name).score(answer, reference: reference)
                == .value(expected))
    }

    @Test func whatCannotBeComparedIsUnscored() throws {
        let numeric = try MetricCatalog.metric(named: "numeric")
        #expect(
            numeric.score("12", reference: "twelve") == .unscored("the reference has no number"))
        let slow = try MetricCatalog.metric(named: "regex:^(a|aa)+$")
        let score = slow.score(String(repeating: "a", count: 60) + "!", reference: "a")
        #expect(score.value == nil, "a pattern that backtracks without end must not score")
    }
}
