import Metrics

/// What went wrong in a run, by one measure: a variant beside the first.
struct FailureReport {
    struct Item {
        let row: PromptRow
        /// One of each variant.
        let answers: [RunAnswer]
        let scores: [Score]
    }

    struct Group {
        let name: String
        /// Items that are scored for the variant.
        let count: Int
        let failureCount: Int
        let lostCount: Int
        let gainedCount: Int
        /// One of each variant, over the items that it has scores for.
        let means: [Double?]
    }

    let variants: [String]
    let measure: Measure
    let mark: PassMark
    let items: [Item]
    /// Which variant is looked at: the last.
    let column: Int
    /// Right by the first variant, wrong by this one; the largest drop first.
    let lost: [Item]
    /// The other way round.
    let gained: [Item]
    /// This variant's, the worst score first; those that are not scored are none of them.
    let worst: [Item]
    let failureCount: Int
    let unscoredCount: Int
    private(set) var groups: [Group] = []

    /// - Parameter scores: [items][variants].
    init(_ run: RunResults, _ measure: Measure, scores: [[Score]]) {
        let items = zip(run.items, scores).map { item, scores in
            Item(row: item.row, answers: item.answers, scores: scores)
        }
        let column = run.variants.count - 1
        let mark = PassMark(measure, scores: items.flatMap { $0.scores.compactMap(\.value) })
        func quality(_ item: Item, _ column: Int) -> Double {
            measure.direction.quality(item.scores[column].value ?? 0)
        }
        func flipped(to passes: Bool) -> [Item] {
            let found = items.filter { item in
                guard let first = item.scores[0].value, let last = item.scores[column].value else {
                    return false
                }
                return mark.passes(last) == passes && mark.passes(first) != passes
            }
            return Self.ordered(found) { item in
                let change = quality(item, column) - quality(item, 0)
                return passes ? -change : change
            }
        }
        let scored = items.filter { $0.scores[column].value != nil }
        self.items = items
        self.column = column
        self.mark = mark
        self.measure = measure
        variants = run.variants
        lost = flipped(to: false)
        gained = flipped(to: true)
        worst = Self.ordered(scored) { quality($0, column) }
        failureCount = scored.count { !mark.passes($0.scores[column].value ?? 0) }
        unscoredCount = items.count - scored.count
        let failing = Set(
            scored.filter { !mark.passes($0.scores[column].value ?? 0) }.map(\.row.number))
        groups = FailureGroups.all(scored) { failing.contains($0.row.number) }
            .map { group($0.name, $0.items) }
    }

    /// Rows keep their order where values are equal.
    private static func ordered(_ items: [Item], by value: (Item) -> Double) -> [Item] {
        items.map { ($0, value($0)) }
            .sorted { ($0.1, $0.0.row.number) < ($1.1, $1.0.row.number) }.map(\.0)
    }

    private func group(_ name: String, _ members: [Item]) -> Group {
        let numbers = Set(members.map(\.row.number))
        func count(_ items: [Item]) -> Int { items.count { numbers.contains($0.row.number) } }
        return Group(
            name: name, count: members.count,
            failureCount: members.count { !mark.passes($0.scores[column].value ?? 0) },
            lostCount: count(lost), gainedCount: count(gained),
            means: variants.indices.map { variant in
                Sample(members.compactMap { $0.scores[variant].value }).mean
            })
    }
}
