import Basics

/// What the user entered, oldest first, each entry once; kept in a file where one is given.
struct History {
    private(set) var entries: [String] = []
    private(set) var problem: TandemError?

    private let file: HistoryFile?
    private let limit: Int

    init(path: String?, limit: Int) {
        self.limit = max(1, limit)
        file = path.map { HistoryFile(path: $0) }
        guard let file else { return }
        do throws(TandemError) {
            let stored = try file.load()
            entries = Self.unique(stored, limit: self.limit)
            // Repetitions and old entries are thrown out now and then, not at every start.
            if stored.count > entries.count + entries.count / 4 + 100 {
                try file.replace(with: entries)
            }
        } catch {
            problem = error
        }
    }

    /// Adds an entry; false where it is not to be kept.
    mutating func add(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, !first.properties.isWhitespace else {
            return false
        }
        let isRepeated = entries.last.map { UTF8Key($0) == UTF8Key(text) } ?? false
        if !isRepeated {
            let key = UTF8Key(text)
            if let index = entries.lastIndex(where: { UTF8Key($0) == key }) {
                entries.remove(at: index)
            }
            entries.append(text)
            if entries.count > limit { entries.removeFirst(entries.count - limit) }
            save(text)
        }
        return true
    }

    private mutating func save(_ text: String) {
        guard let file, problem == nil else { return }
        do throws(TandemError) {
            try file.append(text)
        } catch {
            problem = error
        }
    }

    /// The last `limit` entries, each where it was last entered.
    private static func unique(_ stored: [String], limit: Int) -> [String] {
        var seen = Set<UTF8Key>()
        var kept: [String] = []
        for entry in stored.reversed() where seen.insert(UTF8Key(entry)).inserted {
            kept.append(entry)
            if kept.count == limit { break }
        }
        return kept.reversed()
    }
}
