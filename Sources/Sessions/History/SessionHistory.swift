import Basics

/// The sessions that are kept.
public struct SessionHistory: Sendable {
    private let folder: JournalFolder

    public init(folder: String) { self.folder = JournalFolder(folder) }

    /// The sessions that were written last, the very last at the end, and how many older ones there are.
    /// - Parameter limit: how many; nil: all.
    /// - Complexity: O(bytes of those sessions).
    public func sessions(limit: Int?) -> (sessions: [SessionOverview], olderCount: Int) {
        let files = folder.files
        let shown = files.suffix(limit ?? files.count)
        return (
            shown.compactMap { try? SessionOverview($0) }, files.count - shown.count
        )
    }

    /// The last prompts and answers of all sessions that hold `text`, the very last at the end, and
    /// whether there are more before them.
    /// - Complexity: O(bytes of all sessions), less where many are found.
    public func matches(_ text: String, limit: Int) -> (matches: [SessionMatch], hasMore: Bool) {
        let search = TextSearch(text)
        var matches: [SessionMatch] = []
        for file in folder.files.reversed() {
            matches = Self.matches(search, in: file) + matches
            if matches.count > limit { return (Array(matches.suffix(limit)), true) }
        }
        return (matches, false)
    }

    /// A file that went away meanwhile has none.
    private static func matches(_ search: TextSearch, in file: JournalFolder.File)
        -> [SessionMatch]
    {
        guard let session = try? SessionFile(path: file.path), session.contains(search) else {
            return []
        }
        var matches: [SessionMatch] = []
        session.eachLine { type, line in
            guard type == "turn" || type == "answer",
                search.isFound(in: UnsafeRawBufferPointer(rebasing: line)),
                let record = SessionFile.record(line), let turn = record["turn"]?.integer,
                let text = record[type == "turn" ? "prompt" : "text"]?.string,
                let offset = search.offset(in: text)
            else { return }
            matches.append(
                SessionMatch(
                    session: file.name, turn: turn, variant: record["variant"]?.string, text: text,
                    offset: offset))
        }
        return matches
    }
}
