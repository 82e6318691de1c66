import LineEditor
import Testing

@Suite struct HistoryFileTests {
    @Test(arguments: [
        "one", "two\nlines", "a\n\n\nb", "ends with a backslash\\", "tab\tinside\n\tindented",
        "日本語",
    ])
    func entriesComeBackAsTheyWere(_ entry: String) {
        let bytes =
            HistoryFile.lines(of: "before") + HistoryFile.lines(of: entry)
            + HistoryFile.lines(of: "after")
        #expect(HistoryFile.entries(in: bytes) == ["before", entry, "after"])
    }

    @Test func whatAPersonEditedIsReadAsWellAsItCan() {
        let bytes = Array("\tno entry before\n\nfirst\n\n\tx\nlast without an end".utf8) + [0xFF]
        #expect(
            HistoryFile.entries(in: bytes)
                == ["\tno entry before", "first", "\nx", "last without an end\u{FFFD}"])
    }
}
