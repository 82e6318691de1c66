import Basics
import TestSupport
import Testing

/// `tandem score`: other programs' answers against references.
struct ScoreFileTests {
    private static let answers = """
        The model achieved 85% accuracy on the test set after fine-tuning.
        LoRA reduces memory by training only small adapter matrices.

        """
    private static let references = """
        The fine-tuned model reached 85% accuracy on held-out test data.
        LoRA uses low-rank adapter matrices to reduce training memory requirements.

        """

    private func score(_ files: [String: String], _ arguments: String...) throws
        -> ScriptTests.Result
    {
        let folder = try TemporaryFolder()
        for (name, text) in files { try TestFile.write(text, to: folder(name)) }
        return try ScriptTests.tandem(["score"] + arguments, in: folder.path)
    }

    /// The averages that the issue tracker quotes from the Python packages.
    @Test func textFilesGiveThePublishedAverages() throws {
        let result = try score(
            ["p.txt": Self.answers, "r.txt": Self.references], "p.txt", "--references", "r.txt",
            "--json")
        #expect(result.status == 0, "\(result.errors)")
        let json = try JSON.parse(result.output)
        #expect(json["n"] == 2 && json["items"]?.array?.count == 2)
        for (name, expected) in [
            ("rouge1", 0.633333), ("rouge2", 0.191919), ("rougeL", 0.4), ("bleu", 0.070647),
            ("em", 0),
        ] {
            let found = try #require(json["metrics"]?[name]?.double)
            #expect(abs(found - expected) < 1e-6, "\(name): \(found)")
        }
        let expected = [
            "rouge1", "rouge2", "rougeL", "rougeLsum", "bleu", "sacrebleu", "chrf", "em", "f1",
        ]
        #expect(json["metrics"]?.object?.keys == expected)
        let table = try score(
            ["p.txt": Self.answers, "r.txt": Self.references], "p.txt", "--references", "r.txt")
        #expect(table.output.contains("rouge1      0.633333"), "\(table.output)")
    }

    /// The same texts as JSONL, as CSV and as text give the same bytes.
    @Test func theFormatOfTheFileDoesNotMatter() throws {
        let answers = Self.answers.split(separator: "\n").map(String.init)
        let references = Self.references.split(separator: "\n").map(String.init)
        let expected = try score(
            ["p.txt": Self.answers, "r.txt": Self.references], "p.txt", "--references", "r.txt",
            "--json"
        ).output
        let jsonl = zip(answers, references).map { answer, reference in
            (["prediction": .string(answer), "reference": [.string(reference)]] as JSON).text
        }.joined(separator: "\n")
        let csv = zip(answers, references).map { "\"\($0)\",\"\($1)\"\r\n" }.joined()
        #expect(try score(["a.jsonl": jsonl], "a.jsonl", "--json").output == expected)
        #expect(
            try score(["a.csv": "answer,target\r\n" + csv], "a.csv", "--json").output == expected)
        #expect(
            try score(
                ["a.csv": "said,wanted\r\n" + csv], "a.csv", "--map", "prediction=said", "--map",
                "reference=wanted", "--json", "--threads", "1"
            ).output == expected)
    }

    @Test func severalReferencesARow() throws {
        let files = [
            "p.txt": "yes\r\nno\r\nmaybe\r\n", "a.txt": "Yes!\nperhaps\nx\n", "b.txt": "x\nNo\nx\n",
            "r.jsonl": "{\"references\": [\"yes\", \"x\"]}\n\n{\"references\": \"no\"}\n"
                + "{\"references\": null}\n",
            "r.csv": "first,second\nx,yes\nno,\n,\n",
        ]
        let both = try score(
            files, "p.txt", "--references", "a.txt", "--references", "b.txt", "--metrics", "em")
        #expect(both.output.contains("em      0.666667"), "\(both.output)\(both.errors)")
        for arguments in [
            ["r.jsonl"], ["r.csv", "--map", "reference=first", "--map", "reference=second"],
        ] {
            let folder = try TemporaryFolder()
            for (name, text) in files { try TestFile.write(text, to: folder(name)) }
            let result = try ScriptTests.tandem(
                ["score", "p.txt", "--json", "--metrics", "em", "--references"] + arguments,
                in: folder.path)
            let json = try JSON.parse(result.output)
            #expect(json["metrics"]?["em"] == 1.0, "\(result.output)\(result.errors)")
            #expect(json["unscored"]?["em"]?["there is no reference"] == 1)
            #expect(json["items"]?.array?[2]["em"] == .null)
        }
    }

    private static let mistakes: [([String], Int, String)] = [
        (["p.txt"], 2, "--references FILE"),
        (["absent.txt", "--references", "p.txt"], 3, "absent.txt"),
        (
            ["p.txt", "--references", "short.txt"], 3,
            "short.txt: 1 rows of references for 2 of p.txt"
        ),
        (["p.txt", "--references", "bad.jsonl"], 3, "bad.jsonl:2: "),
        (["bad.csv", "--references", "p.txt"], 3, "bad.csv:3: "),
        (["id.jsonl", "--references", "other.jsonl"], 3, "other.jsonl:2: the row has the id c"),
        (["none.jsonl", "--references", "p.txt"], 3, "none.jsonl:2: the row has no prediction"),
        (["id.jsonl", "--references", "kind.jsonl"], 3, "kind.jsonl:1: reference is an object"),
        (["p.txt", "--references", "p.txt", "--metrics", "rogue1"], 2, "rouge1, rouge2"),
        (["p.txt", "--references", "p.txt", "--metrics", "em,em"], 2, "twice"),
        (["id.jsonl", "--map", "reference=gold"], 3, "columns: id, prediction"),
        (["id.jsonl", "--map", "gold"], 2, "reference=COLUMN"), (["empty.txt"], 3, "no rows"),
    ]

    @Test(arguments: mistakes)
    func mistakesNameFileAndLine(_ arguments: [String], _ status: Int, _ words: String) throws {
        let folder = try TemporaryFolder()
        for (name, text) in [
            "p.txt": "a\nb\n", "short.txt": "a\n", "empty.txt": "",
            "bad.jsonl": "{\"reference\": \"a\"}\n{\"reference\": \n",
            "bad.csv": "prediction,id\na,1\nb\n",
            "id.jsonl":
                "{\"id\": \"a\", \"prediction\": \"x\"}\n{\"id\": \"b\", \"prediction\": \"y\"}\n",
            "other.jsonl":
                "{\"id\": \"a\", \"reference\": \"x\"}\n{\"id\": \"c\", \"reference\": \"y\"}\n",
            "none.jsonl": "{\"prediction\": \"x\"}\n{\"prediction\": null}\n",
            "kind.jsonl": "{\"reference\": {}}\n{\"reference\": \"y\"}\n",
        ] { try TestFile.write(text, to: folder(name)) }
        let result = try ScriptTests.tandem(["score"] + arguments, in: folder.path)
        #expect(Int(result.status) == status, "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    /// An id that could steer the terminal is escaped.
    @Test func idsAreEscaped() throws {
        let rows =
            "{\"id\": \"\\u001b[2J\\u009b1m\\u202e\", \"prediction\": \"a\", \"reference\": \"a\"}\n"
        let result = try score(["a.jsonl": rows], "a.jsonl", "--metrics", "em", "--json")
        #expect(result.status == 0)
        #expect(
            !result.output.unicodeScalars.contains {
                ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0)
            })
        let id = try JSON.parse(result.output)["items"]?.array?[0]["id"]?.string
        #expect(id == "\u{1B}[2J\u{9B}1m\u{202E}")
    }
}
