import Basics
import HTTP

/// What servers said: handed on to be recorded, or given again in their place.
///
/// Records: `connection`, what a server was seen to do when it was asked at load; and `reply`, an answer
/// by the digest of what it answers (server, model, prompt, settings). Neither holds a key.
public final class RemoteTape {
    /// Told what servers said, as it comes.
    public var onRecord: ((JSON) -> Void)?
    private let connections: [String: JSON]
    /// By request, in the order in which they came.
    private var replies: [String: [JSON]]
    /// Requests that it had no reply to.
    public private(set) var missingCount = 0
    /// Whether servers are left alone.
    let isReplaying: Bool

    /// - Parameter replaying: records to answer from; nil: servers are asked.
    public init(replaying records: [JSON]? = nil) {
        isReplaying = records != nil
        var (connections, replies) = ([String: JSON](), [String: [JSON]]())
        for record in records ?? [] {
            switch record["type"] {
            case "connection": connections[record["address"]?.string ?? ""] = record
            case "reply": replies[record["request"]?.string ?? "", default: []].append(record)
            default: break
            }
        }
        self.connections = connections
        self.replies = replies
    }

    // MARK: Connections

    /// - Parameter address: as it was written.
    func keep(_ variant: RemoteVariant, address: String) {
        let capabilities = variant.capabilities
        var findings = JSONObject()
        for (name, finding) in capabilities.findings {
            findings[name] = finding.reason.map { .string($0) } ?? true
        }
        onRecord?([
            "type": "connection", "address": .string(address),
            "model": .string(variant.server.model), "capabilities": .object(findings),
            "counts_tokens": .bool(capabilities.countsTokens),
            "token_limit_field": .string(capabilities.tokenLimitField),
        ])
    }

    /// The variant as it was when it was recorded.
    /// - Throws: `notFound` where the recording does not know the address.
    func variant(
        named name: String, at text: String, _ address: RemoteAddress, price: TokenPrice?
    ) throws(TandemError) -> RemoteVariant {
        guard let record = connections[text], let model = record["model"]?.string else {
            throw TandemError(
                .notFound, "the recording knows no server \(text)",
                remedy: "ask the server itself with --live", culprit: text)
        }
        onRecord?(record)
        func finding(_ name: String) -> RemoteCapabilities.Finding {
            let value = record["capabilities"]?[name]
            return value == true ? .yes : .no(value?.string ?? "not recorded")
        }
        let capabilities = RemoteCapabilities(
            template: finding("template"), completions: finding("completions"),
            logprobs: finding("logprobs"), echo: finding("echo"), seed: finding("seed"),
            countsTokens: record["counts_tokens"] == true,
            tokenLimitField: record["token_limit_field"]?.string ?? "max_tokens")
        return RemoteVariant(
            name: name, RemoteServer(base: address.base, model: model, key: nil), capabilities,
            price: price, seconds: 0)
    }

    // MARK: Replies

    /// - Parameter server: its address and model, `URL#MODEL`.
    public func keep(_ answer: Answer, to request: GenerationRequest, of server: String) {
        if answer.finish == .interrupted { return }
        onRecord?([
            "type": "reply", "server": .string(server),
            "request": .string(Self.digest(request, server)), "text": .string(answer.text),
            "finish": .string(answer.finish.rawValue),
            "detail": answer.detail.map { .string($0) } ?? nil,
            "tokens": answer.tokenCount.map { .integer($0) } ?? nil,
            "prompt_tokens": .integer(answer.promptTokenCount),
            "status": answer.serverStatus.map { .integer($0) } ?? nil,
        ])
    }

    /// What the server said to this request; where it was asked several times, in that order, the last
    /// one as often as it is asked for.
    func answer(to request: GenerationRequest, of variant: RemoteVariant) -> Answer {
        let server = variant.information.modelPath
        let key = Self.digest(request, server)
        guard let record = replies[key]?.first,
            let finish = record["finish"]?.string.flatMap(FinishReason.init)
        else {
            var answer = Answer(
                unbegun: request, .error,
                "the recording has no reply of \(server) to this prompt; --live asks the server")
            // The next way of asking for a form may be the recorded one.
            if request.responseFormat == nil {
                missingCount += 1
            } else {
                answer.serverStatus = 400
            }
            answer.numerics = nil
            return answer
        }
        if let rest = replies[key]?.dropFirst(), !rest.isEmpty { replies[key] = Array(rest) }
        onRecord?(record)
        var answer = Answer(
            variant: request.variant, text: record["text"]?.string ?? "", tokenIDs: [],
            promptTokenCount: record["prompt_tokens"]?.integer ?? 0, finish: finish,
            detail: record["detail"]?.string, firstTokenMilliseconds: 0, tokensPerSecond: 0,
            seed: request.settings.seed, numerics: nil)
        answer.tokenCount = record["tokens"]?.integer
        answer.serverStatus = record["status"]?.integer
        return answer
    }

    private static func digest(_ request: GenerationRequest, _ server: String) -> String {
        let settings = request.settings
        let prompt: JSON =
            switch request.prompt {
            case .completion(let text): .string(text)
            case .chat(let messages):
                .array(messages.map { [.string($0.role), .string($0.content)] })
            }
        let parts: JSON = [
            "server": .string(server), "prompt": prompt,
            "format": request.responseFormat ?? nil, "temperature": .number(settings.temperature),
            "top_k": .integer(settings.topK), "top_p": .number(settings.topP),
            "min_p": .number(settings.minP),
            "repetition_penalty": .number(settings.repetitionPenalty),
            "seed": .string(String(settings.seed)), "max_tokens": .integer(settings.maxTokens),
            "stop": .array(settings.stop.map { .string($0) }),
        ]
        return SHA256.hex(parts.text)
    }
}
