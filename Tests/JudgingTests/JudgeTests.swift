import Basics
import Judging
import LanguageModels
import LoopbackServer
import Testing

struct JudgeTests {
    private static let refusal: JSON = ["error": ["message": "response_format?"]]

    @Test func aVerdictIsReadAndKept() throws {
        let fixture = try JudgeFixture { _, _ in JudgeFixture.says(JudgeFixture.verdict) }
        defer { fixture.server.close() }
        let answers = [JudgeFixture.answer("4,806 m"), JudgeFixture.answer("Very high.")]
        let first = try #require(try fixture.judge().judge(answers, repetitions: 2))
        #expect(first.map(\.count) == [2, 2] && fixture.asked.count == 4)
        let judgement = first[0][0]
        #expect(judgement.score == 8 && judgement.reason == "Right and clear.")
        #expect(judgement.criteria.map(\.points) == [4, 3, 1])
        #expect(judgement.format == .schema && !judgement.isCached)
        let again = try #require(try fixture.judge().judge(answers, repetitions: 2))
        #expect(fixture.asked.count == 4 && again[1][1].isCached && again[0][0].score == 8)
        #expect(try fixture.judge().outstanding(answers, repetitions: 2).count == 0)
        #expect(try fixture.judge().outstanding(answers, repetitions: 3).count == 2)
        #expect(try fixture.judge("instructions").outstanding(answers).count == 2)
    }

    /// The request says temperature 0, and carries the rubric's schema.
    @Test func theRequestIsTheRubrics() throws {
        let fixture = try JudgeFixture { _, _ in JudgeFixture.says(JudgeFixture.verdict) }
        defer { fixture.server.close() }
        let judge = try fixture.judge()
        _ = try judge.judge([JudgeFixture.answer("4,806 m")])
        let asked = try #require(fixture.asked.first)
        #expect(asked["temperature"]?.double == 0 && asked["temperature"] != nil)
        let format = asked["response_format"]
        #expect(format?["type"] == "json_schema")
        #expect(format?["json_schema"]?["schema"] == judge.rubric.schema)
        #expect(format?["json_schema"]?["strict"] == true)
    }

    /// What a server refuses is tried as the next, once for all calls.
    @Test(arguments: [(400, 1, ReplyFormat.object), (422, 2, .prompt)])
    func formatsFallBack(_ status: Int, _ refused: Int, _ format: ReplyFormat) throws {
        let fixture = try JudgeFixture { request, number in
            number < refused
                ? [.json(status, Self.refusal)] : JudgeFixture.says(JudgeFixture.verdict)
        }
        defer { fixture.server.close() }
        let judge = try fixture.judge()
        let answers = (0..<3).map { JudgeFixture.answer("\($0) m") }
        let judgements = try #require(try judge.judge(answers))
        #expect(judgements.allSatisfy { $0[0].score == 8 && $0[0].format == format })
        #expect(fixture.asked.count == 3 + refused)
        let types = fixture.asked.map { $0["response_format"]?["type"]?.string ?? "prompt" }
        let last = types.suffix(3)
        #expect(last.allSatisfy { $0 == format.rawValue })
        _ = try judge.judge([JudgeFixture.answer("another")])
        #expect(fixture.asked.count == 4 + refused)
    }

    /// llama-cpp-python calls an unknown response_format an error of its own.
    @Test func anErrorThatNamesTheFieldIsARefusal() throws {
        let fixture = try JudgeFixture { request, _ in
            request.json?["response_format"]?["type"] == "json_schema"
                ? [.json(500, ["error": ["message": "1 validation error: 'response_format'"]])]
                : JudgeFixture.says(JudgeFixture.verdict)
        }
        defer { fixture.server.close() }
        let judgement = try #require(try fixture.judge().judge([JudgeFixture.answer("x")])?[0][0])
        #expect(judgement.score == 8 && judgement.format == .object)
        // 500 may pass: it was tried three times.
        #expect(fixture.asked.count == 4)
    }

    /// One call that is refused whatever is asked for does not change how the others are asked.
    @Test func anotherRefusalIsNotTheFormats() throws {
        let fixture = try JudgeFixture { request, _ in
            let text = request.json?["messages"]?.array?.last?["content"]?.string ?? ""
            return text.contains("too long")
                ? [.json(400, ["error": "too long"])] : JudgeFixture.says(JudgeFixture.verdict)
        }
        defer { fixture.server.close() }
        let answers = ["too long", "fine", "too long", "fine"].enumerated().map {
            JudgeFixture.answer("\($0.offset) \($0.element)")
        }
        let judgements = try #require(try fixture.judge().judge(answers))
        #expect(judgements.map { $0[0].score } == [nil, 8, nil, 8])
        #expect(judgements[1][0].format == .schema && judgements[3][0].format == .schema)
        #expect(fixture.asked.count == 3 + 3)
    }

    /// With the prompt alone a reply that is no verdict is asked for once more, and then counted.
    @Test(arguments: [(true, 2), (false, 2)])
    func aLooseReplyIsAskedForOnceMore(_ isRightThen: Bool, _ requests: Int) throws {
        let fixture = try JudgeFixture { request, number in
            if request.json?["response_format"] != nil { return [.json(400, Self.refusal)] }
            let isSecond = request.json?["messages"]?.array?.count == 4
            return JudgeFixture.says(isSecond && isRightThen ? JudgeFixture.verdict : "Good!")
        }
        defer { fixture.server.close() }
        let judgement = try #require(try fixture.judge().judge([JudgeFixture.answer("x")])?[0][0])
        #expect(fixture.asked.count == 2 + requests)
        #expect(judgement.score == (isRightThen ? 8 : nil))
        _ = try fixture.judge().judge([JudgeFixture.answer("x")])
        #expect(fixture.asked.count == 2 + requests)
    }

    /// A reply that is cut is neither scored nor kept.
    @Test func aTruncatedReplyIsUnscoredAndAskedForAgain() throws {
        let fixture = try JudgeFixture { _, _ in
            JudgeFixture.says(JudgeFixture.verdict, finish: "length")
        }
        defer { fixture.server.close() }
        for requests in 1...2 {
            let judgement = try #require(
                try fixture.judge().judge([JudgeFixture.answer("x")])?[0][0])
            #expect(judgement.score == nil && fixture.asked.count == requests)
        }
    }

    @Test func aFailingJudgeIsCounted() throws {
        let fixture = try JudgeFixture { _, _ in [.json(402, ["error": "no credit"])] }
        defer { fixture.server.close() }
        let judgement = try #require(try fixture.judge().judge([JudgeFixture.answer("x")])?[0][0])
        guard case .unscored(let reason) = judgement.outcome else {
            Issue.record("a score without a reply")
            return
        }
        #expect(reason.contains("no credit"))
    }

    /// After an interruption only what was not finished is asked.
    @Test func anInterruptionRepeatsNoFinishedCall() throws {
        let fixture = try JudgeFixture { _, number in
            number < 2 ? JudgeFixture.says(JudgeFixture.verdict) : [.stall]
        }
        let answers = (0..<6).map { JudgeFixture.answer("\($0) m") }
        var done = 0
        let interrupted = try fixture.judge().judge(
            answers, isInterrupted: { done >= 2 && fixture.asked.count > 2 },
            onProgress: { count, _ in done = count })
        #expect(interrupted == nil)
        #expect(try fixture.judge().outstanding(answers).count == 4)
        fixture.server.close()
    }

    @Test func whatNeedsNoJudgeIsNotAsked() throws {
        let fixture = try JudgeFixture { _, _ in JudgeFixture.says(JudgeFixture.verdict) }
        defer { fixture.server.close() }
        let empty = try #require(
            try fixture.judge().judge([JudgeFixture.answer(" :.\n"), JudgeFixture.answer("")]))
        #expect(empty.allSatisfy { $0[0].score == 1 })
        let factual = try #require(
            try fixture.judge("factual").judge([JudgeFixture.answer("4,806 m")]))
        #expect(factual[0][0].outcome == .unscored("the rubric factual needs a reference"))
        #expect(fixture.asked.isEmpty)
    }

    /// Both orders are asked; a judge that always takes the first is found out.
    @Test func aBiasForTheFirstSlotIsMeasured() throws {
        let fixture = try JudgeFixture { request, _ in
            let text = request.json?["messages"]?.array?.last?["content"]?.string ?? ""
            let better = text.contains("always") ? "A" : text.range(of: "good") ?? "B"
            return JudgeFixture.says("{\"reason\": \"r\", \"better\": \"\(better)\"}")
        }
        defer { fixture.server.close() }
        let pairs = [("always 1", "always 2"), ("good", "poor"), ("poor", "good")]
        let verdicts = try #require(
            try fixture.judge().compare(
                pairs.map { (JudgeFixture.answer($0.0), JudgeFixture.answer($0.1)) }))
        #expect(verdicts.map(\.secondShare) == [0.5, 0, 1])
        #expect(verdicts.map(\.isConsistent) == [false, true, true])
        let bias = OrderBias(verdicts)
        #expect(bias.consistency == 2.0 / 3 && bias.firstSlotRate == 4.0 / 6)
        #expect(fixture.asked.count == 6)
    }
}

extension String {
    /// `A` or `B`: which answer holds `word`.
    fileprivate func range(of word: String) -> String? {
        guard let place = firstRange(of: word)?.lowerBound,
            let second = firstRange(of: "Answer B:")?.lowerBound
        else { return nil }
        return place < second ? "A" : "B"
    }
}
