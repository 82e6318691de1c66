import Basics
import Glibc

/// What happens in a session, kept as it happens: `session`, then for each command `command`, its
/// results, and `done`; around the commands of a script `script` and `end`.
///
/// The file is made for the first command. Where it cannot be written, that is told once, and the
/// session goes on without it.
public final class SessionJournal {
    /// Such as `20261125-170409-3f2a`, the file's name; nil until there is a file.
    public private(set) var id: String?
    /// Told why nothing is kept from now on.
    public var onFailure: ((TandemError) -> Void)?
    /// Whether nothing is written for now.
    public var isPaused = false
    private let folder: JournalFolder
    private var journal: Journal?
    private var hasFailed = false
    /// Scripts that began before the session did.
    private var openScripts: [JSON] = []

    private static let version = 1

    /// A new session.
    /// - Parameter folder: where sessions are kept.
    public init(folder: String) { self.folder = JournalFolder(folder) }

    /// A session that goes on.
    /// - Throws: `notFound` where it is not there; `inputOutput` where another process has it open.
    public init(id: String, in folder: String) throws(TandemError) {
        self.folder = JournalFolder(folder)
        self.id = id
        let path = self.folder.path(of: id)
        guard access(path, F_OK) == 0 else {
            throw TandemError(.notFound, "the session is not there any more", file: path)
        }
        journal = try Journal(path: path)
    }

    /// What was there when it was opened.
    public var records: [JSON] { journal?.records.map(\.value) ?? [] }
    /// What was wrong with the file and what was done about it, for people.
    public var warnings: [String] { journal?.warnings ?? [] }

    /// A command that is about to be performed.
    /// - Parameters:
    ///   - file: the script that it stands in, and the line there; nil where it was typed.
    ///   - startsSession: whether a session begins with it, where there is none yet.
    public func begin(
        _ command: String, file: String? = nil, line: Int? = nil, startsSession: Bool
    ) {
        if journal == nil, startsSession { open() }
        add(
            [
                "type": "command", "text": .string(command),
                "file": file.map { .string($0) } ?? nil, "line": line.map { .integer($0) } ?? nil,
            ], canWait: true)
    }

    /// A result of the present command, on the disk when this returns.
    /// - Parameter canWait: whether a power cut may lose it until the command is done.
    public func add(_ record: JSON, canWait: Bool = false) {
        if isPaused { return }
        attempt { journal throws(TandemError) in try journal.append(record, canWait: canWait) }
    }

    /// The present command is done.
    /// - Parameter isLast: whether somebody waits for it.
    public func end(_ error: TandemError? = nil, isLast: Bool) {
        add(
            ["type": "done", "error": error.map { .string($0.description) } ?? nil],
            canWait: !isLast)
    }

    /// The commands of a script begin.
    public func beginScript(file: String, text: String, variables: JSON) {
        let record: JSON = [
            "type": "script", "file": .string(file), "text": .string(text),
            "variables": variables,
        ]
        if journal == nil { openScripts.append(record) } else { add(record, canWait: true) }
    }

    /// The commands of the last script that began are done, or the rest of them is left.
    /// - Parameter isLast: whether somebody waits for it.
    public func endScript(isLast: Bool) {
        if journal == nil {
            _ = openScripts.popLast()
        } else {
            add(["type": "end"], canWait: !isLast)
        }
    }

    private func attempt(_ body: (Journal) throws(TandemError) -> Void) {
        guard let journal else { return }
        do throws(TandemError) { try body(journal) } catch { fail(error) }
    }

    private func fail(_ error: TandemError) {
        journal = nil
        hasFailed = true
        onFailure?(error)
    }

    private func open() {
        if hasFailed { return }
        let time = UTCTime()
        var id: String
        repeat {
            let random = String(UInt16.random(in: 0x1000...0xFFFF), radix: 16)
            id = time.compact + "-" + random
        } while access(folder.path(of: id), F_OK) == 0
        folder.prune(to: .sessions)
        let session: JSON = [
            "type": "session", "id": .string(id), "start": .string(time.iso8601),
            "format": .integer(Self.version), "folder": .string(Self.currentFolder),
        ]
        do throws(TandemError) {
            let made = try Journal(path: folder.path(of: id))
            try made.append([session] + openScripts, canWait: true)
            (journal, self.id) = (made, id)
        } catch {
            fail(error)
        }
    }

    /// Where the process is; relative paths of commands begin there.
    public static var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }
}
