import Basics
import Testing

/// What would break without these: streamed columns would tear words or overflow into each other.
@Suite struct WordWrapperTests {
    @Test(arguments: [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 80, ["one two three"]),
        ("hello world", 5, ["hello", "world"]),
        ("hello   world", 5, ["hello", "world"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 3, ["a", "abc", "def", "gh"]),
        ("a\nb\n\nc\n", 5, ["a", "b", "", "c"]),
        ("    indented code", 12, ["    indented", "code"]),
        ("    verylongword", 8, ["    very", "longword"]),
        ("          x", 4, ["   x"]),
        ("\tx", 10, ["    x"]),
        ("ab\tx", 10, ["ab  x"]),
        ("日本語です", 4, ["日本", "語で", "す"]),
        ("日本語です", 5, ["日本", "語で", "す"]),
        ("你好。再见", 4, ["你", "好。", "再见"]),
        ("a日本", 2, ["a", "日", "本"]),
        ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
        ("trailing   ", 20, ["trailing"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("日", 1, ["日"]),
    ])
    func wraps(_ text: String, _ width: Int, _ expected: [String]) {
        #expect(WordWrapper.lines(of: text, width: width) == expected)
    }

    @Test func aStreamGivesTheLinesOfTheWhole() {
        let text = """
            The quick brown fox, 日本語のテキスト。 and some    spaces; a-very-long-word-indeed-here

                indented e\u{301} 👩‍👩‍👧 family ❤️ 🇩🇪 end
            """
        let scalars = Array(text.unicodeScalars)
        for width in 1...30 {
            let whole = WordWrapper.lines(of: text, width: width)
            for size in 1...7 {
                var wrapper = WordWrapper(width: width)
                var lines: [String] = []
                for start in stride(from: 0, to: scalars.count, by: size) {
                    var chunk = String.UnicodeScalarView()
                    chunk.append(contentsOf: scalars[start..<min(start + size, scalars.count)])
                    lines += wrapper.append(String(chunk))
                    #expect(wrapper.currentColumns <= max(2, width))
                    #expect(
                        DisplayWidth.columns(of: wrapper.currentLine) == wrapper.currentColumns)
                }
                lines += wrapper.finish()
                #expect(lines == whole)
            }
            for line in whole { #expect(DisplayWidth.columns(of: line) <= max(2, width)) }
        }
    }

    @Test func theCurrentLineGrowsUntilItsWordMovesOn() {
        var wrapper = WordWrapper(width: 9)
        #expect(wrapper.append("see won").isEmpty)
        #expect(wrapper.currentLine == "see won")
        #expect(wrapper.append("derful") == ["see"])
        #expect(wrapper.currentLine == "wonderful")
    }

    @Test func manySpacesAreCheap() {
        var wrapper = WordWrapper(width: 20)
        _ = wrapper.append("word")
        for _ in 0..<20_000 { _ = wrapper.append(" ") }
        #expect(wrapper.append("next") == ["word"])
        #expect(wrapper.finish() == ["next"])
    }
}
