extension Expectation {
    /// The command that reads back as this.
    public var text: String { Command.expect(self).text }

    /// The words after `/expect`, and the text that goes to the end of the line or stands in a block.
    var parts: (words: [String], phrase: String?) {
        switch self {
        case .answer(let variant, let check):
            let head = [variant ?? Self.everyone]
            switch check {
            case .contains(let texts): return Self.listed(head + ["contains"], texts)
            case .excludes(let texts): return Self.listed(head + ["excludes"], texts)
            case .equals(let text): return (head + ["equals"], text)
            case .matches(let pattern): return (head + ["matches"], pattern)
            case .refuses: return (head + ["refuses"], nil)
            case .answers: return (head + ["answers"], nil)
            case .ends: return (head + ["ends"], nil)
            }
        case .score(let measure, let relation, let bound):
            return ([measure.text, relation.rawValue] + bound.words, nil)
        case .standing(let measure, let standing, let other):
            return (
                [measure.text] + standing.rawValue.split(separator: " ").map(String.init) + [other],
                nil
            )
        }
    }

    static let everyone = "all"

    /// One text of several lines takes a block.
    private static func listed(_ head: [String], _ texts: [String]) -> ([String], String?) {
        if texts.count == 1, texts[0].unicodeScalars.contains("\n") { return (head, texts[0]) }
        return (head + texts, nil)
    }
}

extension Expectation.Bound {
    /// The words that read back as this.
    var words: [String] {
        let first =
            switch base {
            case .number(let value): Self.text(value)
            case .measure(let measure): measure.text
            }
        if offset == 0 { return [first] }
        return [first, offset < 0 ? "-" : "+", Self.text(offset.magnitude)]
    }

    private static func text(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
