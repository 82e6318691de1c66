/// One answer with its references, and their words as the metrics count them.
///
/// Words are cut once for all metrics. A comparison that takes the next answer keeps its tables, which
/// is what makes thousands of answers fast.
struct Comparison {
    private(set) var answer = ""
    private(set) var references: [String] = []
    var table = WordTable()
    private var ngrams = NGramTable()
    private var words: [Words?]

    /// What a rule finds in the answer, and in each reference.
    struct Words {
        let found: [Int32]
        let wanted: [[Int32]]
    }

    /// A table with more words than this is begun anew.
    private static let wordLimit = 1 << 20

    init() { words = [Words?](repeating: nil, count: WordRule.allCases.count) }

    init(_ answer: String, _ references: [String]) {
        self.init()
        take(answer, references)
    }

    mutating func take(_ answer: String, _ references: [String]) {
        self.answer = answer
        self.references = references
        for index in words.indices { words[index] = nil }
        if table.count > Self.wordLimit { table = WordTable() }
    }

    mutating func words(_ rule: WordRule) -> Words {
        if let known = words[rule.rawValue] { return known }
        let new = Words(
            found: rule.words(of: answer, &table),
            wanted: references.map { rule.words(of: $0, &table) })
        words[rule.rawValue] = new
        return new
    }

    /// The best value that `body` gives for the answer and one of the references.
    mutating func best(
        _ rule: WordRule, _ body: ([Int32], [Int32], inout NGramTable) -> Double
    ) -> Double {
        let words = words(rule)
        return words.wanted.map { body(words.found, $0, &ngrams) }.max() ?? 0
    }

    /// See ``NGramTable/matches(_:_:orders:)``.
    mutating func matches(_ answer: [Int32], _ references: [[Int32]], orders: Int) -> [Int] {
        ngrams.matches(answer, references, orders: orders)
    }

    /// How many different runs of `order` words the answer has, and how many runs.
    mutating func distinctRuns(_ rule: WordRule, order: Int) -> (distinct: Int, all: Int) {
        let found = words(rule).found
        return (ngrams.distinct(found, order: order), max(0, found.count - order + 1))
    }
}
