import Basics

/// The sessions that are kept.
public struct SessionHistory: Sendable {
    private let folder: JournalFolder

    public init(folder: String) { self.folder = JournalFolder(folder) }

    /// What was found, the very last at the end, and how many or whether there are more before it.
    public struct Found<Item: Sendable, Rest: Sendable>: Sendable {
        public fileprivate(set) var items: [Item] = []
        public fileprivate(set) var rest: Rest
        /// Why files could not be read.
        public fileprivate(set) var failures: [TandemError] = []
    }

    /// The sessions that were written last; the rest are how many older ones there are.
    /// - Parameter limit: how many; nil: all.
    /// - Complexity: O(bytes of those sessions).
    public func sessions(limit: Int?) -> Found<SessionOverview, Int> {
        let files = folder.files
        let shown = files.suffix(limit ?? files.count)
        var found = Found<SessionOverview, Int>(rest: files.count - shown.count)
        for file in shown {
            do throws(TandemError) {
                found.items.append(try SessionOverview(file))
            } catch {
                found.add(error)
            }
        }
        return found
    }

    /// The last prompts and answers of all sessions that hold `text`; the rest is whether there are more.
    /// - Complexity: O(bytes of all sessions), less where many are found.
    public func matches(_ text: String, limit: Int) -> Found<SessionMatch, Bool> {
        let search = TextSearch(text)
        var found = Found<SessionMatch, Bool>(rest: false)
        for file in folder.files.reversed() {
            do throws(TandemError) {
                found.items = try Self.matches(search, in: file) + found.items
            } catch {
                found.add(error)
            }
            if found.items.count > limit {
                found.items = Array(found.items.suffix(limit))
                found.rest = true
                break
            }
        }
        return found
    }

    private static func matches(_ search: TextSearch, in file: JournalFolder.File)
        throws(TandemError) -> [SessionMatch]
    {
        let session = try SessionFile(path: file.path)
        guard session.contains(search) else { return [] }
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

extension SessionHistory.Found {
    /// A file that went away meanwhile has nothing.
    fileprivate mutating func add(_ error: TandemError) {
        if error.code != .notFound { failures.append(error) }
    }
}
