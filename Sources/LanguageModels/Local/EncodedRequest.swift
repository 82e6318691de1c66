import Basics
import Inference

/// A request whose prompt is tokens, and what its answer may take at most.
struct EncodedRequest {
    let request: GenerationRequest
    /// In the list of requests.
    let index: Int
    let variant: LocalVariant
    let prompt: [Int32]
    /// The most tokens of prompt and answer.
    let contextLimit: Int
    private let size: KeyValueSize

    /// - Throws: what the prompt's rendering and encoding refuse; `limit` for a prompt that fills the
    ///   context.
    init(_ request: GenerationRequest, index: Int, variant: LocalVariant) throws(TandemError) {
        let model = variant.model
        let prompt = try model.encode(request.prompt)
        let configuration = model.file.configuration
        let limit = min(request.settings.contextLength ?? .max, configuration.contextLength)
        guard prompt.count < limit else {
            throw TandemError(
                .limit,
                "the prompt has \(prompt.count) tokens; the context of \(limit) has no room for an "
                    + "answer",
                remedy: "shorten it, start anew with /clear, or /set context higher")
        }
        self.request = request
        self.index = index
        self.variant = variant
        self.prompt = prompt
        contextLimit = limit
        size = KeyValueSize(configuration, request.settings.numerics)
    }

    /// Tokens whose keys and values are held at the end of the longest answer.
    private var longest: Int { min(prompt.count + request.settings.maxTokens, contextLimit) }

    /// Bytes of keys and values of the prompt.
    var promptByteCount: Int { size.byteCount(positions: prompt.count) }
    /// Bytes of keys and values at the end of the longest answer.
    var byteCount: Int { size.byteCount(positions: longest) }

    /// The most tokens whose keys and values fit into `byteCount`.
    func positions(within byteCount: Int) -> Int {
        size.positions(within: byteCount, limit: longest)
    }
}
