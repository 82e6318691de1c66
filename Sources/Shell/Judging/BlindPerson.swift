import Basics
import Sessions

/// A person who is shown answers without names, in an order that is drawn.
struct BlindPerson {
    private let ask: (String) -> String?
    private let output: Output
    private let seed: UInt64

    init(_ ask: @escaping (String) -> String?, _ output: Output, seed: UInt64) {
        self.ask = ask
        self.output = output
        self.seed = seed
    }

    private func drawn(_ entries: [JudgedTurns.Entry]) -> [JudgedTurns.Entry] {
        let random = CounterRandom(seed: seed, stream: UInt64(entries.first?.turn ?? 0))
        let order = entries.indices.map { ($0, random.unit(at: UInt64($0))) }
        return order.sorted { $0.1 < $1.1 }.map { entries[$0.0] }
    }

    private func show(_ title: String, _ text: String) {
        let lines = TerminalText.visible(text).split(
            separator: "\n", omittingEmptySubsequences: false)
        output.renderLines(["[\(title)]"] + lines.map { String($0) } + [""])
    }

    /// The better of two answers by its variant's name, `tie` or `bad`; nil when they had enough.
    func preference(_ entries: [JudgedTurns.Entry]) -> String? {
        let (left, right) = (drawn(entries)[0], drawn(entries)[1])
        show("question", left.answer.question)
        show("left", left.answer.response)
        show("right", right.answer.response)
        while let reply = ask("better (left, right, tie, bad)> ") {
            switch reply {
            case "left", "l": return left.variant
            case "right", "r": return right.variant
            case "tie", "t": return "tie"
            case "bad", "b": return "bad"
            default: output.note("left, right, tie or bad; ^D ends")
            }
        }
        return nil
    }

    /// Points of each answer; nil when they had enough.
    func points(_ entries: [JudgedTurns.Entry]) -> [Command.Assignment]? {
        var given: [Command.Assignment] = []
        for entry in drawn(entries) {
            guard let points = points(entry, title: "answer") else { return nil }
            given.append(.init(key: entry.variant, value: String(points)))
        }
        return entries.compactMap { entry in given.first { $0.key == entry.variant } }
    }

    /// - Returns: 1 to 10; nil when they had enough.
    func points(_ entry: JudgedTurns.Entry, title: String) -> Int? {
        show("question", entry.answer.question)
        show(title, entry.answer.response)
        while let reply = ask("points (1 to 10)> ") {
            if let points = Int(reply), (1...10).contains(points) { return points }
            output.note("a whole number from 1 to 10; ^D ends")
        }
        return nil
    }
}
