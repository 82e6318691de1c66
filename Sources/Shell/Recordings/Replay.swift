import Basics
import LanguageModels
import Sessions

/// A script run in an interpreter of its own, which shows nothing, for what it gives.
struct Replay {
    /// 0, or as `tandem run` ends: 3 for an error, 130 for an interruption.
    let status: Int32
    let error: TandemError?
    let recording: Recording
    let hasFailedExpectation: Bool
    private let source: any AnswerSource

    /// Makes a source without variants.
    typealias Sources = (RemoteTape) throws(TandemError) -> any AnswerSource

    /// - Parameters:
    ///   - tape: what servers are asked with.
    ///   - file: for errors, and the folder of relative paths.
    /// - Throws: what making a source throws.
    init(
        _ text: String, file: String, _ values: ScriptValues, tape: RemoteTape, sources: Sources
    ) throws(TandemError) {
        source = try sources(tape)
        let output = Output(format: "plain", isPlain: true, showsTiming: false)
        output.isSilent = true
        let interpreter = Interpreter(source: source, output: output, usesKept: false)
        var failure: TandemError?
        do throws(TandemError) {
            let script = try Script(text, file: file, variables: values.variables())
            try values.check(script, file: file)
            try interpreter.run(script, file: file)
        } catch {
            failure = error
        }
        error = failure
        recording = interpreter.recording(in: file)
        hasFailedExpectation = interpreter.failedExpectationCount > 0
        status = interpreter.wasInterrupted ? 130 : failure == nil ? 0 : 3
    }

    /// ln p(recorded) − ln p(new) at a place of an answer, under the variant that gave the answer now.
    func margin(_ answer: JSON, _ place: Int, _ recorded: Int, _ new: Int) -> Double? {
        let tokens = (answer["token_ids"]?.array ?? []).prefix(place).compactMap(\.integer)
        guard let variant = answer["variant"]?.string, let prompt = Prompt(answer),
            let settings = answer["settings"].flatMap({ try? GenerationSettings($0) }),
            settings.temperature == 0, settings.repetitionPenalty == 1,
            let first = Int32(exactly: recorded), let second = Int32(exactly: new)
        else { return nil }
        let request = TokenScoreRequest(
            variant: variant, author: variant, prompt: prompt,
            opening: tokens.compactMap { Int32(exactly: $0) },
            continuations: [[first], [second]], numerics: settings.numerics)
        let result = source.tokenScores([request], isInterrupted: { false })?.first
        guard let scores = try? result?.get().continuations, scores.count == 2,
            let old = scores[0].first, let now = scores[1].first
        else { return nil }
        return old.logProbability - now.logProbability
    }
}
