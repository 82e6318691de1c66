import Basics
import TestSupport
import Testing

/// Rows whose columns are read without making values of them hold what the rows hold that are read
/// whole, and are refused with the same words.
struct RowCellsTests {
    private static let columns = ["prediction", "reference", "e\u{301}", "id"]
    private static let keys = [
        "\"prediction\"", "\"reference\"", "\"\\u0070rediction\"", "\"e\u{301}\"", "\"\u{E9}\"",
        "\"id\"", "\"\"", "\"x\"", "key", "\"open",
    ]
    private static let values = [
        "\"\"", "\"plain text of more than eight bytes\"", "\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"",
        "\"\\u00e9\\ud83d\\ude00…é🫖\"", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"\\x\"", "\"\\u12\"",
        "\"tab\there\"", "\"not closed", "3", "-0.50", "1e400", "01", "null", "true", "[]", "{}",
        "[\"a\", \"b\\u0063\", 1]", "{\"id\": [1, {\"id\": \"x\"}]}", "nul", "",
        String(repeating: "[", count: 70), "\"\\u0000\"",
    ]
    private static let gaps = ["", "", "", " ", "\t", " \r "]

    private let random = CounterRandom(seed: 17, stream: 4)

    private func row(_ number: Int) -> String {
        var position = UInt64(number) << 16
        func pick(_ list: [String]) -> String {
            position += 1
            return list[Int(random.unit(at: position) * Double(list.count))]
        }
        /// What is wrong comes last in the lists, and seldom.
        func seldomWrong(_ list: [String], _ right: Int) -> String {
            position += 1
            return pick(random.unit(at: position) < 0.9 ? Array(list[..<right]) : list)
        }
        position += 1
        let wide = number % 50 == 0 ? 70 : 0
        let members = (0..<Int(random.unit(at: position) * 6) + wide).map { index in
            let key = index < wide ? "\"wide \(index)\"" : seldomWrong(Self.keys, 8)
            return pick(Self.gaps) + key + pick(Self.gaps) + seldomWrong([":", ";"], 1)
                + pick(Self.gaps) + seldomWrong(Self.values, 4) + pick(Self.gaps)
        }
        return pick(Self.gaps) + seldomWrong(["{", "\u{FEFF}{", "["], 2)
            + members.joined(separator: ",") + seldomWrong(["}", "", "} x", ",}", "]"], 1)
    }

    private func outcome<Value>(_ body: () throws(TandemError) -> Value) -> Result<
        Value, TandemError
    > {
        do throws(TandemError) { return .success(try body()) } catch { return .failure(error) }
    }

    @Test func columnsAreThoseOfTheWholeRow() throws {
        let texts = (0..<4000).map(row)
        let table = try TableFile(texts.joined(separator: "\n"), file: "r.jsonl")
        #expect(table.count == texts.count)
        var cells = RowCells(columns: Self.columns)
        var (read, refused) = (0, 0)
        for index in texts.indices {
            let whole = outcome { () throws(TandemError) in try table.row(index) }
            let columns = outcome { () throws(TandemError) in try table.read(index, into: &cells) }
            switch (whole, columns) {
            case (.success(let whole), .success):
                #expect(cells.line == whole.line)
                for (column, cell) in zip(Self.columns, cells.cells) {
                    let found: JSON? =
                        switch cell {
                        case .text(let place): .string(cells.text(place))
                        case .value(let value): value
                        case nil: nil
                        }
                    #expect(found == whole.columns[column], "\(column) of \(texts[index])")
                }
                read += 1
            case (.failure(let expected), .failure(let found)):
                #expect(found == expected, "\(texts[index])")
                refused += 1
            default: Issue.record("\(whole) and \(columns) of \(texts[index])")
            }
        }
        #expect(read > 500 && refused > 500)
    }

    @Test func bytesThatAreNoTextAreRefusedWithTheirLine() throws {
        for wrong in [[0xFF], [0xE2, 0x82], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]] {
            let rows = Array("{\"a\": \"é\"}\n{\"a\": \"".utf8) + wrong + Array("\"}\n".utf8)
            let folder = try TemporaryFolder()
            try TestFile.write(rows, to: folder("r.jsonl"))
            let table = try TableFile(path: folder("r.jsonl"))
            var cells = RowCells(columns: ["a"])
            try table.read(0, into: &cells)
            let error = try #require(throws: TandemError.self) {
                try table.read(1, into: &cells)
            }
            #expect(error.line == 2 && error.message.contains("UTF-8"), "\(error)")
        }
    }
}
