extension PromptText {
    /// The scalars, each with its trust.
    struct Scalars {
        var scalars: [Unicode.Scalar] = []
        var trust: [Bool] = []

        init(_ text: PromptText) {
            for part in text.parts {
                for scalar in part.text.unicodeScalars {
                    scalars.append(scalar)
                    trust.append(part.isTrusted)
                }
            }
        }

        func text(_ range: Range<Int>) -> PromptText { text(Array(range)) }

        func text(_ indices: [Int]) -> PromptText {
            var text = PromptText()
            var run = String.UnicodeScalarView()
            for (place, index) in indices.enumerated() {
                run.append(scalars[index])
                if place + 1 == indices.count || trust[indices[place + 1]] != trust[index] {
                    text.append(String(run), isTrusted: trust[index])
                    run = String.UnicodeScalarView()
                }
            }
            return text
        }

        /// Where `wanted` begins in `self`, from `start` on.
        func find(_ wanted: [Unicode.Scalar], from start: Int) -> Int? {
            if wanted.isEmpty || wanted.count > scalars.count { return nil }
            var index = start
            while index + wanted.count <= scalars.count {
                if scalars[index] == wanted[0],
                    scalars[index..<index + wanted.count].elementsEqual(wanted)
                {
                    return index
                }
                index += 1
            }
            return nil
        }
    }

    mutating func append(_ other: PromptText) {
        for part in other.parts { append(part.text, isTrusted: part.isTrusted) }
    }

    static func + (left: PromptText, right: PromptText) -> PromptText {
        var sum = left
        sum.append(right)
        return sum
    }

    /// Without the characters of `set` (white space for nil) at the chosen ends.
    func stripped(_ set: String?, left: Bool = true, right: Bool = true) -> PromptText {
        let all = Scalars(self)
        func isDropped(_ scalar: Unicode.Scalar) -> Bool {
            set.map { $0.unicodeScalars.contains(scalar) } ?? scalar.properties.isWhitespace
        }
        var (start, end) = (0, all.scalars.count)
        while left, start < end, isDropped(all.scalars[start]) { start += 1 }
        while right, start < end, isDropped(all.scalars[end - 1]) { end -= 1 }
        return all.text(start..<end)
    }

    /// The parts between occurrences of `separator`; runs of white space for nil.
    func split(_ separator: String?, limit: Int = .max) -> [PromptText] {
        let all = Scalars(self)
        var parts: [PromptText] = []
        var start = 0
        if let separator {
            let wanted = Array(separator.unicodeScalars)
            while parts.count < limit, let found = all.find(wanted, from: start) {
                parts.append(all.text(start..<found))
                start = found + wanted.count
            }
            return parts + [all.text(start..<all.scalars.count)]
        }
        while true {
            while start < all.scalars.count, all.scalars[start].properties.isWhitespace {
                start += 1
            }
            if start == all.scalars.count { return parts }
            var end = start
            while end < all.scalars.count,
                parts.count >= limit || !all.scalars[end].properties.isWhitespace
            { end += 1 }
            parts.append(all.text(start..<end))
            start = end
        }
    }

    /// How often `wanted` occurs, without overlaps.
    func count(of wanted: String) -> Int {
        let (all, wanted) = (Scalars(self), Array(wanted.unicodeScalars))
        var (count, start) = (0, 0)
        while let found = all.find(wanted, from: start) {
            count += 1
            start = found + wanted.count
        }
        return count
    }

    /// With every occurrence of `old` replaced, at most `limit` of them.
    func replacing(_ old: String, with new: PromptText, limit: Int = .max) -> PromptText {
        var result = PromptText()
        for (index, part) in split(old, limit: limit).enumerated() {
            if index > 0 { result.append(new) }
            result.append(part)
        }
        return result
    }

    /// A text made from this one that is trusted where all of this one is.
    func mapped(_ change: (String) -> String) -> PromptText {
        PromptText(change(text), isTrusted: parts.allSatisfy(\.isTrusted))
    }
}
