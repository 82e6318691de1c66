import Basics
import Testing

/// Rows as other programs write them.
struct TableRowsTests {
    private func csv(_ text: String) throws -> [[String]] {
        try TableRows(text, file: "rows.csv").rows.map { row in
            row.columns.members.map { $0.value.string ?? $0.value.kind }
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]), ("a,b\r\n1,2", [["1", "2"]]),
        ("\u{FEFF}a\n1\n", [["1"]]),
        ("a,b\n\"x, y\",\"he said \"\"no\"\"\"\n", [["x, y", "he said \"no\""]]),
        ("a,b\n\"two\nlines\",\n\n3,4\n", [["two\nlines", ""], ["3", "4"]]),
        ("a\n\"\"\n", [[""]]), ("a,b\n\"\r\n\",é🫖\r\n", [["\r\n", "é🫖"]]),
    ])
    func readsCSV(_ text: String, _ rows: [[String]]) throws { #expect(try csv(text) == rows) }

    @Test func namesTheLineOfARow() throws {
        let rows = try TableRows("a\n\"1\n2\"\n3\n", file: "r.CSV").rows
        #expect(rows.map(\.line) == [2, 4])
        #expect(rows[0].columns["a"]?.string == "1\n2")
        let objects = try TableRows("\u{FEFF}{\"a\": 1}\n\n{\"a\": [2]}\n", file: "r.jsonl").rows
        #expect(objects.map(\.line) == [1, 3] && objects[1].columns["a"] == [2])
    }

    @Test(arguments: [
        ("a,b\n1\n", "r.csv", 2, "1 cells"), ("a,a\n1,2\n", "r.csv", 1, "two columns"),
        ("a\n\"open\n", "r.csv", 2, "not closed"), ("a\nb\"c\n", "r.csv", 2, "not in quotes"),
        ("a\n\"b\"c\n", "r.csv", 2, "after the closing quote"),
        ("{\"a\": 1}\n[1]\n", "r.jsonl", 2, "an array"), ("{\"a\": }\n", "r.jsonl", 1, ""),
    ])
    func refuses(_ text: String, _ file: String, _ line: Int, _ word: String) {
        #expect {
            try TableRows(text, file: file)
        } throws: { error in
            let error = error as? TandemError
            return error?.code == .malformed && error?.line == line
                && (word.isEmpty || error?.message.contains(word) == true)
        }
    }

    @Test(arguments: [("", "r.csv"), ("a,b\n", "r.csv"), (" \n", "r.jsonl")])
    func refusesAFileWithoutRows(_ text: String, _ file: String) {
        #expect(throws: TandemError.self) { try TableRows(text, file: file) }
    }

    /// The check value that the checksum's catalogue gives.
    @Test func checksum() {
        #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
        #expect(CRC32.checksum([]) == 0)
    }
}
