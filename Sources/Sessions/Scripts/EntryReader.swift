import Basics

/// Joins lines to entries: a line is one, but a line that ends with `"""` begins a block that goes
/// on to a line `"""`. In a block a backslash goes before a line that begins with `"""` or a backslash.
public struct EntryReader: Sendable {
    static let fence = "\"\"\""
    private var lines: [String] = []

    public init() {}

    /// Whether a block is open.
    public var isInBlock: Bool { !lines.isEmpty }

    /// - Returns: the entry that this line completes; nil while a block is open.
    public mutating func append(_ line: String) -> String? {
        if isInBlock {
            lines.append(line)
            guard CommandParser.trimmed(line) == Self.fence else { return nil }
            defer { lines = [] }
            return lines.joined(separator: "\n")
        }
        guard Self.opensBlock(line) else { return line }
        lines = [line]
        return nil
    }

    /// Throws away an open block.
    public mutating func reset() { lines = [] }

    private static func opensBlock(_ line: String) -> Bool {
        let line = CommandParser.trimmed(line)
        if line == fence { return true }
        return line.hasPrefix("/") && line.hasSuffix(" " + fence)
    }

    /// Whether a line of a block must be written with a backslash before it.
    static func needsEscape(_ line: String) -> Bool {
        line.hasPrefix("\\") || CommandParser.trimmed(line).hasPrefix(fence)
    }

    private static func isEscaped(_ line: String) -> Bool {
        line.hasPrefix("\\") && needsEscape(String(line.dropFirst()))
    }

    /// The line that begins an entry, without its `"""`, and the text of the block, if it has one.
    static func parts(of entry: String) -> (head: String, block: String?) {
        let lines = entry.unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { String($0) }
        guard lines.count > 1, opensBlock(lines[0]),
            CommandParser.trimmed(lines[lines.count - 1]) == fence
        else {
            // Several lines without a fence were pasted: all of them are the prompt.
            if lines.count > 1, !lines[0].hasPrefix("/") { return ("", entry) }
            return (entry, nil)
        }
        let head = CommandParser.trimmed(lines[0]).dropLast(fence.count)
        let body = lines[1..<lines.count - 1].map { line in
            isEscaped(line) ? String(line.dropFirst()) : line
        }
        return (String(head), body.joined(separator: "\n"))
    }
}
