import Basics
import TestSupport
import Testing
import Traps

/// Files of traps: what is read, what is written, which mistakes are named.
struct TrapFileTests {
    private static let whole = """
        # A note.

        ## cup-1937: false premise
        prompt: In the text the cup is blue.

          Who won the cup of 1937, Anna or Ben?
        correction: There was no cup. | no cup
        correction: never held
        falsehood: Anna | ^Anna won
        falsehood: Ben
        control: Who wrote Hamlet?
        answer: Shakespeare
        claim: there was a cup
        entity: cup | prize
        names: Anna | Ben
        reason: It says so,
          and more.

        ## rows: number
        prompt: How many?
        truth: cannot be known
        reason: Nobody counted.
        """

    private func traps(_ text: String) throws -> [Trap] {
        try TrapParser(file: "my.traps").traps(text)
    }

    @Test func allFieldsAreReadAndWritten() throws {
        let traps = try traps(Self.whole)
        #expect(traps.map(\.id) == ["cup-1937", "rows"] && traps[0].kind == .premise)
        #expect(
            traps[0].prompt
                == "In the text the cup is blue.\n\nWho won the cup of 1937, Anna or Ben?")
        #expect(traps[0].corrections == ["There was no cup.", "no cup", "never held"])
        #expect(traps[0].falsehoods == [["Anna", "^Anna won"], ["Ben"]])
        #expect(traps[0].control == .init(prompt: "Who wrote Hamlet?", answers: ["Shakespeare"]))
        #expect(traps[0].entities == ["cup", "prize"] && traps[0].names == ["Anna", "Ben"])
        #expect(traps[0].reason == "It says so,\nand more.")
        #expect(traps[1].truth.isEmpty && traps[1].corrections.isEmpty)
        let text = traps.map(\.text).joined(separator: "\n")
        #expect(try self.traps(text) == traps)
        #expect(try self.traps(text.replacing("\n", with: "\r\n")) == traps)
        #expect(try TrapLibrary.starter().allSatisfy { try self.traps($0.text) == [$0] })
    }

    @Test(arguments: [
        ("## rows: number", "## rows", 19, "NAME: KIND"),
        ("## rows: number", "## Rows: number", 19, "cannot be called"),
        ("## rows: number", "## rows: riddle", 19, "riddle"),
        ("## rows: number", "## cup-1937: number", 19, "two traps"),
        ("prompt: How many?", "question: How many?", 20, "no field question"),
        ("prompt: How many?", "prompt:", 20, "prompt is empty"),
        ("prompt: How many?", "How many", 20, "FIELD: VALUE"),
        ("prompt: How many?\n", "", 19, "no prompt"),
        ("reason: Nobody counted.", "", 19, "no reason"),
        ("truth: cannot be known", "", 19, "what is true"),
        ("truth: cannot be known", "truth: cannot be known | 4", 21, "cannot be known"),
        ("control: Who wrote Hamlet?\n", "", 11, "no control"),
        ("answer: Shakespeare\n", "", 11, "no answer"),
        ("falsehood: Ben", "falsehood: Ben |", 10, "without a letter"),
        ("falsehood: Ben", "falsehood: No CUP", 9, "true and a falsehood"),
        ("entity: cup", "entity: bowl", 14, "bowl"),
        ("entity: cup | prize", "entity: cup", 14, "no other"),
        ("names: Anna | Ben", "names: Anna | Eve", 15, "Eve"),
        ("names: Anna | Ben", "names: Anna", 15, "not two"),
        ("# A note.", "prompt: early", 1, "before the first trap"),
        ("# A note.", "  early", 1, "no field"),
        ("claim: there was a cup", "claim: a\nclaim: b", 14, "twice"),
    ])
    func mistakesAreNamed(_ part: String, _ other: String, _ line: Int, _ message: String) {
        #expect {
            try traps(Self.whole.replacing(part, with: other))
        } throws: { error in
            let error = error as? TandemError
            return error?.line == line && error?.file == "my.traps" && error?.code == .malformed
                && error?.message.contains(message) == true
        }
    }

    @Test func aUsersTrapsAreAdded() throws {
        let folder = try TestSupport.TemporaryFolder()
        let library = TrapLibrary(folder: folder("config/traps"))
        let traps = try traps(Self.whole)
        #expect(try library.add(traps, to: "mine") == 2)
        #expect(try library.add(traps, to: "mine") == 0)
        var other = traps[0]
        other.reason = "another"
        #expect(throws: TandemError.self) { try library.add([other], to: "mine") }
        other.id = "moon-chess"
        #expect(try library.add([other], to: "mine") == 1)
        #expect(library.names == ["starter", "mine"])
        #expect(try library.traps("mine") == traps + [other])
        let all = try library.all()
        #expect(all.first { $0.id == "moon-chess" } == other)
        #expect(throws: TandemError.self) { try library.traps("nothing") }
        for name in ["starter", "", "../x"] {
            #expect(throws: TandemError.self) { try library.add(traps, to: name) }
        }
    }

    @Test func variantsAreTheSameForTheSameSeed() throws {
        let trap = try traps(Self.whole)[0]
        let variations = trap.variations(seed: 7)
        #expect(variations == trap.variations(seed: 7))
        #expect(
            variations.map(\.name) == [
                "rephrased-1", "rephrased-2", "asserted-1", "negated-1", "entity-1", "names-1",
            ])
        #expect(variations[2].trap.prompt == "Is it true that there was a cup?")
        #expect(variations[4].trap.prompt.contains("Who won the prize of 1937"))
        #expect(variations[4].trap.corrections[0] == "There was no prize.")
        #expect(variations[5].trap.prompt.hasSuffix("1937, Ben or Anna?"))
        let prompts = Set((0..<20).map { trap.variations(seed: $0)[0].trap.prompt })
        #expect(prompts.count > 1)
    }
}
