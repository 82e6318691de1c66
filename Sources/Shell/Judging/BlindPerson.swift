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

    private func drawn(_ entries: [JudgedAnswers.Entry]) -> [JudgedAnswers.Entry] {
        let random = CounterRandom(seed: seed, stream: UInt64(entries.first?.number ?? 0))
        let order = entries.indices.map { ($0, random.unit(at: UInt64($0))) }
        return order.sorted { $0.1 < $1.1 }.map { entries[$0.0] }
    }

    private func show(_ title: String, _ text: String) {
        let lines = TerminalText.visible(text).split(
            separator: "\n", omittingEmptySubsequences: false)
        output.renderLines(["[\(title)]"] + lines.map { String($0) } + [""])
    }

    /// What they say of the answers of one turn or row; nil when they had enough.
    /// - Parameters:
    ///   - byPoints: else which of two is better; of more, or of one, points are asked for anyway.
    ///   - title: stands above the question.
    func rating(
        of subject: Command.Rating.Subject, _ entries: [JudgedAnswers.Entry], byPoints: Bool,
        title: String = "question"
    ) -> Command.Rating? {
        show(title, entries.first?.answer.question ?? "")
        return byPoints || entries.count != 2
            ? points(entries).map { .points(subject, $0) }
            : preference(entries).map { .preference(subject, $0) }
    }

    /// The better of two answers by its variant's name, `tie` or `bad`; nil when they had enough.
    private func preference(_ entries: [JudgedAnswers.Entry]) -> String? {
        let (left, right) = (drawn(entries)[0], drawn(entries)[1])
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
    private func points(_ entries: [JudgedAnswers.Entry]) -> [Command.Assignment]? {
        var given: [Command.Assignment] = []
        for entry in drawn(entries) {
            guard let points = points(entry) else { return nil }
            given.append(.init(key: entry.variant, value: String(points)))
        }
        return entries.compactMap { entry in given.first { $0.key == entry.variant } }
    }

    /// - Returns: 1 to 10; nil when they had enough.
    private func points(_ entry: JudgedAnswers.Entry) -> Int? {
        show("answer", entry.answer.response)
        while let reply = ask("points (1 to 10)> ") {
            if let points = Int(reply), (1...10).contains(points) { return points }
            output.note("a whole number from 1 to 10; ^D ends")
        }
        return nil
    }

    /// Points of one answer, with its question; nil when they had enough.
    func points(withQuestion entry: JudgedAnswers.Entry) -> Int? {
        show("question", entry.answer.question)
        return points(entry)
    }
}
