import Basics

/// Reading what follows `/expect`.
extension Arguments {
    /// - Parameters:
    ///   - line: what follows the name, up to a block.
    ///   - block: a text in the place of the rest of the line.
    func expectation(_ line: String, _ block: String?) throws(TandemError) -> Expectation {
        let line = CommandParser.trimmed(line)
        let head = line.unicodeScalars.split(maxSplits: 2) { $0.properties.isWhitespace }
            .map { String($0) }
        guard head.count >= 2 else { throw wrong("what is expected is missing", at: head.first) }
        let check = head[1]
        if ["equals", "matches"].contains(check) {
            let who = try only(Arguments(description, head[0], variables).words())
            let text = try phrase(head.count == 3 ? head[2] : "", block)
            guard check == "matches" else { return .answer(of: named(who), .equals(text)) }
            do throws(TandemError) { _ = try Pattern(text, file: nil) } catch {
                throw wrong(error.message, at: head.last)
            }
            return .answer(of: named(who), .matches(text))
        }
        var words = try Arguments(description, line, variables).words()
        if let block { words.append(try variables.expanded(block)) }
        return try expectation(words)
    }

    private func named(_ who: String) -> String? { who == Expectation.everyone ? nil : who }

    /// The rest of a line as it stands, what is in quotes, or a block.
    private func phrase(_ rest: String, _ block: String?) throws(TandemError) -> String {
        if let block { return try variables.expanded(block) }
        if rest.isEmpty { throw wrong("the text is missing") }
        guard rest.hasPrefix("\"") || rest.hasPrefix("'") else {
            return try variables.expanded(rest)
        }
        return try only(Arguments(description, rest, variables).words())
    }

    private func expectation(_ words: [String]) throws(TandemError) -> Expectation {
        let who = named(words[0])
        let rest = Array(words.dropFirst(2))
        switch words[1] {
        case "contains", "excludes":
            if rest.isEmpty { throw wrong("the text is missing", at: words[1]) }
            return .answer(
                of: who, words[1] == "contains" ? .contains(rest) : .excludes(rest))
        case "refuses", "answers", "ends":
            if let word = rest.first { throw wrong("\(word) is one word too many", at: word) }
            let check: Expectation.Check =
                words[1] == "ends" ? .ends : words[1] == "refuses" ? .refuses : .answers
            return .answer(of: who, check)
        case "better", "worse", "not": return try standing(words)
        default:
            guard let relation = Expectation.Relation(rawValue: words[1]) else {
                throw wrong("\"\(words[1])\" is nothing that can be expected", at: words[1])
            }
            return .score(try measure(words[0]), relation, try bound(rest, after: words[1]))
        }
    }

    private func measure(_ word: String) throws(TandemError) -> Expectation.Measure {
        guard let measure = Expectation.Measure(word) else {
            throw wrong("\(word) is not NAME.METRIC", at: word)
        }
        return measure
    }

    private func standing(_ words: [String]) throws(TandemError) -> Expectation {
        let measure = try measure(words[0])
        let relation = words[1...].dropLast().joined(separator: " ")
        guard let standing = Expectation.Standing(rawValue: relation) else {
            throw wrong(
                "better than, worse than or not worse than a variant is expected", at: words[1])
        }
        return .standing(measure, standing, than: words[words.count - 1])
    }

    private func bound(_ words: [String], after relation: String) throws(TandemError)
        -> Expectation.Bound
    {
        guard let first = words.first else { throw wrong("the value is missing", at: relation) }
        let base: Expectation.Bound.Base =
            if let number = Double(first), number.isFinite { .number(number) } else {
                .measure(try measure(first))
            }
        if words.count == 1 { return .init(base) }
        let signs = ["+": 1.0, "-": -1]
        guard words.count == 3, let sign = signs[words[1]], let offset = Double(words[2]),
            offset.isFinite, offset >= 0
        else { throw wrong("+ NUMBER or - NUMBER is expected", at: words[1]) }
        return .init(base, offset: sign * offset)
    }
}
