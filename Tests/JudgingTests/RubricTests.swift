import Basics
import Judging
import TestSupport
import Testing

struct RubricTests {
    private static let right = """
        For a test.

        ## truth: 6
        It is true.

        ## form: 4
        It is short.

        ## prompt
        {question}
        {response}
        """

    private func read(_ text: String) throws -> Rubric {
        let folder = try TemporaryFolder()
        try TestFile.write(text, to: folder("mine.rubric"))
        return try RubricLibrary(folder: folder.path).rubric("mine")
    }

    @Test func theShippedOnesAreWhole() throws {
        let library = RubricLibrary(folder: "/nowhere")
        #expect(library.names.count == 5)
        for name in library.names {
            let rubric = try library.rubric(name)
            #expect(rubric.criteria.reduce(0) { $0 + $1.points } == Rubric.total)
            #expect(!rubric.summary.isEmpty && rubric.prompt.contains("{response}"))
            #expect(rubric.schema["required"] == ["reason", "criteria"])
        }
        #expect(try library.rubric("factual").needsReference)
        #expect(try !library.rubric("general").needsReference)
    }

    @Test func anOwnOneIsRead() throws {
        let rubric = try read(Self.right)
        #expect(rubric.name == "mine" && rubric.summary == "For a test.")
        #expect(rubric.criteria.map(\.name) == ["truth", "form"])
        #expect(rubric.criteria.map(\.points) == [6, 4])
        #expect(rubric.prompt == "{question}\n{response}")
        #expect(rubric.version != (try read(Self.right + "\n")).version)
        #expect(
            rubric.schema["properties"]?["criteria"]?["properties"]?["truth"] == [
                "type": "integer", "minimum": 0, "maximum": 6,
            ])
    }

    @Test(arguments: [
        ("## form: 4", "## form: 3", "add up to 9"), ("## form: 4", "## truth: 4", "twice"),
        ("## form: 4", "## form", "NAME: POINTS"), ("## form: 4", "## Form: 4", "small letters"),
        ("## form: 4", "## form: 0", "NAME: POINTS"), ("{question}", "{answer}", "{answer}"),
        ("{response}", "", "{response}"), ("It is short.", "", "what earns"),
        ("## prompt", "## prompt\n## prompt", "two prompts"), ("## prompt", "prompt", "## prompt"),
        (right, "", "no criterion"),
    ])
    func mistakesAreNamed(_ part: String, _ other: String, _ message: String) {
        #expect {
            try read(Self.right.replacing(part, with: other))
        } throws: { error in
            let error = error as? TandemError
            return error?.message.contains(message) == true && error?.line != nil
        }
    }

    @Test func namesAreNoPaths() {
        let library = RubricLibrary(folder: "/nowhere")
        for name in ["", "..", "a b", "x\u{1B}"] {
            #expect(throws: TandemError.self) { try library.path(of: name) }
        }
        #expect(throws: TandemError.self) { try library.rubric("unheard-of") }
    }
}
