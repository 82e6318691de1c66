import Basics
import HTTP

/// Finds out what a server does by asking it: about eight requests of a few tokens.
///
/// Interfaces that look alike do different things without saying so: a server may take `echo` or
/// `seed` and do nothing with it. So each finding is read from an answer.
struct RemoteProbe {
    private let client: HTTPClient
    private let server: RemoteServer
    private let isInterrupted: () -> Bool
    private var tokenLimitField = "max_tokens"

    init(_ client: HTTPClient, _ server: RemoteServer, isInterrupted: @escaping () -> Bool) {
        self.client = client
        self.server = server
        self.isInterrupted = isInterrupted
    }

    private static let question: JSON = [["role": "user", "content": "Count to three."]]
    private static let text = "One, two, three,"

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
    private enum Reply {
        case body(JSON)
        case refused(HTTPFailure)

        var reason: String? {
            if case .refused(let failure) = self { failure.message } else { nil }
        }
        var json: JSON? { if case .body(let json) = self { json } else { nil } }
    }

    /// - Throws: where other requests cannot fare better.
    private func ask(_ path: String, _ fields: (String, JSON)...) throws(TandemError) -> Reply {
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

    private mutating func chat() throws(TandemError) -> RemoteCapabilities.Finding {
        let path = "/chat/completions"
        var reply = try ask(path, (tokenLimitField, 4), ("temperature", 0))
        if let reason = reply.reason, reason.contains("max_completion_tokens") {
            tokenLimitField = "max_completion_tokens"
            reply = try ask(path, (tokenLimitField, 4), ("temperature", 0))
        }
        guard let json = reply.json else { return .no(reply.reason ?? "") }
        return Self.choice(json)?["message"]?.object != nil
            ? .yes : .no("its answer has no message")
    }

    /// What completions do, and whether they score the prompt: a server that takes `echo` and gives
    /// other than one entry for each token would make every score wrong.
    private func completions() throws(TandemError) -> (
        RemoteCapabilities.Finding, echo: RemoteCapabilities.Finding
    ) {
        let path = "/completions"
        let scored = try ask(
            path, ("max_tokens", 1), ("temperature", 0), ("logprobs", 1), ("echo", true))
        if let json = scored.json, let choice = Self.choice(json) {
            return (
                choice["text"]?.string == nil ? .no("its answer has no text") : .yes,
                Self.echo(choice, json)
            )
        }
        let plain = try ask(path, ("max_tokens", 1), ("temperature", 0))
        guard let json = plain.json, Self.choice(json)?["text"]?.string != nil else {
            return (.no(plain.reason ?? "its answer has no text"), .no("no completions"))
        }
        return (.yes, .no(scored.reason ?? "its answer has no choice"))
    }

    private static func echo(_ choice: JSON, _ json: JSON) -> RemoteCapabilities.Finding {
        guard let values = choice["logprobs"]?["token_logprobs"]?.array else {
            return .no("its answer has no token_logprobs")
        }
        guard choice["text"]?.string?.hasPrefix(text) == true else {
            return .no("it takes echo and does not repeat the prompt")
        }
        if let count = json["usage"]?["prompt_tokens"]?.integer, values.count != count + 1 {
            return .no("\(values.count) log-probabilities for \(count) + 1 tokens")
        }
        guard values.first == .null, values.count > 2,
            values.dropFirst().allSatisfy({ $0.double != nil })
        else { return .no("it does not score every token of the prompt") }
        return .yes
    }

    private func logprobs() throws(TandemError) -> RemoteCapabilities.Finding {
        let reply = try ask(
            "/chat/completions", (tokenLimitField, 2), ("temperature", 0), ("logprobs", true),
            ("top_logprobs", 5))
        guard let json = reply.json else { return .no(reply.reason ?? "") }
        let first = Self.choice(json)?["logprobs"]?["content"]?.array?.first
        guard first?["logprob"]?.double != nil, first?["top_logprobs"]?.array?.isEmpty == false
        else { return .no("it takes logprobs and gives none") }
        return .yes
    }

    private func seed(_ path: String) throws(TandemError) -> RemoteCapabilities.Finding {
        var texts: [String] = []
        for seed in [11, 11, 12] {
            let reply = try ask(
                path, (path == "/completions" ? "max_tokens" : tokenLimitField, 16),
                ("temperature", 1), ("seed", .integer(seed)))
            guard let json = reply.json, let choice = Self.choice(json),
                let text = (choice["message"]?["content"] ?? choice["text"])?.string
            else { return .no(reply.reason ?? "its answer has no text") }
            texts.append(text)
        }
        if texts[0] != texts[1] { return .no("one seed gave two texts") }
        return texts[0] == texts[2] ? .no("two seeds gave one text") : .yes
    }

    private func countsTokens(_ path: String) throws(TandemError) -> Bool {
        var fields = JSONObject()
        fields["model"] = .string(server.model)
        fields["messages"] = path == "/completions" ? nil : Self.question
        fields["prompt"] = path == "/completions" ? .string(Self.text) : nil
        fields[path == "/completions" ? "max_tokens" : tokenLimitField] = 1
        fields["stream"] = true
        fields["stream_options"] = ["include_usage": true]
        do throws(HTTPFailure) {
            let bytes = try client.body(
                of: server.post(path, .object(fields)), isInterrupted: isInterrupted)
            return String(decoding: bytes, as: UTF8.self).contains("completion_tokens")
        } catch {
            if case .status = error.kind { return false }
            throw error.error
        }
    }

    private static func choice(_ json: JSON) -> JSON? { json["choices"]?.array?.first }
}
