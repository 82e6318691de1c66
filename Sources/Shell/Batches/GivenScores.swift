import Basics
import Metrics

/// What judges and people said of answers, as scores of a run's rows or of turns.
///
/// It is read from the records that are kept: `judgement`, `versus` and `rating`. A record `judging`
/// begins anew what it names; else the last word on an answer counts.
struct GivenScores {
    static let judge = Measure("judge", range: 1...10)
    /// The share of comparisons, by a judge, in which the answer is better than the others.
    static let versus = Measure("versus", range: 0...1)
    static let rate = Measure("rate", range: 1...10)
    /// The same share, by a person.
    static let preferred = Measure("preferred", range: 0...1)
    static let measures = [judge, versus, rate, preferred]

    let measure: Measure
    let variants: [String]
    /// By the number of the row or turn, then the variant.
    private var said: [Int: [String: [Score]]] = [:]
    /// A judge's sentences; written by a model.
    private var reasons: [Int: [String: String]] = [:]

    private init(_ measure: Measure, _ variants: [String]) {
        self.measure = measure
        self.variants = variants
    }

    /// By every measure that something was said in.
    static func all(_ records: [JSON], _ variants: [String]) -> [GivenScores] {
        var all = measures.map { GivenScores($0, variants) }
        for record in records {
            for index in all.indices { all[index].take(record) }
        }
        return all.filter { !$0.said.isEmpty }
    }

    var numbers: [Int] { said.keys.sorted() }

    /// Whether there is a word on every variant's answer.
    func isComplete(_ number: Int) -> Bool {
        variants.allSatisfy { said[number]?[$0] != nil }
    }

    func reason(_ number: Int, _ variant: String) -> String? { reasons[number]?[variant] }

    /// The mean of what was said that is a score.
    func score(_ number: Int, _ variant: String) -> Score {
        guard let scores = said[number]?[variant], let first = scores.first else {
            return .unscored("nothing was said of it")
        }
        let values = scores.compactMap(\.value)
        return values.isEmpty ? first : .value(values.reduce(0, +) / Double(values.count))
    }

    func row(of numbers: [Int]) -> Measurements.Row {
        .init(
            measure: measure,
            columns: variants.map { variant in
                MetricColumn(numbers.map { score($0, variant) })
            })
    }

    private mutating func take(_ record: JSON) {
        let type = record["type"]?.string
        if type == "judging" {
            if record["measure"]?.string == measure.name { said = [:] }
            return
        }
        guard let number = (record["row"] ?? record["turn"])?.integer else { return }
        switch (type, measure.name) {
        case ("judgement", Self.judge.name):
            guard let variant = record["variant"]?.string else { return }
            let isFirst = (record["repetition"]?.integer ?? 0) == 0
            say(score(record, "score"), number, variant, isFirst: isFirst)
            reasons[number, default: [:]][variant] = record["reason"]?.string
        case ("versus", Self.versus.name):
            guard let first = record["first"]?.string, let second = record["second"]?.string
            else { return }
            let share = score(record, "second_share")
            say(share.value.map { .value(1 - $0) } ?? share, number, first, isFirst: false)
            say(share, number, second, isFirst: false)
        case ("rating", Self.rate.name):
            guard let variant = record["variant"]?.string else { return }
            say(score(record, "score"), number, variant, isFirst: true)
        case ("rating", Self.preferred.name):
            guard let preferred = record["preferred"]?.string else { return }
            for name in ["first", "second"].compactMap({ record[$0]?.string }) {
                let share = preferred == name ? 1 : preferred == "tie" ? 0.5 : 0
                say(.value(share), number, name, isFirst: true)
            }
        default: break
        }
    }

    private func score(_ record: JSON, _ key: String) -> Score {
        record[key]?.double.map(Score.value)
            ?? .unscored(record["unscored"]?.string ?? "there is no verdict")
    }

    /// - Parameter isFirst: whether it takes the place of what was said before.
    private mutating func say(
        _ score: Score, _ number: Int, _ variant: String, isFirst: Bool
    ) {
        let old = isFirst ? [] : said[number]?[variant] ?? []
        said[number, default: [:]][variant] = old + [score]
    }
}
