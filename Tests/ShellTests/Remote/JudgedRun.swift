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
        let asked = request.lastMessage
        if request.asksForPoints {
            let points: JSON = asked.contains("\nyes\n") ? 3 : 1
            return .points(
                ["correctness": points, "helpfulness": points, "clarity": points],
                reason: "It \u{1B}[31mis so.")
        }
        if request.asksForComparison {
            let parts = asked.split(separator: "Answer B:").map { $0.contains("\nyes\n") }
            return .better(parts[0] == parts[1] ? "tie" : parts[0] ? "A" : "B")
        }
        let number = Int(asked.dropFirst(4)) ?? 0
        let isWrong = request.model == "small" ? number % 2 == 0 : number == 10
        return .chat(isWrong ? "no" : "yes")
    }
}
