import Basics
import LanguageModels
import LoopbackServer

/// Something that goes wrong above HTTP, and the one right answer.
struct StreamFault: Sendable, CustomStringConvertible {
    let description: String
    let actions: [ServerAction]
    let text: String
    let finish: FinishReason
    let requests: Int

    init(
        _ description: String, _ actions: [ServerAction], text: String = "",
        _ finish: FinishReason, requests: Int = 1
    ) {
        self.description = description
        self.actions = actions
        self.text = text
        self.finish = finish
        self.requests = requests
    }

    private static func stream(_ events: [ServerAction], _ end: ServerAction = .close)
        -> [ServerAction]
    {
        [.streamHead] + events + [end]
    }

    private static let part = ServerAction.event(RemoteFixture.delta("part"))
    private static let stop = ServerAction.event(RemoteFixture.end())
    private static let done = ServerAction.event("[DONE]")
    private static let error: JSON = ["error": ["message": "overloaded", "code": 503]]
    private static let answer: JSON = [
        "choices": [["message": ["content": "whole"], "finish_reason": "stop"]]
    ]

    static let all = whole + broken

    private static let whole = [
        StreamFault("a finish reason without [DONE]", stream([part, stop]), text: "part", .stop),
        StreamFault("[DONE] without a finish reason", stream([part, done]), text: "part", .stop),
        StreamFault(
            "nothing after [DONE] is read", stream([part, stop, done, .event("{"), part], .stall),
            text: "part", .stop),
        StreamFault("an answer without text", stream([stop, done]), .stop),
        StreamFault(
            "the limit of tokens", stream([part, .event(RemoteFixture.end("length")), done]),
            text: "part", .length),
        StreamFault(
            "a reason of its own", stream([part, .event(RemoteFixture.end("eos")), done]),
            text: "part", .stop),
        StreamFault(
            "comments, events without text, other choices",
            stream([
                .send(": wait\n\n"), .event(["choices": [["delta": ["role": "assistant"]]]]),
                .event(["choices": [["index": 1, "delta": ["content": "other"]]]]),
                .event(["choices": [["delta": ["content": nil]]]]), part, stop, done,
            ]), text: "part", .stop),
        StreamFault(
            "carriage returns and a byte order mark",
            stream([
                .send("\u{FEFF}data: " + RemoteFixture.delta("part").text + "\r\n\r\n"),
                .send("data: [DONE]\r\r"),
            ]), text: "part", .stop),
        StreamFault("one object in the place of a stream", [.json(answer)], text: "whole", .stop),
        StreamFault(
            "an error, then an answer", [.json(500, error), .close], .error, requests: 3),
    ]

    private static let broken = [
        StreamFault("an empty stream", stream([]), .error, requests: 3),
        StreamFault("cut after a part", stream([part]), text: "part", .error),
        StreamFault(
            "reset after a part", stream([part, .wait(seconds: 0.1)], .reset), text: "part", .error),
        StreamFault("reset before any text", stream([], .reset), .error, requests: 3),
        StreamFault(
            "the last event is cut", stream([part, .send("data: [DONE]\n")]), text: "part", .error),
        StreamFault("an error after 200", stream([.event(error)], .stall), .error),
        StreamFault(
            "an error after a part", stream([part, .event(error)], .stall), text: "part", .error),
        StreamFault(
            "an event called error", stream([part, .send("event: error\ndata: {}\n\n")], .stall),
            text: "part", .error),
        StreamFault("an error in the place of an object", [.json(error)], .error),
        StreamFault(
            "an event that is no JSON", stream([part, .event("{\"choices\":")], .stall),
            text: "part", .error),
        StreamFault("an event that is no object", stream([.event("[]")], .stall), .error),
        StreamFault("no choices", stream([.event(["id": "x"])], .stall), .error),
        StreamFault("an object that is no answer", [.json(["id": "x"])], .error),
        StreamFault("no JSON in the place of an object", [.answer(200, "<html>")], .error),
        StreamFault(
            "bytes that are no UTF-8",
            stream([part, .send(Array("data: ".utf8) + [0xFF, 0x0A])], .stall),
            text: "part", .error),
        StreamFault(
            "the content filter",
            stream([part, .event(RemoteFixture.end("content_filter")), done]),
            text: "part", .error),
        StreamFault(
            "a call of a tool", stream([.event(RemoteFixture.end("tool_calls")), done]), .error),
        StreamFault(
            "more than the limit",
            stream([part, .send(": " + String(repeating: "x", count: 5000))], .stall), text: "part",
            .error),
        StreamFault("a redirect", [.answer(302, "", headers: ["Location: /"]), .close], .error),
        StreamFault("the wrong key", [.answer(401, ""), .close], .error),
    ]
}
