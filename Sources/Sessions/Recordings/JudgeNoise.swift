import Basics

/// How far apart a judge's scores of one answer were when it was asked several times.
struct JudgeNoise {
    private var spreads: [[String]: Double] = [:]

    init(_ records: [JSON]) {
        var scores: [[String]: [[String]: [Double]]] = [:]
        for record in records where record["type"] == "judgement" {
            guard let score = record["score"]?.double else { continue }
            let answer = [record["turn"]?.text ?? "", record["variant"]?.string ?? ""]
            scores[Self.judge(record), default: [:]][answer, default: []].append(score)
        }
        for (judge, answers) in scores {
            let spread = answers.values.filter { $0.count > 1 }.compactMap { scores in
                scores.max().flatMap { most in scores.min().map { most - $0 } }
            }.max()
            spreads[judge] = spread
        }
    }

    /// Nil where it was never asked twice.
    func spread(of record: JSON) -> Double? { spreads[Self.judge(record)] }

    private static func judge(_ record: JSON) -> [String] {
        [record["judge"]?.string ?? "", record["rubric"]?.string ?? ""]
    }
}
