import Basics

/// The commands of a script, with the lines they stand on.
public struct Script: Sendable {
    public struct Entry: Sendable, Equatable {
        public let line: Int
        public let command: Command
    }

    public let entries: [Entry]
    public let text: String

    /// - Throws: `script`, with file and line, for a command that cannot be read and a block that is
    ///   not closed. Nothing has run by then.
    public init(_ text: String, file: String) throws(TandemError) {
        var entries: [Entry] = []
        var reader = EntryReader()
        var start = 1
        let lines = text.unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if !reader.isInBlock { start = index + 1 }
            let line = line.last == "\r" ? line.dropLast() : line
            guard let entry = reader.append(String(line)) else { continue }
            do throws(TandemError) {
                if let command = try CommandParser.parse(entry) {
                    entries.append(Entry(line: start, command: command))
                }
            } catch {
                throw TandemError(
                    .script, error.message, file: file, line: start, remedy: error.remedy)
            }
        }
        if reader.isInBlock {
            throw TandemError(
                .script, "the block that begins here is not closed", file: file, line: start,
                remedy: "close it with a line \"\"\"")
        }
        self.entries = entries
        self.text = text
    }
}
