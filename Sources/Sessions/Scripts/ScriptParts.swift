import Basics

/// The entries of a script as they are written: lines, and blocks of lines.
struct ScriptParts {
    /// With the number of its first line, from 1.
    private(set) var parts: [(line: Int, source: String)] = []

    /// - Throws: `script` for a block that is not closed.
    init(_ text: String, file: String) throws(TandemError) {
        var reader = EntryReader()
        var start = (line: 1, text: "")
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = String(line.last == "\r" ? line.dropLast() : line)
            if !reader.isInBlock { start = (index + 1, line) }
            if let entry = reader.append(line) { parts.append((start.line, entry)) }
        }
        if reader.isInBlock {
            throw TandemError(
                .script, "the block that begins here is not closed",
                remedy: "close it with a line \"\"\"", culprit: EntryReader.fence
            ).located(in: start.text, line: start.line, file: file)
        }
    }
}
