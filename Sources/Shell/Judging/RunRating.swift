import Basics

/// The order in which a person rates the rows of a run.
enum RunRating {
    /// - Parameter items: the answers of each row.
    static func drawn(_ items: [[JudgedAnswers.Entry]], seed: UInt64) -> [[JudgedAnswers.Entry]] {
        let random = CounterRandom(seed: seed, stream: 0x72_61_74_65)
        return items.map { ($0, random.unit(at: UInt64($0[0].number))) }
            .sorted { ($0.1, $0.0[0].number) < ($1.1, $1.0[0].number) }.map(\.0)
    }
}
