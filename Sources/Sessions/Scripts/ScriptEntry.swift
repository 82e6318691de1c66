import Basics

extension Script {
    /// A command and where it stands.
    public struct Entry: Sendable, Equatable {
        /// Its first line, from 1.
        public let line: Int
        /// As it is written.
        public let source: String
        public let command: Command

        /// `error` with file, line and column, where it has no file of its own.
        public func locating(_ error: TandemError, in file: String) -> TandemError {
            error.file == nil ? error.located(in: source, line: line, file: file) : error
        }
    }
}

extension TandemError {
    /// The same error with line and column of the word at fault, or of the command.
    /// - Parameters:
    ///   - source: an entry as it is written.
    ///   - line: of its beginning; nil where it was typed.
    public func located(in source: String, line: Int? = nil, file: String? = nil) -> TandemError {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        let word = culprit.flatMap { $0.isEmpty ? nil : $0 }
        let found = word.flatMap { word in
            lines.indices.lazy.compactMap { index in
                Self.column(of: word, in: lines[index]).map { (index, $0) }
            }.first
        }
        let (index, column) =
            found ?? (0, 1 + (lines.first?.prefix(while: \.isWhitespace).count ?? 0))
        var error = self
        if found == nil { error.culprit = nil }
        error.file = file
        error.line = line.map { $0 + index }
        error.column = column
        error.excerpt = lines.indices.contains(index) ? String(lines[index]) : nil
        return error
    }

    /// Where a word stands by itself, else where the text stands at all.
    private static func column(of word: String, in line: Substring) -> Int? {
        var (first, start): (String.Index?, String.Index) = (nil, line.startIndex)
        while let range = line[start...].firstRange(of: word) {
            if isApart(range, in: line) { return column(range.lowerBound, line) }
            first = first ?? range.lowerBound
            start = line.index(after: range.lowerBound)
        }
        return first.map { column($0, line) }
    }

    private static func column(_ index: String.Index, _ line: Substring) -> Int {
        line.distance(from: line.startIndex, to: index) + 1
    }

    private static func isApart(_ range: Range<String.Index>, in line: Substring) -> Bool {
        func ends(_ character: Character?) -> Bool {
            character.map { $0.isWhitespace || "\"'=".contains($0) } ?? true
        }
        return ends(line[..<range.lowerBound].last) && ends(line[range.upperBound...].first)
    }
}
