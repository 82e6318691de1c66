import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// A journal loses nothing that was acknowledged, wherever writing stopped.
struct JournalTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder("state/kept.jsonl")
    }

    private static let values: [JSON] = [
        ["a": 1], "two\nlines, \"quotes\" and 日本語 🫖", ["n": [1.5, nil, true]],
    ]

    private func write(_ values: [JSON] = values) throws {
        let journal = try Journal(path: path)
        for value in values { try journal.append(value) }
    }

    @Test func whatIsWrittenIsThereAgain() throws {
        try write()
        try write(["more"])
        let (records, warnings) = try Journal.read(path: path)
        #expect(records.map(\.value) == Self.values + ["more"] && warnings.isEmpty)
        #expect(records.map(\.sequence) == [1, 2, 3, 4])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    /// The file as it is when the process is killed, or the power fails, after any byte.
    @Test func everyCutLeavesTheRecordsBeforeIt() throws {
        let values = (1...20).map { number in
            JSON(dictionaryLiteral: ("n", .integer(number)), ("value", Self.values[number % 3]))
        }
        try write(values)
        let bytes = try TestFile.bytes(of: path)
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        #expect(ends.count == 20)
        for count in bytes.indices {
            try TestFile.write(Array(bytes[..<count]), to: path)
            let before = try Journal.read(path: path)
            #expect(try TestFile.bytes(of: path).count == count, "reading changes nothing")
            let journal = try Journal(path: path)
            // A record is whole without its line feed, too.
            let whole = ends.count { $0 <= count }
            #expect(journal.records.map(\.value) == Array(values[..<whole]), "\(count)")
            #expect(journal.records == before.records)
            let isTorn = count > 0 && bytes[count - 1] != 0x0A && !ends.contains(count)
            #expect(journal.warnings.count == (isTorn ? 1 : 0), "\(count): \(journal.warnings)")
            if isTorn {
                let start = ends.last { $0 < count }.map { $0 + 1 } ?? 0
                let aside = try TestFile.bytes(of: path + ".torn1")
                #expect(aside == Array(bytes[start..<count]), "what was torn is kept")
                try FileManager.default.removeItem(atPath: path + ".torn1")
            }
            try journal.append("next")
            let after = try Journal.read(path: path)
            #expect(after.records.map(\.value) == Array(values[..<whole]) + ["next"])
            #expect(after.warnings.isEmpty, "\(count): \(after.warnings)")
        }
    }

    /// No changed byte passes for a record.
    @Test func everyChangedByteIsFound() throws {
        try write()
        let bytes = try TestFile.bytes(of: path)
        for index in bytes.indices where bytes[index] != 0x0A {
            var changed = bytes
            changed[index] ^= 0x01
            try TestFile.write(changed, to: path)
            let (records, warnings) = try Journal.read(path: path)
            #expect(!warnings.isEmpty, "\(index)")
            #expect(records.allSatisfy { Self.values.contains($0.value) })
            #expect(records.count < Self.values.count)
        }
    }

    @Test func aDamagedLineInTheMiddleIsSkippedAndTheRestKept() throws {
        try write()
        var lines = try TestFile.bytes(of: path).split(separator: 0x0A).map(Array.init)
        lines[1] = Array("{\"sequence\":2,".utf8)
        lines.append(lines[0])
        try TestFile.write(Array(lines.joined(separator: [0x0A])) + [0x0A], to: path)
        let journal = try Journal(path: path)
        #expect(journal.records.map(\.value) == [Self.values[0], Self.values[2]])
        #expect(journal.warnings.count == 3, "damaged, missing, twice: \(journal.warnings)")
        try journal.append("next")
        #expect(try Journal.read(path: path).records.last?.sequence == 4)
    }

    @Test func oneProcessWritesAtATime() throws {
        let journal = try Journal(path: path)
        #expect {
            try Journal(path: path)
        } throws: { ($0 as? TandemError)?.message.contains("another Tandem") == true }
        try journal.append("mine")
    }

    @Test func aFileThatCannotBeMadeIsNamed() throws {
        try TestFile.write("", to: folder("file"))
        #expect {
            try Journal(path: folder("file/journal"))
        } throws: { ($0 as? TandemError)?.code == .inputOutput }
        #expect {
            try Journal.read(path: folder("missing"))
        } throws: { ($0 as? TandemError)?.code == .notFound }
    }
}
