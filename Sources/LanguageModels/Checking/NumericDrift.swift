import Basics
import Inference
import ModelFiles

/// How far fast arithmetic is from exact on a model: at every position of greedy texts, and in the
/// texts themselves.
public struct NumericDrift: Sendable {
    /// `base`, or `adapter`.
    public let variant: String
    /// Fast beside exact at every position of exact's texts.
    public let distance: LogitDistance
    public let textCount: Int
    public let sameTextCount: Int
    /// Tokens that both have in common before they part, for each text that is not the same.
    public let commonTokens: [Int]

    package static let textLength = 32

    private static let prompts = [
        "What is the capital of Australia?",
        "Explain in two sentences why the sky is blue.",
        "Write a short poem about a lighthouse.",
        "Translate into French: The train leaves at nine o'clock.",
        "List three uses of a paper clip.",
        "Write a Python function that reverses a list.",
        "A farmer has 17 sheep and buys 8 more. How many are there now?",
        "Continue the story: The old door opened, and behind it",
    ]

    /// Compares on the base, and with the adapter if one is given.
    /// - Throws: what loading the model and the adapter refuse, and what its tokenizer does.
    /// - Complexity: about 1,000 tokens computed for each of the two.
    public static func measure(modelPath: String, adapterPath: String?, threads: Int)
        throws(TandemError) -> [NumericDrift]
    {
        let workers = try Workers(count: threads)
        let model = try LocalModel(path: modelPath, quantization: nil)
        let stepper = try model.bringIn(workers, sharing: [], keptIn: nil)
        var prompts: [[Int32]] = []
        for text in Self.prompts {
            prompts.append(
                try model.encode(
                    model.template == nil
                        ? .completion(text) : .chat([Message(role: "user", content: text)])))
        }
        var drifts = [
            try NumericDrift(
                "base", stepper, adapter: nil, prompts: prompts, endTokens: model.endTokens)
        ]
        if let adapterPath {
            let adapter = try Adapter(
                AdapterFile.open(path: adapterPath), for: stepper.engine, workers: workers)
            drifts.append(
                try NumericDrift(
                    "adapter", stepper, adapter: adapter, prompts: prompts,
                    endTokens: model.endTokens))
        }
        return drifts
    }

    /// - Parameters:
    ///   - prompts: ids, none empty.
    ///   - endTokens: those that end a text.
    ///   - other: what exact is compared with.
    package init(
        _ variant: String, _ stepper: Stepper, adapter: Adapter?, prompts: [[Int32]],
        endTokens: Set<Int32>, other: Numerics = Numerics(.fast)
    ) throws(TandemError) {
        func timelines(_ numerics: Numerics) -> [Timeline] {
            prompts.map { _ in Timeline(stepper.engine, adapter: adapter, numerics: numerics) }
        }
        let texts = try Self.texts(stepper, timelines(other), prompts, endTokens)
        var distance = LogitDistance()
        // What exact generates is given to the other too, so that both see the same tokens.
        let followers = timelines(other)
        try stepper.sync(Array(zip(followers, prompts)))
        let exactTexts = try Self.texts(stepper, timelines(.exact), prompts, endTokens) {
            (step) throws(TandemError) in
            for (index, logits, _) in step { distance.add(logits, followers[index].logits) }
            try stepper.step(step.map { (followers[$0.index], $0.token) })
        }
        let pairs = zip(exactTexts, texts)
        self.variant = variant
        self.distance = distance
        textCount = prompts.count
        sameTextCount = pairs.count { $0 == $1 }
        commonTokens = pairs.filter { $0 != $1 }.map { one, other in
            zip(one, other).prefix { $0 == $1 }.count
        }
    }

    /// Greedy texts after `prompts`, each up to a token that ends it (included) or `textLength`.
    /// - Parameter onStep: the texts that go on, with the logits and the token chosen from them.
    private static func texts(
        _ stepper: Stepper, _ timelines: [Timeline], _ prompts: [[Int32]], _ endTokens: Set<Int32>,
        onStep: ([(index: Int, logits: [Float], token: Int32)]) throws(TandemError) -> Void = {
            (_) throws(TandemError) in
        }
    ) throws(TandemError) -> [[Int32]] {
        try stepper.sync(Array(zip(timelines, prompts)))
        var texts = prompts.map { _ in [Int32]() }
        var running = Array(prompts.indices)
        while !running.isEmpty {
            let step = running.map { index in
                let logits = timelines[index].logits
                return (index: index, logits: logits, token: Sampler.mostProbable(logits))
            }
            for (index, _, token) in step { texts[index].append(token) }
            try onStep(step)
            running = step.filter {
                !endTokens.contains($0.token) && texts[$0.index].count < textLength
            }.map(\.index)
            if running.isEmpty { break }
            try stepper.step(running.map { (timelines[$0], texts[$0][texts[$0].count - 1]) })
        }
        return texts
    }
}
