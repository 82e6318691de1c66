import Basics
import Foundation
import Sessions
import TestSupport
import Testing

/// Old journals go, the newest and those that are open stay.
struct JournalFolderTests {
    private let folder: TestSupport.TemporaryFolder
    private let journals: JournalFolder

    init() throws {
        folder = try TemporaryFolder()
        journals = JournalFolder(folder("kept"))
        for number in 1...6 {
            let path = journals.path(of: "s\(number)")
            try Journal(path: path).append(.string(String(repeating: "x", count: 100)))
            try setTime(path, Double(number))
        }
    }

    private func setTime(_ path: String, _ seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
    }

    private var names: [String] { journals.files.map(\.name) }

    @Test func theOldestGo() throws {
        // Beside its journal lies what was torn off it.
        try TestFile.write("torn", to: journals.path(of: "s2") + ".torn1")
        journals.prune(to: .init(count: 4, byteCount: .max))
        #expect(names == ["s3", "s4", "s5", "s6"])
        #expect(Folder.names(in: journals.path).count == 4)
        let size = journals.files[0].byteCount
        journals.prune(to: .init(count: 9, byteCount: 2 * size + 1))
        #expect(names == ["s5", "s6"])
    }

    @Test func oneThatIsOpenStays() throws {
        let path = journals.path(of: "s1")
        let journal = try Journal(path: path)
        #expect(JournalFolder.isInUse(path) && !JournalFolder.isInUse(journals.path(of: "s2")))
        journals.prune(to: .init(count: 2, byteCount: .max))
        #expect(names == ["s1", "s6"])
        try journal.append("still written")
        #expect(try Journal.read(path: path).records.count == 2)
    }
}
