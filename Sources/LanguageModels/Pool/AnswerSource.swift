import Basics

/// What loads variants and answers prompts with them. Used from one thread.
public protocol AnswerSource: AnyObject {
    /// The variants, in the order of loading.
    var variants: [VariantInformation] { get }

    /// Loads a model as `name`, with an adapter on it if one is given.
    /// - Parameter quantization: what F32, F16 or BF16 weights are rounded to; nil: they stay.
    /// - Throws: `notFound`, `malformed`, `unsupported`, `mismatch`; `limit` where it cannot fit into
    ///   memory; nothing is loaded then.
    func load(
        path: String, name: String, adapterPath: String?, quantization: Quantization?
    ) throws(TandemError) -> VariantInformation

    /// Puts a PEFT adapter on the loaded variant `base`; both share the base's weights.
    func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation

    /// Takes a model of an OpenAI-compatible server as `name`, after asking what the server does.
    /// - Parameter address: `URL#MODEL`, or `URL` where the server has one model.
    /// - Throws: `usage` for an address that may not be asked; `notFound` for a key or a model that
    ///   is not there; `network`; `unsupported` where this source has no remote variants.
    func connect(
        to address: String, name: String, _ options: RemoteOptions,
        isInterrupted: @escaping () -> Bool
    ) throws(TandemError) -> VariantInformation

    func unload(_ name: String) throws(TandemError)

    /// Which variant answers under this name.
    func identity(of name: String) throws(TandemError) -> VariantIdentity

    /// Generates all answers, and returns them in the order of the requests.
    ///
    /// Requests to variants of one model are answered together, as many as there is memory for. Models
    /// take turns, those in memory first; where they do not fit together, one goes out before the next
    /// comes in, and so it is with the adapters of a model.
    /// Blocks; events come on the calling thread, in the order they happen. A request that fails
    /// alone (its prompt does not fit, its template fails, there is no room for its model, a value is
    /// not finite) ends with `finish` `error`.
    /// - Throws: `notFound` for a variant that is not loaded, before anything is generated.
    func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer]

    /// The probability of each choice as the next text of an answer; what a longer choice takes is
    /// not counted for a shorter one that it begins with.
    /// - Returns: [requests][choices]; nil when interrupted.
    /// - Throws: `notFound`; `unsupported` for a variant whose probabilities cannot be read.
    func probabilities(_ requests: [ChoiceRequest], isInterrupted: () -> Bool)
        throws(TandemError) -> [[Double]]?

    /// How probable tokens are behind a prompt, for local variants.
    /// - Returns: for each request its scores, or why there are none: `unsupported` where a server
    ///   takes part, `mismatch` for tokens of another vocabulary, `notFound`, and what rendering,
    ///   loading and scoring refuse. Nil when interrupted.
    func tokenScores(_ requests: [TokenScoreRequest], isInterrupted: () -> Bool)
        -> [Result<TokenScores, TandemError>]?

    /// How probable each continuation of a prompt is.
    /// - Returns: for each request its continuations in order, or why there is nothing: `unsupported`
    ///   for a remote variant, what rendering the prompt refuses, what does not fit. Nil when
    ///   interrupted.
    /// - Throws: `notFound` for a variant that is not loaded.
    func logProbabilities(_ requests: [ContinuationRequest], isInterrupted: () -> Bool)
        throws(TandemError) -> [Result<[ContinuationProbability], TandemError>]?

    /// A prompt as a variant is given it: a conversation in its chat template, or the text itself.
    /// - Throws: `notFound`; `unsupported` for a remote variant, and without a template.
    func rendering(of prompt: Prompt, by variant: String) throws(TandemError) -> String

    /// What is told of what servers say, or says it in their place; nil where there are no servers.
    var tape: RemoteTape? { get }

    /// How much memory may be taken.
    var budget: MemoryBudget { get }

    /// Changes the budget; what no longer fits goes out, the least recently used first.
    /// - Parameter byteCount: nil: the share of free memory that was taken at the start.
    /// - Throws: `limit` when what is pinned takes more.
    func setBudget(_ byteCount: Int?) throws(TandemError)

    /// Bytes of weights, adapters and kept keys and values in memory.
    var heldByteCount: Int { get }

    /// Keeps a variant in memory, its adapter and the base that it needs, or no longer. What is out
    /// comes in.
    /// - Throws: `notFound`; `limit` where they do not fit.
    func pin(_ name: String, _ isPinned: Bool) throws(TandemError)

    /// - Throws: `notFound`.
    func memory(of name: String) throws(TandemError) -> VariantMemory

    /// Whether these variants can be in memory at the same time; false for an unknown one.
    func canHoldTogether(_ names: [String]) -> Bool

    /// Called after weights went out, or came in again.
    var onSwap: ((Swap) -> Void)? { get set }
}

extension AnswerSource {
    public var tape: RemoteTape? { nil }

    public func connect(
        to address: String, name: String, _ options: RemoteOptions,
        isInterrupted: @escaping () -> Bool
    ) throws(TandemError) -> VariantInformation {
        throw TandemError(.unsupported, "there are no remote variants here")
    }

    /// Loads a model with its weights as they are.
    public func load(path: String, name: String, adapterPath: String?) throws(TandemError)
        -> VariantInformation
    {
        try load(path: path, name: name, adapterPath: adapterPath, quantization: nil)
    }
}
