import Foundation

/// A folder that goes away with this value and everything in it.
public final class TemporaryFolder {
    public let path: String

    public init() throws {
        var template = Array("/tmp/tandem-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw TerminalSession.Failure(description: "no temporary folder")
        }
        let bytes = template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        path = String(decoding: bytes, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The text of a file in the folder; nil where there is none.
    public func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)")
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The permission bits of a file or folder in it, such as 0o600.
    public func mode(_ name: String) -> mode_t? {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o777 : nil
    }

    public func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }
}
