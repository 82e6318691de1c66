import Basics
import HTTP
import Inference

/// Local and remote variants behind one list of names: a lineup can mix them.
public final class VariantPool: AnswerSource {
    private let local: ModelPool
    private let remote: RemotePool
    /// All names, in the order of loading.
    private var names: [String] = []

    /// - Parameters:
    ///   - policy: how servers are asked.
    ///   - tape: what is told of what they say, or says it in their place.
    public init(
        local: ModelPool, policy: HTTPPolicy = HTTPPolicy(), tape: RemoteTape = RemoteTape()
    ) {
        self.local = local
        remote = RemotePool(policy, tape)
    }

    public var tape: RemoteTape? { remote.tape }

    public var variants: [VariantInformation] {
        let all = local.variants + remote.loaded.map(\.information)
        return names.compactMap { name in all.first { $0.name == name } }
    }

    public func load(
        path: String, name: String, adapterPath: String?, quantization: Quantization?
    ) throws(TandemError) -> VariantInformation {
        try checkIsNotRemote(name)
        let information = try local.load(
            path: path, name: name, adapterPath: adapterPath, quantization: quantization)
        names.append(name)
        return information
    }

    public func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation
    {
        try checkIsNotRemote(name)
        if remote.variant(base) != nil {
            throw TandemError(
                .unsupported, "\(base) is remote: only its server can put an adapter on it",
                remedy: "servers such as vLLM give an adapter a name: /load URL#ADAPTER as \(name)")
        }
        let information = try local.attach(adapterPath: adapterPath, to: base, name: name)
        names.append(name)
        return information
    }

    public func connect(
        to address: String, name: String, _ options: RemoteOptions,
        isInterrupted: @escaping () -> Bool
    ) throws(TandemError) -> VariantInformation {
        try checkIsNotRemote(name)
        try local.checkIsFree(name)
        let information = try remote.connect(
            to: address, name: name, options, isInterrupted: isInterrupted)
        names.append(name)
        return information
    }

    public func unload(_ name: String) throws(TandemError) {
        if remote.variant(name) != nil { remote.unload(name) } else { try local.unload(name) }
        names.removeAll { $0 == name }
    }

    private func checkIsNotRemote(_ name: String) throws(TandemError) {
        if remote.variant(name) != nil { throw ModelPool.isTaken(name) }
    }

    public func identity(of name: String) throws(TandemError) -> VariantIdentity {
        guard let variant = remote.variant(name) else { return try local.identity(of: name) }
        return VariantIdentity(
            parts: ["server \(variant.information.modelPath)"], files: [], digests: { [] })
    }

    public func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer] {
        var asked: [(index: Int, request: GenerationRequest, variant: RemoteVariant)] = []
        var own: [Int] = []
        var answers = [Answer?](repeating: nil, count: requests.count)
        for (index, request) in requests.enumerated() {
            if let variant = remote.variant(request.variant) {
                guard remote.tape.isReplaying else {
                    asked.append((index, request, variant))
                    continue
                }
                let answer = remote.tape.answer(to: request, of: variant)
                if !answer.text.isEmpty { onEvent(.text(request: index, answer.text)) }
                onEvent(.finished(request: index, answer))
                answers[index] = answer
            } else {
                _ = try local.variant(request.variant)
                own.append(index)
            }
        }
        let batch = remote.begin(asked)
        defer { batch.interrupt() }
        // Servers answer while the local models compute: between their steps the thread looks.
        batch.pump(milliseconds: 0, onEvent: onEvent)
        let computed = try local.generate(
            own.map { requests[$0] },
            isInterrupted: {
                batch.pump(milliseconds: 0, onEvent: onEvent)
                return isInterrupted()
            }, onEvent: { onEvent($0.renumbered(own)) })
        for (index, answer) in zip(own, computed) { answers[index] = answer }
        while !batch.isFinished {
            if isInterrupted() { batch.interrupt() }
            batch.pump(milliseconds: 50, onEvent: onEvent)
        }
        batch.pump(milliseconds: 0, onEvent: onEvent)
        for (index, answer) in batch.answers {
            answers[index] = answer
            if let variant = remote.variant(requests[index].variant) {
                remote.tape.keep(
                    answer, to: requests[index], of: variant.information.modelPath)
            }
        }
        return answers.compactMap(\.self)
    }

    public func probabilities(
        _ requests: [ChoiceRequest], isInterrupted: () -> Bool
    ) throws(TandemError) -> [[Double]]? {
        if let request = requests.first(where: { remote.variant($0.variant) != nil }) {
            throw TandemError(
                .unsupported,
                "\(request.variant) is remote: servers give no probability of a text of one's own",
                remedy: "ask it for its verdict in words, or take a local judge")
        }
        return try local.probabilities(requests, isInterrupted: isInterrupted)
    }

    public func tokenScores(
        _ requests: [TokenScoreRequest], isInterrupted: () -> Bool
    ) -> [Result<TokenScores, TandemError>]? {
        var results = requests.map { request in
            [request.author, request.variant].first { remote.variant($0) != nil }.map {
                Result<TokenScores, TandemError>.failure(Self.hasNoTokens($0))
            }
        }
        let own = results.indices.filter { results[$0] == nil }
        guard
            let scored = local.tokenScores(
                own.map { requests[$0] }, isInterrupted: isInterrupted)
        else { return nil }
        for (index, result) in zip(own, scored) { results[index] = result }
        return results.compactMap(\.self)
    }

    /// A server that scores a text (echo) splits it into tokens itself, which need not be the ones that
    /// were drawn; and the text of a rendered conversation is known to it alone.
    private static func hasNoTokens(_ name: String) -> TandemError {
        TandemError(
            .unsupported,
            "\(name) is remote: servers give and take text, and tell neither which tokens an answer "
                + "was drawn as nor how probable given ones are",
            remedy: "load the model's files to look at its tokens")
    }

    public func rendering(of prompt: Prompt, by variant: String) throws(TandemError) -> String {
        if remote.variant(variant) != nil {
            throw TandemError(.unsupported, "\(variant) is remote: its server renders prompts")
        }
        return try local.rendering(of: prompt, by: variant)
    }

    public func logProbabilities(
        _ requests: [ContinuationRequest], isInterrupted: () -> Bool
    ) throws(TandemError) -> [Result<[ContinuationProbability], TandemError>]? {
        let own = requests.indices.filter { remote.variant(requests[$0].variant) == nil }
        let computed = try local.logProbabilities(
            own.map { requests[$0] }, isInterrupted: isInterrupted)
        guard let computed else { return nil }
        var results = requests.map { request in
            Result<[ContinuationProbability], TandemError>.failure(
                TandemError(
                    .unsupported,
                    "\(request.variant) is remote: servers give no probability of a text of one's own"
                ))
        }
        for (index, result) in zip(own, computed) { results[index] = result }
        return results
    }

    // MARK: Memory, which only local variants take

    public var budget: MemoryBudget { local.budget }
    public var heldByteCount: Int { local.heldByteCount }

    public func setBudget(_ byteCount: Int?) throws(TandemError) { try local.setBudget(byteCount) }

    public func pin(_ name: String, _ isPinned: Bool) throws(TandemError) {
        if remote.variant(name) != nil {
            throw TandemError(.usage, "\(name) is remote and takes no memory here")
        }
        try local.pin(name, isPinned)
    }

    public func memory(of name: String) throws(TandemError) -> VariantMemory {
        guard let variant = remote.variant(name) else { return try local.memory(of: name) }
        return VariantMemory(
            state: .remote, ownByteCount: 0, sharedByteCount: 0, sharedWith: [],
            secondsSinceUse: variant.lastUse?.duration(to: .now).seconds)
    }

    public func canHoldTogether(_ names: [String]) -> Bool {
        local.canHoldTogether(names.filter { remote.variant($0) == nil })
    }

    public var onSwap: ((Swap) -> Void)? {
        get { local.onSwap }
        set { local.onSwap = newValue }
    }
}
