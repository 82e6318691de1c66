import Basics

/// How text is cut into words before pieces are merged within each.
public struct SplitPlan: Sendable {
    /// What becomes of a match.
    enum Behavior: String, Sendable {
        case isolated = "Isolated"
        case removed = "Removed"
        case mergedWithPrevious = "MergedWithPrevious"
        case mergedWithNext = "MergedWithNext"
        case contiguous = "Contiguous"
    }

    struct Step: Sendable {
        let pattern: Pattern
        let behavior: Behavior
        /// Whether what lies between the matches plays their part.
        let isInverted: Bool
    }

    private(set) var steps: [Step] = []

    /// The whole text is one word.
    public static let whole = SplitPlan()

    public init() {}

    mutating func append(
        _ pattern: Pattern, _ behavior: Behavior = .isolated, inverted: Bool = false
    ) {
        steps.append(Step(pattern: pattern, behavior: behavior, isInverted: inverted))
    }

    /// The plan that a GGUF file names in `tokenizer.ggml.pre`; nil for a name that is not known.
    public static func named(_ name: String, file: String) throws(TandemError) -> SplitPlan? {
        let patterns: [String]? =
            switch name {
            case "gpt-2", "gpt2", "default": [gpt2]
            case "smollm", "codeshell", "refact", "starcoder": ["\\p{N}", gpt2]
            case "llama-bpe", "llama3", "llama-v3": [llama3]
            case "qwen2", "deepseek-r1-qwen": [qwen2]
            default: nil
            }
        guard let patterns else { return nil }
        var plan = SplitPlan()
        for pattern in patterns { plan.append(try Pattern(pattern, file: file)) }
        return plan
    }

    static let gpt2 =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
    private static let contractions = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)"#
    private static let wordsAndSpace =
        #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    private static let llama3 =
        contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"# + wordsAndSpace
    private static let qwen2 = contractions + #"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"# + wordsAndSpace

    /// The words of `text` (valid UTF-8), as ranges of bytes in order.
    /// - Throws: `limit` when a pattern takes too long.
    func words(_ text: UnsafeBufferPointer<UInt8>) throws(TandemError) -> [Range<Int>] {
        var words = text.isEmpty ? [] : [0..<text.count]
        for step in steps {
            var next: [Range<Int>] = []
            next.reserveCapacity(words.count * 2)
            try step.pattern.withMatcher { matcher throws(TandemError) in
                for word in words {
                    let matches = try matcher.matches(in: text, word)
                    step.cut(word, at: matches, into: &next)
                }
            }
            words = next
        }
        return words
    }
}

extension SplitPlan.Step {
    /// Appends the parts of `word`, given the matches in it.
    func cut(_ word: Range<Int>, at matches: [Range<Int>], into output: inout [Range<Int>]) {
        var parts: [(range: Range<Int>, isMatch: Bool)] = []
        var position = word.lowerBound
        for match in matches {
            if position < match.lowerBound {
                parts.append((position..<match.lowerBound, isInverted))
            }
            parts.append((match, !isInverted))
            position = match.upperBound
        }
        if position < word.upperBound { parts.append((position..<word.upperBound, isInverted)) }
        switch behavior {
        case .isolated: output += parts.map(\.range)
        case .removed: output += parts.filter { !$0.isMatch }.map(\.range)
        case .contiguous:
            join(parts, into: &output) { previous, next in previous.isMatch == next.isMatch }
        case .mergedWithPrevious:
            join(parts, into: &output) { previous, next in next.isMatch && !previous.isMatch }
        case .mergedWithNext:
            join(parts, into: &output) { previous, next in previous.isMatch && !next.isMatch }
        }
    }

    private func join(
        _ parts: [(range: Range<Int>, isMatch: Bool)], into output: inout [Range<Int>],
        where joins: ((range: Range<Int>, isMatch: Bool), (range: Range<Int>, isMatch: Bool)) ->
            Bool
    ) {
        for (index, part) in parts.enumerated() {
            if index > 0, joins(parts[index - 1], part), let last = output.last {
                output[output.count - 1] = last.lowerBound..<part.range.upperBound
            } else {
                output.append(part.range)
            }
        }
    }
}
