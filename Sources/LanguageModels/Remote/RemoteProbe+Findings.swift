import Basics
import HTTP

/// What the answers show, one ability at a time.
extension RemoteProbe {
    mutating func chat() throws(TandemError) -> RemoteCapabilities.Finding {
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
    func completions() throws(TandemError) -> (
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

    func logprobs() throws(TandemError) -> RemoteCapabilities.Finding {
        let reply = try ask(
            "/chat/completions", (tokenLimitField, 2), ("temperature", 0), ("logprobs", true),
            ("top_logprobs", 5))
        guard let json = reply.json else { return .no(reply.reason ?? "") }
        let first = Self.choice(json)?["logprobs"]?["content"]?.array?.first
        guard first?["logprob"]?.double != nil, first?["top_logprobs"]?.array?.isEmpty == false
        else { return .no("it takes logprobs and gives none") }
        return .yes
    }

    func seed(_ path: String) throws(TandemError) -> RemoteCapabilities.Finding {
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

    func countsTokens(_ path: String) throws(TandemError) -> Bool {
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
