import Basics

/// Finds a session by its id.
public struct SessionFinder: Sendable {
    private let folder: JournalFolder

    /// - Parameter folder: where sessions are kept.
    public init(folder: String) { self.folder = JournalFolder(folder) }

    /// - Parameter beginning: of the id; nil: the session that was written last and that no process
    ///   has open; scripts that came to their end only where there is nothing else.
    /// - Throws: `notFound`; `usage` where several ids begin so.
    public func id(beginningWith beginning: String?) throws(TandemError) -> String {
        let files = folder.files
        guard let beginning else {
            let free = files.lazy.filter { !JournalFolder.isInUse($0.path) }
            let last = free.last { !Self.isFinishedScript($0.path) } ?? free.last
            if let last { return last.name }
            throw TandemError(
                .notFound,
                files.isEmpty
                    ? "there is no session to resume" : "all sessions are open in other shells",
                file: folder.path)
        }
        let found = files.filter { $0.name.hasPrefix(beginning) }
        if found.count == 1 || found.contains(where: { $0.name == beginning }) {
            return found.first { $0.name == beginning }?.name ?? found[0].name
        }
        throw found.isEmpty
            ? TandemError(
                .notFound, "no session's id begins with \(beginning)", file: folder.path,
                remedy: "/history lists them")
            : TandemError(
                .usage, "\(found.count) sessions' ids begin with \(beginning)",
                remedy: "the last ones are "
                    + found.suffix(5).map(\.name).joined(separator: ", "))
    }

    private static func isFinishedScript(_ path: String) -> Bool {
        (try? SessionFile(path: path))?.lastType == "end"
    }
}
