import Basics
import LoopbackServer
import TestSupport

/// Ten questions that `base` answers wrong where the number is even, `tuned` where it is 10, and a
/// judge that knows.
struct JudgedRun {
    let server: LoopbackServer
    let folder: TestSupport.TemporaryFolder

    init() throws {
        server = try ModelServer.start { request, _ in Self.answer(request) }
        folder = try TestSupport.TemporaryFolder()
        try TestFile.write(
            (1...10).map {
                "{\"id\": \"q\($0)\", \"prompt\": \"Say \($0)\", \"reference\": \"yes\"}\n"
            }
            .joined(), to: folder("rows.jsonl"))
    }

    /// Loads the variants, and runs the rows.
    var script: String {
        """
        /load \(server.address)#small as base
        /load \(server.address)#large as tuned
        /load \(server.address)#large as judge
        /lineup base tuned
        /run rows.jsonl em

        """
    }

    func run(_ lines: String, _ arguments: [String] = ["run", "-", "--json"]) throws -> RemoteRun {
        try RemoteRun(arguments, script: script + lines, in: folder)
    }

    static func events(_ run: RemoteRun, _ name: String) throws -> [JSON] {
        try run.output.split(separator: "\n").map { try JSON.parse(String($0)) }
            .filter { $0["event"]?.string == name }
    }

    /// Those that a judge was asked.
    var judgeCalls: Int {
        server.requests.compactMap(\.json).count {
            $0["messages"]?.array?.first?["role"]?.string == "system"
        }
    }

    private static func answer(_ request: ReceivedRequest) -> [ServerAction] {
        let messages = request.json?["messages"]?.array ?? []
        let system = messages.first?["content"]?.string ?? ""
        let asked = messages.last?["content"]?.string ?? ""
        if system.contains("You score answers") {
            let points: JSON = asked.contains("\nyes\n") ? 3 : 1
            let verdict: JSON = [
                "reason": "It \u{1B}[31mis so.",
                "criteria": [
                    "correctness": points, "helpfulness": points, "clarity": points,
                ],
            ]
            return reply(verdict.text)
        }
        if system.contains("You compare two answers") {
            let parts = asked.split(separator: "Answer B:").map { $0.contains("\nyes\n") }
            let better = parts[0] == parts[1] ? "tie" : parts[0] ? "A" : "B"
            return reply("{\"reason\": \"r\", \"better\": \"\(better)\"}")
        }
        let number = Int(asked.dropFirst(4)) ?? 0
        let isWrong = request.json?["model"] == "small" ? number % 2 == 0 : number == 10
        return reply(isWrong ? "no" : "yes")
    }

    private static func reply(_ text: String) -> [ServerAction] {
        let delta: JSON = [
            "choices": [["delta": ["content": .string(text)], "finish_reason": "stop"]],
            "usage": ["prompt_tokens": 9, "completion_tokens": 4],
        ]
        return [.streamHead, .event(delta), .event("[DONE]"), .close]
    }
}
