/// Groups of a run's items, by what their prompts are like. An item may be in several.
enum FailureGroups {
    typealias Item = FailureReport.Item
    typealias Named = (name: String, items: [Item])

    /// Words that fewer items share say nothing of the others.
    private static let fewestItems = 3
    private static let wordCount = 6
    /// In standard deviations.
    private static let leastExcess = 1.64

    /// - Parameter fails: whether an item counts as wrong.
    /// - Returns: by length, negation, several parts, the rows' own groups, and the words that failing
    ///   items share more often than the others; groups of none or all items are left out.
    static func all(_ items: [Item], fails: (Item) -> Bool) -> [Named] {
        let traits = items.map { PromptTraits($0.row.prompt) }
        func named(_ name: String, _ isIn: (PromptTraits) -> Bool) -> Named {
            (name, zip(items, traits).filter { isIn($0.1) }.map(\.0))
        }
        let groups =
            lengths(traits).map { named($0.name, $0.isIn) } + [
                named("negation") { $0.isNegated }, named("no negation") { !$0.isNegated },
                named("several parts") { $0.hasSeveralParts },
                named("one part") { !$0.hasSeveralParts },
            ] + ownGroups(items)
            + words(items, traits, fails: fails).map { word in
                named("word \"\(word)\"") { $0.words.contains(word) }
            }
        return groups.filter { !$0.items.isEmpty && $0.items.count < items.count }
    }

    /// Thirds by the number of words.
    private static func lengths(_ traits: [PromptTraits]) -> [(
        name: String, isIn: (PromptTraits) -> Bool
    )] {
        let counts = traits.map(\.words.count).sorted()
        guard let shortest = counts.first, let longest = counts.last, shortest < longest else {
            return []
        }
        let (low, high) = (counts[counts.count / 3], counts[counts.count * 2 / 3])
        return [
            ("short (up to \(low) words)", { $0.words.count <= low }),
            ("middle (to \(high) words)", { $0.words.count > low && $0.words.count <= high }),
            ("long (over \(high) words)", { $0.words.count > high }),
        ]
    }

    private static func ownGroups(_ items: [Item]) -> [Named] {
        var names: [String] = []
        var members: [String: [Item]] = [:]
        for item in items {
            guard let name = item.row.group else { continue }
            if members[name] == nil { names.append(name) }
            members[name, default: []].append(item)
        }
        // Many groups of few items each are no summary.
        return names.count > 20 ? [] : names.map { ("group \($0)", members[$0] ?? []) }
    }

    /// Words whose items fail more often than chance would have it, the clearest first: by the excess
    /// of failures in standard deviations of the hypergeometric distribution.
    private static func words(
        _ items: [Item], _ traits: [PromptTraits], fails: (Item) -> Bool
    ) -> [String] {
        var counts: [String: (items: Int, failing: Int)] = [:]
        var failing = 0
        for (item, traits) in zip(items, traits) {
            let isFailing = fails(item)
            if isFailing { failing += 1 }
            for word in Set(traits.words) where word.count > 2 {
                counts[word, default: (0, 0)].items += 1
                if isFailing { counts[word, default: (0, 0)].failing += 1 }
            }
        }
        let (total, rate) = (Double(items.count), Double(failing) / Double(max(1, items.count)))
        func excess(_ count: (items: Int, failing: Int)) -> Double {
            let n = Double(count.items)
            let variance = n * rate * (1 - rate) * (total - n) / max(1, total - 1)
            return variance > 0 ? (Double(count.failing) - n * rate) / variance.squareRoot() : 0
        }
        return counts.filter { $0.value.failing >= fewestItems && excess($0.value) > leastExcess }
            .sorted { (-excess($0.value), $0.key) < (-excess($1.value), $1.key) }
            .prefix(wordCount).map(\.key)
    }
}
