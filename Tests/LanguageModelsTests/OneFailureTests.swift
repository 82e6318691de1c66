import Basics
import LanguageModels
import TestSupport
import Testing

/// What fails for one answer fails for it alone; the others are what they are without it.
struct OneFailureTests {
    private let folder: TemporaryFolder
    /// Text that becomes the token at which the model overflows.
    private let bad = "\u{4}"

    init() throws {
        folder = try TemporaryFolder()
        let model = TinyLlama(tiedEmbeddings: false)
        try TestFile.write(model.gguf(overflowingAt: 7).bytes(), to: folder("a"))
        try TinyAdapter(for: model, rank: 1, alpha: 3e38, targets: ["q_proj"])
            .write(to: folder("lora"))
    }

    private func pool() throws -> ModelPool {
        let pool = try ModelPool(threads: 1)
        _ = try pool.load(path: folder("a"), name: "a", adapterPath: nil)
        _ = try pool.attach(adapterPath: folder("lora"), to: "a", name: "tuned")
        return pool
    }

    private func request(_ variant: String, _ text: String) -> GenerationRequest {
        GenerationRequest(
            variant: variant, prompt: .completion(text),
            settings: GenerationSettings(maxTokens: 12))
    }

    private func generate(_ requests: [GenerationRequest]) throws -> (
        answers: [Answer], finished: [Int]
    ) {
        var finished: [Int] = []
        let answers = try pool().generate(
            requests, isInterrupted: { false },
            onEvent: { event in
                if case .finished(let request, _) = event { finished.append(request) }
            })
        return (answers, finished.sorted())
    }

    @Test func theOthersAreAnswered() throws {
        let alone = try generate([request("a", "Once"), request("a", "Twice")]).answers
        let (answers, finished) = try generate([
            request("a", "Once"), request("a", "Once \(bad)"), request("tuned", "Once"),
            request("a", "Twice"),
        ])
        #expect(answers.map(\.finish) == [.length, .error, .error, .length])
        #expect(finished == [0, 1, 2, 3])
        #expect([answers[0], answers[3]].map(\.tokenIDs) == alone.map(\.tokenIDs))
        #expect(answers[1].detail?.contains("not finite at token 8") == true, "\(answers[1])")
        #expect(answers[2].detail?.contains(folder("lora")) == true, "\(answers[2])")
    }

    @Test func theOthersAreScored() throws {
        func request(_ prefix: [Int32], _ continuation: [Int32]) -> ScoreRequest {
            ScoreRequest(variant: "a", prefix: prefix, continuations: [continuation])
        }
        let good = [request([1, 5], [6, 8]), request([1, 9], [4, 4])]
        let bad = [request([1, 7], [6, 8]), request([1, 5], [7, 8])]
        let alone = try #require(try pool().score(good))
        let scores = try #require(try pool().score([good[0], bad[0], good[1], bad[1]]))
        #expect([scores[0], scores[2]] == alone)
        for score in [scores[1], scores[3]] {
            let error = #expect(throws: TandemError.self) { try score.get() }
            #expect(error?.code == .numeric)
        }
    }
}
