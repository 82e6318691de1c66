import Basics
import Sessions
import Testing

/// A replay beside its recording: which tier each result reaches.
struct RecordingComparisonTests {
    private func answer(
        _ text: String, _ tokens: [Int], _ logProbabilities: [Double]?, turn: Int = 1,
        variant: String = "base", settings: JSON = ["seed": "0"]
    ) -> JSON {
        [
            "type": "answer", "turn": .integer(turn), "variant": .string(variant),
            "text": .string(text), "finish": "stop",
            "token_ids": .array(tokens.map { .integer($0) }),
            "log_probabilities": logProbabilities.map { .array($0.map { .number($0) }) } ?? nil,
            "settings": settings,
        ]
    }

    private func findings(_ old: [JSON], _ new: [JSON], margin: Double? = nil) -> [Finding] {
        RecordingComparison(
            recorded: Recording(old), new: Recording(new), margin: { _, _, _, _ in margin }
        ).findings
    }

    @Test func answersReachTheirTier() {
        let old = answer("a b", [1, 2, 3], [-0.5, -1, -0.25])
        func outcome(_ new: JSON, margin: Double? = nil) -> Finding.Outcome? {
            findings([old], [new], margin: margin).last?.outcome
        }
        #expect(outcome(old) == .same(.bytes))
        #expect(outcome(answer("a b", [1, 2, 3], [-0.5, -1, -0.250001])) == .same(.tokens))
        #expect(outcome(answer("a b", [1, 2, 3], nil)) == .same(.tokens))
        let parted = answer("a c", [1, 4], [-0.5, -1])
        #expect(outcome(parted, margin: -0.001) == .same(.nearTie))
        #expect(outcome(parted, margin: -0.5) == .differs)
        #expect(outcome(parted) == .differs)
        #expect(outcome(answer("a c", [1, 4], [-0.6, -1]), margin: -0.001) == .differs)
        #expect(outcome(answer("a b", [1, 2], [-0.5, -1])) == .differs)
        // Nothing stands before the first token.
        let first = findings([old], [answer("c", [4], [-0.5])], margin: -0.5).last?.detail ?? ""
        #expect(first.hasPrefix("from token 1, where the margin is 0.5 nats: "), "\(first)")
        let detail = findings([old], [parted], margin: -0.001).last?.detail ?? ""
        #expect(detail.contains("token 2") && detail.contains("0.001 nats"))
        #expect(detail.contains("\"a b\" → \"a c\""))
    }

    /// Rates of traps are named by their kind, too.
    @Test func ratesOfTrapsAreNamed() {
        func rate(_ kind: String, _ delta: Double) -> JSON {
            [
                "type": "trap_summary", "measure": "fabricated", "kind": .string(kind),
                "variant": "tuned", "baseline": "base", "delta": .number(delta),
            ]
        }
        let found = findings(
            [rate("all", 0.5), rate("premise", 0.5)], [rate("all", 0.5), rate("premise", 0.25)])
        #expect(found.map(\.subject) == ["all, tuned, fabricated", "premise, tuned, fabricated"])
        #expect(found.map(\.outcome) == [.same(.bytes), .differs])
    }

    /// The same text with another end is another answer.
    @Test func theEndOfAnAnswerCounts() {
        var (old, new) = (JSONObject(), JSONObject())
        for (name, value) in [("type", "answer"), ("variant", "far"), ("text", "x")] {
            old[name] = .string(value)
            new[name] = .string(value)
        }
        (old["finish"], new["finish"]) = ("stop", "stop")
        #expect(findings([.object(old)], [.object(new)])[0].outcome == .same(.bytes))
        new["finish"] = "length"
        #expect(findings([.object(old)], [.object(new)])[0].outcome == .differs)
    }

    @Test(arguments: [
        ("model_sha256", "the model of base"), ("adapter_sha256", "the adapter of base"),
        ("tokenizer_sha256", "the tokenizer of base"),
        ("template_sha256", "the chat template of base"),
        ("quantization", "the rounding of weights of base"),
    ])
    func whatChangedIsNamedFirst(_ part: String, _ subject: String) {
        let answers = [answer("a", [1], [-1]), answer("b", [2], [-1])]
        let digests = ["aa", "bb"].map { String(repeating: $0, count: 32) }
        let loaded = digests.map { digest -> JSON in
            let record: JSON = ["type": "loaded", "variant": "base", "model_sha256": "m"]
            return record.with(part, .string(digest))
        }
        let found = findings([answers[0], loaded[0]], [answers[1], loaded[1]])
        #expect(found.first?.outcome == .changed && found.first?.subject == subject)
        #expect(found.first?.detail == "aaaaaaaaaaaa → bbbbbbbbbbbb")
        #expect(found.count == 2 && found[1].isBad)
    }

    @Test func aChangedSettingIsNamedOnce() {
        let old = [1, 2].map { answer("a", [1], [-1], turn: $0) }
        let new = [1, 2].map { answer("a", [1], [-1], turn: $0, settings: ["seed": "4"]) }
        let found = findings(old, new)
        #expect(found.filter { $0.outcome == .changed }.map(\.subject) == ["the setting seed"])
        #expect(found.filter(\.isBad).isEmpty && found.count == 3)
    }

    private func judgement(_ score: Double, repetition: Int = 0, variant: String = "base") -> JSON {
        [
            "type": "judgement", "turn": 1, "judge": "j", "rubric": "general",
            "variant": .string(variant), "score": .number(score),
            "repetition": .integer(repetition),
        ]
    }

    @Test func aJudgeMayBeAsFarOffAsItsOwnRepetitions() {
        let repeated = [judgement(6), judgement(8, repetition: 1)]
        let other = judgement(5, variant: "tuned")
        func outcome(_ new: Double, _ old: [JSON]) -> Finding.Outcome? {
            let all = old + [other]
            return findings(all, old + [judgement(new, variant: "tuned")]).last?.outcome
        }
        #expect(outcome(7, repeated) == .same(.noise))
        #expect(outcome(7.5, repeated) == .differs)
        #expect(outcome(6, [judgement(6)]) == .differs)
        #expect(outcome(5, repeated) == .same(.bytes))
    }

    @Test func scoresMayBeRounded() {
        func score(_ value: JSON) -> JSON {
            ["type": "score", "turn": 1, "metric": "f1", "variant": "base", "value": value]
        }
        #expect(findings([score(0.5)], [score(0.5000001)])[0].outcome == .same(.tolerance))
        let found = findings([score(0.5)], [score(0.6)])[0]
        #expect(found.outcome == .differs && found.detail == "value: 0.5 → 0.6")
        let unscored: JSON = [
            "type": "score", "turn": 1, "metric": "f1", "variant": "base", "unscored": "why",
        ]
        #expect(findings([score(0.5)], [unscored])[0].outcome == .differs)
    }

    @Test func expectationsAreAskedAnew() {
        func expect(_ passed: Bool) -> JSON {
            ["type": "expect", "text": "/expect all ends", "passed": .bool(passed), "values": [:]]
        }
        #expect(findings([expect(true)], [expect(true)])[0].outcome == .same(.bytes))
        #expect(findings([expect(false)], [expect(false)])[0].outcome == .fails)
        #expect(findings([], [expect(false)])[0].outcome == .fails)
        #expect(findings([expect(false)], [expect(true)])[0].outcome == .differs)
        let failing: JSON = [
            "type": "expect", "text": "/expect a.em > 1", "passed": false,
            "values": ["a.em": 0.5, "b": "x"], "detail": "so",
        ]
        #expect(findings([failing], [failing])[0].detail == "so; a.em 0.5; b \"x\"")
    }

    @Test func whatIsMissingOrNewIsNamed() {
        let (one, two) = (answer("a", [1], [-1]), answer("b", [2], [-1], turn: 2))
        #expect(findings([one, two], [one]).map(\.outcome) == [.same(.bytes), .missing])
        #expect(findings([one], [one, two]).map(\.outcome) == [.same(.bytes), .unrecorded])
        // The same score asked for twice.
        let score: JSON = [
            "type": "score", "turn": 1, "metric": "em", "variant": "a", "value": 1.0,
        ]
        #expect(
            findings([score, score], [score, score]).map(\.outcome) == [
                .same(.bytes), .same(.bytes),
            ])
    }

    @Test func aRecordingIsReadAsItIsWritten() throws {
        let recording = Recording([answer("\u{1B}[31m\n\"", [1, 2], [-0.1, -1.0 / 3])])
        #expect(try Recording(recording.text, file: "a.rec") == recording)
        for text in ["", "{}", "{\"type\":\"recording\",\"format\":99}\n", recording.text + "{\n"] {
            #expect(throws: TandemError.self) { try Recording(text, file: "a.rec") }
        }
    }
}

extension JSON {
    fileprivate func with(_ key: String, _ value: JSON) -> JSON {
        guard case .object(var object) = self else { return self }
        object[key] = value
        return .object(object)
    }
}
