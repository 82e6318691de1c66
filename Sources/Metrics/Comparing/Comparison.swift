/// One answer with its references, and their words as the metrics count them.
///
/// Words are cut once for all metrics. A comparison that takes the next answer keeps its memory, which is
/// what makes thousands of answers fast.
struct Comparison {
    private var texts = ItemTexts()
    private var cutter = WordCutter()
    private var ngrams = NGramTable()
    /// By rule.
    private var lists: [WordLists]

    init() { lists = [WordLists](repeating: WordLists(), count: WordRule.allCases.count) }

    /// Takes what `read` puts into the texts in the place of the item before.
    mutating func take<Failure: Error>(
        _ read: (inout ItemTexts) throws(Failure) -> Void
    ) throws(Failure) {
        try read(&texts)
        texts.end()
        cutter.makeRoom()
        for index in lists.indices { lists[index].removeAll() }
    }

    var id: String? { texts.id }
    var answer: String { texts[0] }
    var references: [String] { (1..<texts.count).map { texts[$0] } }
    var referenceCount: Int { texts.count - 1 }

    /// Whether `predicate` holds for the bytes of all texts.
    func allTexts(satisfy predicate: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        (0..<texts.count).allSatisfy { texts.withBytes(of: $0, predicate) }
    }

    /// The words of each line of each text: [text][line].
    mutating func lines(_ rule: WordRule) -> [[[Int32]]] {
        ([answer] + references).map { text in
            var lists = WordLists()
            for line in text.utf8.split(separator: 0x0A) {
                ByteScratch.withPadding(Array(line)) { cutter.append($0, by: rule, to: &lists) }
            }
            return (0..<lists.count).map { Array(lists[$0]) }
        }
    }

    mutating func words(_ rule: WordRule) -> WordLists {
        let place = rule.rawValue
        if lists[place].count == 0 {
            for index in 0..<texts.count {
                texts.withBytes(of: index) { cutter.append($0, by: rule, to: &lists[place]) }
            }
        }
        return lists[place]
    }

    /// The best value that `body` gives for the answer and one of the references, from 1 on.
    mutating func best(
        _ rule: WordRule, _ body: (WordLists, _ reference: Int, inout NGramTable) -> Double
    ) -> Double {
        let words = words(rule)
        var best: Double?
        for reference in 1..<words.count {
            let value = body(words, reference, &ngrams)
            best = best.map { max($0, value) } ?? value
        }
        return best ?? 0
    }

    /// See ``NGramTable/matches(_:_:orders:)``.
    mutating func matches(_ words: WordLists, _ references: Range<Int>, orders: Int)
        -> NGramTable.Counts
    {
        ngrams.matches(words, references, orders: orders)
    }

    /// How many different runs of `order` words the answer has, and how many runs.
    mutating func distinctRuns(_ rule: WordRule, order: Int) -> (distinct: Int, all: Int) {
        let words = words(rule)
        let count = words.range(0).count
        return (ngrams.distinct(words, order: order), max(0, count - order + 1))
    }
}
