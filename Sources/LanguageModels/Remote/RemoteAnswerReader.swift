import Basics
import HTTP

/// Reads an answer from a stream of events, or from one JSON object where the server does not stream.
struct RemoteAnswerReader {
    private(set) var text = ""
    private(set) var finish: FinishReason?
    /// What to know about the end besides `finish`.
    private(set) var detail: String?
    private(set) var promptTokenCount: Int?
    private(set) var tokenCount: Int?
    /// An error that came in the place of an answer, or in the middle of it.
    private(set) var failure: HTTPFailure?
    private var isDone = false
    private let isStream: Bool
    private var events = ServerSentEvents()
    private var body: [UInt8] = []
    private let server: RemoteServer

    init(_ server: RemoteServer, contentType: String) {
        self.server = server
        isStream = !contentType.hasSuffix("json")
    }

    /// - Returns: the text that has come with `bytes`, and whether nothing more is to be read.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> (text: String, isOver: Bool) {
        guard isStream else {
            body += bytes
            return ("", false)
        }
        var added = ""
        var complete: [ServerSentEvents.Event] = []
        var damage: HTTPFailure?
        do throws(TandemError) {
            try events.append(bytes, to: &complete)
        } catch {
            damage = HTTPFailure(.malformed, error.message)
        }
        for event in complete where !isDone && failure == nil { added += read(event) }
        if !isDone, failure == nil { failure = damage }
        text += added
        return (added, isDone || failure != nil)
    }

    /// The stream, or the body, is over.
    /// - Returns: the text of a body, and why this is no whole answer.
    mutating func end() -> (text: String, failure: HTTPFailure?) {
        var added = ""
        if !isStream {
            do throws(TandemError) {
                added = take(try JSON.parse(redactedBody), "message")
            } catch {
                failure = HTTPFailure(
                    .malformed, "\(server.base.authority) answers with what is no JSON")
            }
            text += added
        }
        if failure == nil, finish == nil, !isDone {
            failure = HTTPFailure(
                .connection, "\(server.base.authority) ended the answer before it was whole")
        }
        return (added, failure)
    }

    private var redactedBody: [UInt8] {
        guard let text = String(validating: body, as: UTF8.self) else { return body }
        return Array(server.redacted(text).utf8)
    }

    private mutating func read(_ event: ServerSentEvents.Event) -> String {
        let data = server.redacted(event.data)
        if data == "[DONE]" {
            isDone = true
            return ""
        }
        guard let json = try? JSON.parse(data), json.object != nil else {
            failure = HTTPFailure(
                .malformed, "\(server.base.authority) sends an event that is no JSON object")
            return ""
        }
        if event.name == "error" {
            refuse(json)
            return ""
        }
        return take(json, "delta")
    }

    private mutating func refuse(_ json: JSON) {
        let message = ServerMessage(json)
        failure = HTTPFailure(
            .refused,
            "\(server.base.authority) gives up: " + (message?.text ?? "it does not say why"))
        failure?.serverCode = message?.code
    }

    /// - Parameter part: where the text of a choice stands in a conversation.
    /// - Returns: the text.
    private mutating func take(_ json: JSON, _ part: String) -> String {
        if let error = json["error"], error != .null {
            refuse(json)
            return ""
        }
        if let usage = json["usage"], usage.object != nil {
            promptTokenCount = usage["prompt_tokens"]?.integer
            tokenCount = usage["completion_tokens"]?.integer
        }
        guard let choices = json["choices"]?.array else {
            failure = HTTPFailure(
                .malformed, "\(server.base.authority) answers without choices")
            return ""
        }
        guard let choice = choices.first(where: { ($0["index"]?.integer ?? 0) == 0 }) else {
            return ""
        }
        if let reason = choice["finish_reason"]?.string { end(reason) }
        return (choice[part]?["content"] ?? choice["text"])?.string ?? ""
    }

    private mutating func end(_ reason: String) {
        switch reason {
        case "stop", "eos", "eos_token", "stop_sequence": finish = .stop
        case "length": finish = .length
        case "content_filter", "tool_calls", "function_call", "error":
            finish = .error
            detail = "the server ended the answer with \(reason)"
        default:
            finish = .stop
            detail = "the server ended the answer with \(reason)"
        }
    }
}
