import Basics
import Glibc

/// A file of JSON records that survives a crash: it is only appended to, and each record is a line
/// with a number and a checksum.
///
/// One `write` for what is added, so that `kill -9` leaves whole records and at most one torn line;
/// `fdatasync` before `append` returns, so that a power cut loses none either, unless it is told that
/// this can wait. The file is locked as long as it is open, and only its owner can read it.
public final class Journal {
    public struct Record: Sendable, Equatable {
        /// From 1, without gaps.
        public let sequence: Int
        public let value: JSON
    }

    public let path: String
    /// What was there when it was opened.
    public let records: [Record]
    /// What was wrong with the file and what was done about it, for people.
    public let warnings: [String]
    private let descriptor: Int32
    private var lastSequence: Int
    private var isBroken = false
    /// Whether something was written that a power cut could still take.
    private var isWaiting = false

    /// Opens the file for writing, and makes it and its folders where they are missing.
    ///
    /// A last record without its line feed is given one; a torn last line is moved to a file beside
    /// it; lines that are damaged are left and skipped.
    /// - Throws: `inputOutput` where that fails, and where another process has it open.
    public init(path: String) throws(TandemError) {
        self.path = path
        if let slash = path.lastIndex(of: "/") { try Folder.make(String(path[..<slash])) }
        descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("it cannot be opened", path) }
        do throws(TandemError) {
            guard Self.lock(descriptor) else {
                throw TandemError(
                    .inputOutput, "another Tandem has this file open", file: path,
                    remedy: "wait for it, or end it")
            }
            guard Self.isStill(descriptor, at: path) else {
                throw TandemError(
                    .notFound, "another Tandem removed this file just now", file: path)
            }
            let contents = JournalContents(try Self.bytes(of: path))
            records = contents.records
            lastSequence = records.last?.sequence ?? 0
            warnings = try contents.warnings + Self.repair(contents, descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// The records of a file, and what is wrong with it; nothing is changed.
    /// - Throws: `notFound`, `inputOutput`.
    public static func read(path: String) throws(TandemError) -> (
        records: [Record], warnings: [String]
    ) {
        let contents = JournalContents(try bytes(of: path))
        let torn = contents.tail.isEmpty || contents.tailIsRecord ? [] : ["the last line is torn"]
        return (contents.records, contents.warnings + torn)
    }

    /// Adds a record.
    /// - Parameter canWait: whether a power cut may lose it until the next record that cannot wait.
    /// - Throws: `inputOutput`. After that nothing more is written: what is on the disk is not known.
    public func append(_ value: JSON, canWait: Bool = false) throws(TandemError) {
        try append([value], canWait: canWait)
    }

    /// Adds records.
    public func append(_ values: [JSON], canWait: Bool = false) throws(TandemError) {
        try write(values)
        if !canWait { try sync() }
    }

    private func write(_ values: [JSON]) throws(TandemError) {
        if isBroken {
            throw TandemError(
                .inputOutput, "nothing is written any more, since writing failed before",
                file: path)
        }
        isBroken = true
        var lines: [UInt8] = []
        for (index, value) in values.enumerated() {
            lines += JournalLine.bytes(sequence: lastSequence + 1 + index, record: value)
        }
        try Self.write(lines, to: descriptor, path)
        lastSequence += values.count
        isBroken = false
        isWaiting = true
    }

    private func sync() throws(TandemError) {
        guard isWaiting else { return }
        isWaiting = false
        guard fdatasync(descriptor) == 0 else {
            isBroken = true
            throw Self.failure("it cannot be brought to the disk", path)
        }
    }
}
