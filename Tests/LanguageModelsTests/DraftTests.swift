import Basics
import Inference
import LanguageModels
import ModelFiles
import TestSupport
import Testing
import Tokenizers

/// Guessed tokens save steps and change no answer.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct DraftTests {
    /// Text that repeats itself, and one that does not.
    static let texts = [
        String(repeating: "Red is a colour. Blue is a colour. ", count: 6) + "Green is",
        "The old man walked down to the harbour and",
    ]

    /// What stepping one token at a time gives.
    private func stepped(
        _ text: String, _ settings: GenerationSettings, isTuned: Bool
    ) throws -> [Int32] {
        let file = try ModelFile.open(path: Demo.modelPath)
        let workers = try Workers()
        let engine = try Engine(file, workers: workers)
        let stepper = Stepper(engine, workers: workers)
        let adapter =
            isTuned
            ? try Adapter(AdapterFile.open(path: Demo.adapterPath), for: engine, workers: workers)
            : nil
        let timeline = Timeline(engine, adapter: adapter)
        let tokenizer = try Tokenizer(VocabularyData(GGUFFile(path: Demo.modelPath).metadata))
        let prompt = try tokenizer.encode(text, isTrusted: true, addsSpecialTokens: true)
        let sampler = Sampler(
            SamplingSettings(
                temperature: settings.temperature, topP: settings.topP, seed: settings.seed))
        try stepper.sync([(timeline, prompt)])
        var tokens: [Int32] = []
        while true {
            tokens.append(sampler.next(logits: timeline.logits, context: prompt + tokens))
            let isEnd = tokens.last == tokenizer.endOfSequence
            if isEnd || tokens.count == settings.maxTokens { return tokens }
            try stepper.step([(timeline, tokens[tokens.count - 1])])
        }
    }

    @Test(arguments: texts, [0, 0.7])
    func answersAreThoseOfSingleSteps(_ text: String, _ temperature: Double) throws {
        let pool = try ModelPool()
        _ = try pool.load(path: Demo.modelPath, name: "base", adapterPath: nil)
        _ = try pool.attach(adapterPath: Demo.adapterPath, to: "base", name: "tuned")
        let settings = GenerationSettings(
            temperature: temperature, topP: 0.9, seed: 5, maxTokens: 40)
        var steps = 0
        let answers = try pool.generate(
            ["base", "tuned"].map {
                GenerationRequest(variant: $0, prompt: .completion(text), settings: settings)
            },
            isInterrupted: {
                steps += 1
                return false
            }, onEvent: { _ in })
        for (answer, isTuned) in zip(answers, [false, true]) {
            let expected = try stepped(text, settings, isTuned: isTuned)
            #expect(answer.tokenIDs == expected)
        }
        // Both go on repeating themselves, in fewer steps than the 40 tokens.
        if text == Self.texts[0], temperature == 0 { #expect(steps < 38) }
    }
}
