/// What must hold, as `/expect` states it.
public enum Expectation: Sendable, Equatable {
    /// Of the last turn's answers; nil: of everyone's.
    case answer(of: String?, Check)
    case score(Measure, Relation, Bound)
    /// A difference by the paired statistics.
    case standing(Measure, Standing, than: String)

    public enum Check: Sendable, Equatable {
        /// Any of these.
        case contains([String])
        /// None of these.
        case excludes([String])
        /// But for white space at both ends.
        case equals(String)
        /// A regular expression, found anywhere.
        case matches(String)
        case refuses
        /// Does not refuse.
        case answers
        /// Ends by itself, and not because it is too long or fails.
        case ends
    }

    /// The words after a variant's name.
    public static let checks = [
        "contains", "excludes", "equals", "matches", "refuses", "answers", "ends",
    ]

    /// A variant's score.
    public struct Measure: Sendable, Equatable {
        public var variant: String
        /// A metric of `/score`, or what was said: `judge`, `versus`, `rate`, `preferred`.
        public var metric: String

        public init(variant: String, metric: String) {
            self.variant = variant
            self.metric = metric
        }

        /// The dot before the metric is the last one outside its parameter.
        init?(_ word: String) {
            let head = word.prefix { $0 != ":" }
            guard let dot = head.lastIndex(of: "."), dot > head.startIndex,
                head.index(after: dot) < head.endIndex
            else { return nil }
            self.init(
                variant: String(word[..<dot]), metric: String(word[word.index(after: dot)...]))
        }

        public var text: String { variant + "." + metric }
    }

    public enum Relation: String, Sendable, CaseIterable {
        case atLeast = ">="
        case above = ">"
        case atMost = "<="
        case below = "<"
        case equal = "=="

        public func holds(_ left: Double, _ right: Double) -> Bool {
            switch self {
            case .atLeast: left >= right
            case .above: left > right
            case .atMost: left <= right
            case .below: left < right
            case .equal: left == right
            }
        }
    }

    /// A number, or another score, and what is added to it.
    public struct Bound: Sendable, Equatable {
        public enum Base: Sendable, Equatable {
            case number(Double)
            case measure(Measure)
        }

        public var base: Base
        public var offset: Double

        public init(_ base: Base, offset: Double = 0) {
            self.base = base
            self.offset = offset
        }
    }

    public enum Standing: String, Sendable, CaseIterable {
        case better = "better than"
        case worse = "worse than"
        case notWorse = "not worse than"
    }
}
