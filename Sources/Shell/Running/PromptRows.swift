import Basics

/// The rows of a JSONL file: `prompt` and, where it is scored, `reference`.
struct PromptRows {
    struct Row {
        let prompt: String
        let references: [String]
    }

    let rows: [Row]

    /// - Throws: `malformed`, with the line, for one that is no object with a prompt.
    init(_ path: String) throws(TandemError) {
        var rows: [Row] = []
        let lines = try TextFile.read(path).unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated()
        where line.contains(where: { !$0.properties.isWhitespace }) {
            func wrong(_ message: String) -> TandemError {
                TandemError(
                    .malformed, message, file: path, line: index + 1,
                    remedy: "a row is {\"prompt\": \"…\", \"reference\": \"…\"}")
            }
            let json: JSON
            do throws(TandemError) {
                json = try JSON.parse(String(line))
            } catch {
                throw wrong(error.message)
            }
            guard let prompt = json["prompt"]?.string else { throw wrong("the row has no prompt") }
            let references: [String]
            switch json["reference"] {
            case nil, .null?: references = []
            case .string(let text)?: references = [text]
            case .array(let list)?: references = list.compactMap(\.string)
            default: throw wrong("reference is neither a text nor a list of texts")
            }
            rows.append(Row(prompt: prompt, references: references))
        }
        if rows.isEmpty { throw TandemError(.malformed, "there are no rows", file: path) }
        self.rows = rows
    }
}
