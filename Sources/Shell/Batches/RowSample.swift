import Basics

/// Draws rows so that each group keeps its share.
enum RowSample {
    /// `count` of the rows, in their order. The groups' shares are rounded so that they add up
    /// (largest remainders); within a group the seed and the rows' numbers decide.
    static func draw(_ rows: [PromptRow], count: Int, seed: UInt64) -> [PromptRow] {
        if count >= rows.count { return rows }
        var groups: [[PromptRow]] = []
        var places: [UTF8Key: Int] = [:]
        for row in rows {
            let key = UTF8Key(row.group ?? "")
            if let place = places[key] {
                groups[place].append(row)
            } else {
                places[key] = groups.count
                groups.append([row])
            }
        }
        var counts = groups.map { $0.count * count / rows.count }
        let remainders = groups.indices.sorted { first, second in
            let values = [first, second].map { groups[$0].count * count % rows.count }
            return values[0] == values[1] ? first < second : values[0] > values[1]
        }
        for index in remainders.prefix(count - counts.reduce(0, +)) { counts[index] += 1 }
        let random = CounterRandom(seed: seed, stream: 0)
        let drawn = zip(groups, counts).flatMap { group, count in
            group.map { (row: $0, order: random.unit(at: UInt64($0.number))) }
                .sorted { ($0.order, $0.row.number) < ($1.order, $1.row.number) }
                .prefix(count).map(\.row)
        }
        return drawn.sorted { $0.number < $1.number }
    }
}
