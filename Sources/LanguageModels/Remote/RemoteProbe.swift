import Basics
import HTTP

/// Finds out what a server does by asking it: about eight requests of a few tokens.
///
/// Interfaces that look alike do different things without saying so: a server may take `echo` or
/// `seed` and do nothing with it. So each finding is read from an answer.
struct RemoteProbe {
    let client: HTTPClient
    let server: RemoteServer
    let isInterrupted: () -> Bool
    var tokenLimitField = "max_tokens"

    init(_ client: HTTPClient, _ server: RemoteServer, isInterrupted: @escaping () -> Bool) {
        self.client = client
        self.server = server
        self.isInterrupted = isInterrupted
    }

    static let question: JSON = [["role": "user", "content": "Count to three."]]
    static let text = "One, two, three,"

    /// - Throws: `network` where the server cannot be reached, wants another key, or does neither
    ///   conversations nor completions.
    mutating func run() throws(TandemError) -> RemoteCapabilities {
        let chat = try chat()
        let (completions, echo) = try completions()
        if let first = chat.reason, let second = completions.reason {
            throw TandemError(
                .network,
                "\(server.base.text) does not answer for \(server.model): \(first); as completion: "
                    + second,
                remedy: "look at the address, the model's name and the key")
        }
        let path = chat.isYes ? "/chat/completions" : "/completions"
        var capabilities = RemoteCapabilities(
            template: chat, completions: completions, logprobs: .no("no chat"), echo: echo,
            seed: try seed(path), countsTokens: try countsTokens(path),
            tokenLimitField: tokenLimitField)
        if chat.isYes { capabilities.logprobs = try logprobs() }
        return capabilities
    }

    /// The answer to a request, or why there is none.
    enum Reply {
        case body(JSON)
        case refused(HTTPFailure)

        var reason: String? {
            if case .refused(let failure) = self { failure.message } else { nil }
        }
        var json: JSON? { if case .body(let json) = self { json } else { nil } }
    }

    /// - Throws: where other requests cannot fare better.
    func ask(_ path: String, _ fields: (String, JSON)...) throws(TandemError) -> Reply {
        var body = JSONObject()
        body["model"] = .string(server.model)
        if path == "/completions" {
            body["prompt"] = .string(Self.text)
        } else {
            body["messages"] = Self.question
        }
        for (name, value) in fields { body[name] = value }
        let bytes: [UInt8]
        do throws(HTTPFailure) {
            bytes = try client.body(
                of: server.post(path, .object(body)), isInterrupted: isInterrupted)
        } catch {
            switch error.kind {
            case .status(401), .status(403), .status(429): throw error.error
            case .status: return .refused(error)
            default: throw error.error
            }
        }
        let text = server.redacted(String(decoding: bytes, as: UTF8.self))
        guard let json = try? JSON.parse(text) else {
            return .refused(HTTPFailure(.malformed, "it answers with what is no JSON"))
        }
        if let error = json["error"], error != .null {
            return .refused(HTTPFailure(.refused, ServerMessage(json)?.text ?? "an error"))
        }
        return .body(json)
    }
}
