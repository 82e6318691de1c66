import LineEditor
import Testing

@Suite struct EditingTests {
    @Test(arguments: [
        ("one\rtwo\r", "one\ntwo"), ("one\r\ntwo", "one\ntwo"), ("one\n\n\ntwo", "one\n\n\ntwo"),
        ("\r\r", ""), ("a\0b", "a\u{FFFD}b"), ("日\t本", "日\t本"), ("a\n\r\nb", "a\n\nb"),
    ])
    func pastesBecomeLines(_ pasted: String, _ expected: String) {
        #expect(PastedText.normalized(pasted.unicodeScalars) == expected)
    }

    @Test(arguments: [
        ("", 7, 20, 0), ("0123456789abc", 7, 20, 1), ("0123456789ab", 7, 20, 0),
        ("a\nb\n", 7, 20, 2), ("0123456789a日", 8, 20, 1), ("\t\t", 7, 20, 0), ("\u{1}", 19, 20, 1),
        ("x", 45, 20, 2),
    ])
    func rowsAreThoseOfTheTerminal(_ text: String, _ start: Int, _ width: Int, _ row: Int) {
        #expect(LinePlacement.row(after: text, startingAt: start, width: width) == row)
    }

    @Test func coloursOfAPromptTakeNoColumnsAndTheRestIsShown() {
        let prompt = Prompt("\u{1B}[1m\u{1B}[36mtandem\u{1B}[0m>\u{1B}[2J \u{1B}[0m")
        #expect(prompt.plain == "tandem>^[[2J ")
        #expect(
            prompt.marked
                == "\u{1}\u{1B}[1m\u{1B}[36m\u{1}tandem\u{1}\u{1B}[0m\u{1}>^[[2J\u{1}\u{1B}[0m\u{1} "
        )
    }

    @Test func candidatesFillColumnsDownwards() {
        let labels = ["a", "bb", "日本", "d", "e"]
        #expect(CandidateTable.lines(labels, width: 18, limit: 10) == ["a     日本  e", "bb    d"])
        #expect(CandidateTable.lines(labels, width: 3, limit: 2) == ["a", "bb", "… and 3 more"])
        #expect(CandidateTable.lines([], width: 80, limit: 2).isEmpty)
    }

    @Test func theSharedBeginningIsOfWholeScalars() {
        let shared = { (texts: [String]) in
            Completion(word: "", candidates: texts.map { .init($0) }).sharedBeginning
        }
        #expect(shared(["日本語", "日本人"]) == "日本")
        #expect(shared(["é", "è"]) == "")
        #expect(shared(["load", "load"]) == "load")
        #expect(shared([]) == "")
    }
}
