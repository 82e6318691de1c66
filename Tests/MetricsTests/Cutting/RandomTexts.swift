import Basics

/// Texts of words, marks and characters that the rules of metrics treat in their own ways, put together
/// by chance.
struct RandomTexts {
    private static let words = [
        "a", "an", "the", "A", "The", "AN", "then", "ant", "word", "WORD", "Words", "w", "12", "7",
        "sevenxy", "eightxyz", "ninexyzzy", "fifteenletters1", "sixteenletters12",
        "sixteenletters12b", "sixteenletters12c", "seventeen-and-more-eight-last",
        "otherteen-and-more-eight-last", "a\u{0}", "a\u{0}\u{0}", "&amp;", "&lt;", "&quot;", "&amp",
        "<skipped>", "-\n", "3-4", "1,000.50", ".5", "..", ",.", "5.", "-", "_a_", "it's", "c++",
        "ΟΔΟΣ", "ΟΔΟΣ.", "Σ", "aΣ", "ΣΑΣ", "İstanbul", "\u{212A}elvin", "o\u{212A}", "Åb", "ẞ",
        "Ⱥx",
        "ǅ", "ª", "aª", "Ⅷ", "a²", "an½", "the٣", "€a", "a€", "éa", "aé", "the…an", "。", "、b",
        "«a»",
        "e\u{301}", "包裹", "客户a", "カタ", "Ёлка", "🤖", "👍🏽", "👩‍👩‍👧", "a\u{200B}b", "\u{1}",
    ]
    private static let gaps = [
        " ", " ", " ", " ", "", "", "  ", "\n", "\t", "\r\n", "\u{A0}", "\u{85}", "\u{2009}",
        "\u{3000}",
        "\u{1680}", "\u{2028}", "\u{1C}", "\u{202F}", "\u{205F}",
    ]

    private let random: CounterRandom

    init(seed: UInt64) { random = CounterRandom(seed: seed, stream: 11) }

    func text(_ number: Int) -> String {
        var position = UInt64(number) << 20
        func next() -> Double {
            position += 1
            return random.unit(at: position)
        }
        func pick(_ list: [String]) -> String { list[Int(next() * Double(list.count))] }
        var text = next() < 0.2 ? pick(Self.gaps) : ""
        for _ in 0..<Int(next() * 24) {
            if next() < 0.1 {
                let scalar = Unicode.Scalar(UInt32(next() * (next() < 0.5 ? 0x3000 : 0x2_0000)))
                text.unicodeScalars.append(scalar ?? "?")
            } else {
                text += pick(Self.words)
            }
            text += pick(Self.gaps)
        }
        return text
    }
}
