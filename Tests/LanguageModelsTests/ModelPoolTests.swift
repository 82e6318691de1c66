import Basics
import Foundation
import LanguageModels
import TestSupport
import Testing

/// The demo pair answers through the pool as transformers and peft do.
@Suite(
    .enabled(if: Demo.isPresent, "the demo model is absent; scripts/test fetches it"), .serialized)
struct ModelPoolTests {
    private func pool(threads: Int? = nil) throws -> ModelPool {
        let pool = try ModelPool(threads: threads)
        _ = try pool.load(path: Demo.modelPath, name: "base", adapterPath: nil)
        _ = try pool.attach(adapterPath: Demo.adapterPath, to: "base", name: "tuned")
        return pool
    }

    private func requests(_ prompt: Prompt, _ settings: GenerationSettings) -> [GenerationRequest] {
        ["base", "tuned"].map {
            GenerationRequest(variant: $0, prompt: prompt, settings: settings)
        }
    }

    private func generate(_ pool: ModelPool, _ requests: [GenerationRequest]) throws -> [Answer] {
        try pool.generate(requests, isInterrupted: { false }, onEvent: { _ in })
    }

    /// Logits this close are a tie: either token is right.
    private static let tie = 1e-3

    /// Eight prompts at a time, base and tuned together: the batch plays no part.
    @Test func textsAndIDsAreTheReferences() throws {
        let pool = try pool()
        let prompts = try #require(try References.read("greedy.json")["prompts"]?.array)
        #expect(prompts.count == 100)
        var ties = 0
        for start in stride(from: 0, to: prompts.count, by: 8) {
            let part = prompts[start..<min(start + 8, prompts.count)]
            let answers = try generate(
                pool,
                part.flatMap { prompt in
                    requests(
                        .chat([Message(role: "user", content: prompt["prompt"]?.string ?? "")]),
                        GenerationSettings(maxTokens: 64))
                })
            for (index, answer) in answers.enumerated() {
                let prompt = part[start + index / 2]
                let text = try #require(prompt["prompt"]?.string)
                let reference = try #require(prompt[answer.variant])
                #expect(answer.promptTokenCount == prompt["promptIDs"]?.array?.count, "\(text)")
                let ids = try #require(reference["ids"]?.array).compactMap(\.integer)
                let same = zip(answer.tokenIDs.map(Int.init), ids).prefix { $0 == $1 }.count
                if same < ids.count {
                    ties += 1
                    let gap = try #require(reference["gaps"]?.array?[same].double)
                    #expect(gap < Self.tie, "\(answer.variant): \(text) at token \(same)")
                } else {
                    #expect(answer.text == reference["text"]?.string, "\(answer.variant): \(text)")
                    #expect(answer.finish.rawValue == reference["finish"]?.string)
                }
            }
        }
        print("\(2 * prompts.count) answers, \(ties) part at a tie")
    }

    /// What is streamed is what is answered, and both columns come while both are generated.
    @Test func eventsMakeTheAnswers() throws {
        let pool = try pool()
        var texts = ["", ""]
        var order: [Int] = []
        let answers = try pool.generate(
            requests(
                .chat([Message(role: "user", content: "Name three uses of copper.")]),
                GenerationSettings(maxTokens: 24)),
            isInterrupted: { false },
            onEvent: { event in
                guard case .text(let request, let text) = event else { return }
                texts[request] += text
                order.append(request)
            })
        #expect(answers.map(\.text) == texts)
        #expect(zip(order, order.dropFirst()).count { $0 != $1 } > 20)
    }

    @Test func drawsDependOnTheSeedAlone() throws {
        let settings = GenerationSettings(
            temperature: 0.9, topK: 50, topP: 0.95, minP: 0.01, repetitionPenalty: 1.1, seed: 11,
            maxTokens: 24)
        let prompt = Prompt.chat([Message(role: "user", content: "Tell a short story.")])
        let both = try generate(pool(), requests(prompt, settings))
        let alone = try generate(pool(threads: 1), [requests(prompt, settings)[1]])
        #expect(both[1].text == alone[0].text && !both[1].text.isEmpty)
        var other = settings
        other.seed = 12
        #expect(try generate(pool(), requests(prompt, other))[1].text != both[1].text)
    }

    @Test func aConversationIsNotComputedAgain() throws {
        let pool = try pool()
        var messages = [Message(role: "user", content: "My name is Ada.")]
        let settings = GenerationSettings(maxTokens: 16)
        let first = try generate(pool, [requests(.chat(messages), settings)[0]])[0]
        messages += [
            Message(role: "assistant", content: first.text),
            Message(role: "user", content: "What is my name?"),
        ]
        let second = try generate(pool, [requests(.chat(messages), settings)[0]])[0]
        #expect(second.reusedTokenCount >= first.promptTokenCount)
        let fresh = try generate(self.pool(), [requests(.chat(messages), settings)[0]])[0]
        #expect(fresh.text == second.text && fresh.reusedTokenCount == 0)
    }

    @Test func stopTextsEndTheAnswerAndAreNotShown() throws {
        var settings = GenerationSettings(maxTokens: 64)
        let prompt = Prompt.completion("one, two, three, four,")
        let full = try generate(pool(), [requests(prompt, settings)[0]])[0]
        #expect(full.text.contains(" six"))
        settings.stop = [" six", "nine"]
        let cut = try generate(pool(), [requests(prompt, settings)[0]])[0]
        #expect(cut.finish == .stop)
        #expect(full.text.hasPrefix(cut.text + " six"))
    }

    @Test func aFullContextSaysSo() throws {
        let settings = GenerationSettings(maxTokens: 64, contextLength: 40)
        let prompt = Prompt.completion("one, two, three, four,")
        let answer = try generate(pool(), [requests(prompt, settings)[0]])[0]
        #expect(answer.finish == .context)
        #expect(answer.promptTokenCount + answer.tokenIDs.count == 40)
        #expect(answer.detail?.contains("40") == true)
        let long = Prompt.completion(String(repeating: "one ", count: 60))
        let refused = try generate(pool(), [requests(long, settings)[0]])[0]
        #expect(refused.finish == .error && refused.detail?.contains("context of 40") == true)
    }

    @Test func anInterruptionKeepsThePartialAnswer() throws {
        var count = 0
        let answers = try pool().generate(
            requests(.completion("Once upon a time"), GenerationSettings(maxTokens: 200)),
            isInterrupted: {
                count += 1
                return count > 10
            }, onEvent: { _ in })
        #expect(answers.allSatisfy { $0.finish == .interrupted && !$0.text.isEmpty })
        #expect(answers.allSatisfy { $0.tokenIDs.count < 12 })
    }

    @Test func oneCopyOfTheWeights() throws {
        let pool = try pool()
        #expect(pool.variants.map(\.sharesWeightsWith) == [nil, "base"])
        let again = try pool.load(
            path: Demo.modelPath, name: "again", adapterPath: Demo.adapterPath)
        #expect(again.sharesWeightsWith == "base")
        #expect(throws: TandemError.self) {
            try pool.attach(adapterPath: Demo.adapterPath, to: "tuned", name: "twice")
        }
        #expect(throws: TandemError.self) {
            try pool.load(path: Demo.modelPath, name: "base", adapterPath: nil)
        }
        #expect(throws: TandemError.self) { try pool.unload("nobody") }
        try pool.unload("base")
        #expect(pool.variants.map(\.name) == ["tuned", "again"])
        #expect(try pool.identity(of: "tuned").sha256.split(separator: "+").count == 2)
    }
}
