import HTTP
import LoopbackServer

/// Something that goes wrong on a server, what must come of it, and how often it must be asked.
struct Fault: Sendable, CustomStringConvertible {
    enum Outcome: Sendable, Equatable {
        case body(String)
        case failure(HTTPFailure.Kind)
    }

    let description: String
    /// What is done to the first request, the second, …; the last is repeated.
    let actions: [[ServerAction]]
    let outcome: Outcome
    let requests: Int

    init(
        _ description: String, _ actions: [[ServerAction]], _ outcome: Outcome, requests: Int
    ) {
        self.description = description
        self.actions = actions
        self.outcome = outcome
        self.requests = requests
    }

    static let all =
        statuses + retryAfter + advice + connections + bodies + breaches + recoveries

    /// Every class of status; only those that can pass are asked again.
    private static let statuses: [Fault] = {
        let passing: Set = [408, 409, 429, 500, 501, 502, 503, 504, 505, 507, 511, 520, 529, 599]
        let lasting = [
            300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 410,
            411,
            412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 431, 451, 499,
        ]
        return (passing.sorted() + lasting).map { status in
            Fault(
                "status \(status)", [[.answer(status, status == 304 ? "" : "{}"), .close]],
                .failure(.status(status)), requests: passing.contains(status) ? 3 : 1)
        }
            + [200, 201, 202, 203].map {
                Fault("status \($0)", [[.answer($0, "fine")]], .body("fine"), requests: 1)
            } + [
                Fault(
                    "status 204", [[.send("HTTP/1.1 204 No Content\r\n\r\n")]], .body(""),
                    requests: 1),
                Fault(
                    "informational before the answer",
                    [
                        [
                            .send("HTTP/1.1 102 Processing\r\nretry-after: 99\r\n\r\n"),
                            .answer(200, "fine"),
                        ]
                    ], .body("fine"), requests: 1),
            ]
    }()

    private static func asks(_ headers: String...) -> [[ServerAction]] {
        [[.answer(503, "{}", headers: headers), .close], [.answer(200, "fine")]]
    }

    private static let retryAfter: [Fault] =
        [
            ("Retry-After: 0", true), ("Retry-After: 0.002", true), ("retry-after-ms: 2", true),
            ("retry-after-ms: 1.5", true), ("Retry-After: -5", true), ("Retry-After: soon", true),
            ("Retry-After:", true), ("Retry-After: NaN", true), ("Retry-After: 1 2", true),
            ("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", true),
            ("Retry-After: Wednesday, 21-Oct-15 07:28:00 GMT", true),
            ("Retry-After: Wed Oct 21 07:28:00 2015", true), ("retry-after-ms: x", true),
            ("Retry-After: Wed, 21 Oct 2093 07:28:00 GMT", false), ("Retry-After: 3600", false),
            ("Retry-After: 60.5", false), ("retry-after-ms: 3600000", false),
            ("Retry-After: 99999999999999999999999999", false),
        ].map { header, isAskedAgain in
            Fault(
                header, asks(header), isAskedAgain ? .body("fine") : .failure(.status(503)),
                requests: isAskedAgain ? 2 : 1)
        } + [
            Fault(
                "milliseconds before seconds", asks("Retry-After: 3600", "retry-after-ms: 2"),
                .body("fine"), requests: 2)
        ]

    private static func says(_ status: Int, _ code: String) -> [[ServerAction]] {
        let error: JSONText = "{\"error\": {\"message\": \"no\", \"code\": \"\(code)\"}}"
        return [[.answer(status, error), .close]]
    }
    private typealias JSONText = String

    private static let advice = [
        Fault(
            "the quota is exhausted", says(429, "insufficient_quota"), .failure(.status(429)),
            requests: 1),
        Fault(
            "the context is too long", says(500, "context_length_exceeded"),
            .failure(.status(500)), requests: 1),
        Fault(
            "too many requests", says(429, "rate_limit_exceeded"), .failure(.status(429)),
            requests: 3),
        Fault(
            "advice not to ask again",
            [[.answer(500, "", headers: ["x-should-retry: false"]), .close]],
            .failure(.status(500)), requests: 1),
        Fault(
            "advice to ask again",
            [[.answer(400, "", headers: ["x-should-retry: true"]), .close]],
            .failure(.status(400)), requests: 3),
    ]

    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
    private static let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static let connections = [
        ("closed without an answer", [.close]), ("reset without an answer", [.reset]),
        ("closed in the status line", [.send("HTTP/1.1 2"), .close]),
        ("reset in the headers", [.send("HTTP/1.1 200 OK\r\nContent-"), .reset]),
        ("closed in a body with a length", [.send(head + "part"), .close]),
        ("reset in a body with a length", [.send(head + "part"), .wait(seconds: 0.05), .reset]),
        ("closed in a chunk", [.send(chunkedHead + "10\r\npart"), .close]),
        ("a chunk without a size", [.send(chunkedHead + "zz\r\nfine\r\n"), .close]),
        ("closed between chunks", [.send(chunkedHead + "4\r\npart\r\n"), .close]),
    ].map { (name: String, actions: [ServerAction]) in
        Fault(name, [actions], .failure(.connection), requests: 3)
    }

    private static let bodies = [
        Fault("stalls before the answer", [[.stall]], .failure(.timeout), requests: 3),
        Fault(
            "stalls in the status line", [[.send("HTTP/1.1"), .stall]], .failure(.timeout),
            requests: 3),
        Fault(
            "stalls in the body", [[.send(head + "part"), .stall]], .failure(.timeout), requests: 3),
        Fault(
            "a body that says it is too large",
            [[.send("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + filling), .stall]],
            .failure(.oversized), requests: 1),
        Fault(
            "a body that grows too large", [[.send(chunkedHead + "800\r\n" + filling), .stall]],
            .failure(.oversized), requests: 1),
        Fault(
            "an error that grows too large",
            [[.send("HTTP/1.1 500 X\r\nContent-Length: 3000\r\n\r\n" + filling), .stall]],
            .failure(.oversized), requests: 1),
        Fault(
            "an error that is cut short",
            [[.send("HTTP/1.1 400 X\r\nContent-Length: 100\r\n\r\n{"), .close]],
            .failure(.status(400)), requests: 1),
        Fault(
            "a body up to the end of the connection",
            [[.send("HTTP/1.1 200 OK\r\n\r\nfine"), .close]], .body("fine"), requests: 1),
        Fault(
            "chunks of one byte",
            [[.send(chunkedHead + "1\r\nf\r\n1\r\ni\r\n1\r\nn\r\n1\r\ne\r\n0\r\n\r\n")]],
            .body("fine"), requests: 1),
    ]
    private static let filling = String(repeating: "x", count: 2048)

    private static let breaches = [
        ("no HTTP", "SSH-2.0-x\r\n"), ("a version of the future", "HTTP/9.9 200 OK\r\n\r\n"),
        ("a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        (
            "a header beyond all measure",
            "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 400_000) + "\r\n\r\n"
        ),
    ].map { name, text in
        Fault(name, [[.send(text), .close]], .failure(.malformed), requests: 1)
    }

    private static let recoveries = [
        Fault(
            "an error, then an answer", [[.answer(500, ""), .close], [.answer(200, "fine")]],
            .body("fine"), requests: 2),
        Fault(
            "two errors, then an answer",
            [[.answer(502, ""), .close], [.reset], [.answer(200, "fine")]], .body("fine"),
            requests: 3),
        Fault(
            "an error that passes, then one that stays",
            [[.answer(429, ""), .close], [.answer(400, ""), .close]], .failure(.status(400)),
            requests: 2),
        Fault(
            "part of a body, then all of it",
            [[.send(head + "half"), .close], [.answer(200, "fine")]], .body("fine"), requests: 2),
    ]
}
