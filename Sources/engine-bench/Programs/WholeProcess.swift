import Basics
import Foundation

/// Four prompts answered by a base and by its fine-tune, each program from its start to its end:
/// Tandem, with one prompt after another and with all as one batch, beside transformers with peft, in
/// turns.
struct WholeProcess {
    /// A way to run it: its seconds, and the tokens that were really generated.
    struct Way {
        let name: String
        var seconds: [Double] = []
        var tokens = 0
    }

    private var tandem: [Way]
    private var peer: Way?
    private(set) var peerVersions: JSON?
    /// Processors that other programs kept busy meanwhile.
    let otherLoad: Double

    /// Texts that a model goes on with for as long as it is let.
    private static let prompts = [
        "Once upon a time, in a village between two rivers, there lived",
        "The history of the railway begins with",
        "Chapter 1. It was a cold morning in November, and the captain",
        "A list of fifty animals, in alphabetical order: aardvark, albatross,",
    ]
    private static let tokens = 64

    /// Both read the same BF16 weights: Tandem from a GGUF file, the peer from a Hugging Face folder.
    /// - Throws: when a program fails, with what it printed.
    init(
        program: String, root: String, peers: PeerFolder, withPeer: Bool, threads: Int, runs: Int
    ) throws {
        let adapterPath = peers.model("random-lora")
        tandem = ["exact", "fast"].flatMap {
            [Way(name: "tandem, \($0)"), Way(name: "tandem, \($0), one batch")]
        }
        let folder = NSTemporaryDirectory() + "tandem-bench-\(getpid())"
        let rows = Self.prompts.map { (["prompt": .string($0)] as JSON).text + "\n" }.joined()
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(rows.utf8).write(to: URL(filePath: folder + "/prompts.jsonl"))
        if withPeer { peer = Way(name: "transformers + peft, bf16") }
        let load = OtherLoad()
        let texts = JSON.array(Self.prompts.map(JSON.string)).text
        for run in 0..<runs {
            for (index, numerics) in ["exact", "fast"].enumerated() {
                let start =
                    """
                    /load "\(peers.model("smollm2-bf16.gguf"))" as base
                    /adapter "\(adapterPath)" --on base as tuned
                    /set numerics \(numerics)
                    /set max_tokens \(Self.tokens)

                    """
                let prompts = Self.prompts.map { "/complete \"\"\"\n\($0)\n\"\"\"\n" }.joined()
                let command = [program, "run", "-", "--json", "--threads", "\(threads)"]
                let answers = try Self.time(&tandem[2 * index]) {
                    try Program.run(command, input: start + prompts)
                }
                tandem[2 * index].tokens = Self.tokenCount(answers)
                let state = "\(folder)/\(numerics)-\(run)"
                _ = try Self.time(&tandem[2 * index + 1]) {
                    try Program.run(
                        ["XDG_STATE_HOME=" + state] + command,
                        input: start + "/run \"\(folder)/prompts.jsonl\"\n")
                }
                tandem[2 * index + 1].tokens = Self.tokenCount(try Self.keptAnswers(state))
            }
            guard var way = peer else { continue }
            let lines = try Self.time(&way) {
                try Program.run([
                    peers.python, root + "/scripts/peers/transformers_pair.py",
                    peers.model("smollm2-hf-bf16"), adapterPath, texts, "--tokens",
                    "\(Self.tokens)", "--threads", "\(threads)",
                ])
            }
            peerVersions = lines.last
            way.tokens = lines.last?["tokens"]?.integer ?? 0
            peer = way
        }
        otherLoad = load.processors
    }

    private static func tokenCount(_ answers: [JSON]) -> Int {
        answers.reduce(0) { $0 + ($1["tokens"]?.integer ?? 0) }
    }

    /// What `/run` kept under `state`.
    private static func keptAnswers(_ state: String) throws -> [JSON] {
        let runs = state + "/tandem/runs"
        return try FileManager.default.contentsOfDirectory(atPath: runs).flatMap { name in
            let lines = String(
                decoding: try Data(contentsOf: URL(filePath: runs + "/" + name)), as: UTF8.self)
            return try lines.split(separator: "\n").compactMap {
                try JSON.parse(String($0))["record"]
            }
        }
    }

    /// Adds the time of a program that prints JSON lines to `way`; returns the lines.
    private static func time(_ way: inout Way, _ run: () throws -> (Int32, String)) throws -> [JSON]
    {
        var result: (status: Int32, output: String) = (0, "")
        way.seconds.append(try Stopwatch.seconds { result = try run() })
        guard result.status == 0 else {
            throw TandemError(
                .inputOutput, "\(way.name) ended with status \(result.status): \(result.output)")
        }
        return try result.output.split(separator: "\n").map { try JSON.parse(String($0)) }
    }

    /// How many times faster the first way is than the peer, for the same number of tokens.
    func ratio(_ way: Way) -> Double? {
        guard let peer, way.name != peer.name, way.tokens > 0, peer.tokens > 0 else { return nil }
        return Stopwatch.median(peer.seconds) / Double(peer.tokens)
            / (Stopwatch.median(way.seconds) / Double(way.tokens))
    }

    /// Tandem's ways, then the peer's.
    var ways: [Way] { tandem + [peer].compactMap { $0 } }

    var json: JSON {
        func json(_ way: Way) -> JSON {
            [
                "name": .string(way.name), "seconds": .array(way.seconds.map(JSON.number)),
                "tokens": .integer(way.tokens),
                "ratio": ratio(way).map(JSON.number) ?? .null,
            ]
        }
        return ["ways": .array(ways.map(json)), "other_load": .number(otherLoad)]
    }
}
