import Basics
import Glibc

/// A secret that a server asks for. It has no description, and what it signs is never shown.
public struct APIKey: Sendable, Hashable {
    /// Where a key comes from: this, and never the key, is saved and shown.
    public enum Source: Sendable, Hashable {
        /// The name of an environment variable.
        case environment(String)
        case file(String)
    }

    /// What stands in a text in the place of a key.
    public static let placeholder = "(key)"

    let secret: String

    /// - Throws: `notFound` where the variable is not set or the file not there; `malformed` for a key
    ///   that no header can hold; `usage` for a file that other users can read.
    public init(_ source: Source) throws(TandemError) {
        switch source {
        case .environment(let name):
            guard let value = getenv(name) else {
                throw TandemError(
                    .notFound, "the environment has no \(name)",
                    remedy: "export it before tandem starts, or name a file with --key FILE")
            }
            secret = try Self.checked(String(cString: value), from: "the variable \(name)")
        case .file(let path):
            let file = try MappedFile(path: path)
            defer { withExtendedLifetime(file) {} }
            try Self.checkIsPrivate(path)
            guard let text = String(validating: file.bytes.prefix(Self.limit + 1), as: UTF8.self)
            else { throw Self.wrong("the file \(path)") }
            secret = try Self.checked(text, from: "the file \(path)")
        }
    }

    /// `text` without the key.
    public func redacted(_ text: String) -> String {
        text.contains(secret) ? text.replacing(secret, with: Self.placeholder) : text
    }

    private static let limit = 4096

    private static func wrong(_ place: String) -> TandemError {
        TandemError(
            .malformed,
            "\(place) holds no key: one line of 8 to \(limit) printable ASCII characters",
            remedy: "a key stands there alone, without quotes and Bearer")
    }

    private static func checked(_ text: String, from place: String) throws(TandemError) -> String {
        var bytes = Array(text.utf8)[...]
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        while let first = bytes.first, first <= 0x20 { bytes.removeFirst() }
        // Shorter ones are no secret, and would be cut out of every word.
        guard (8...limit).contains(bytes.count), bytes.allSatisfy({ (0x21..<0x7F).contains($0) })
        else { throw wrong(place) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func checkIsPrivate(_ path: String) throws(TandemError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw TandemError(
                .usage, "other users can read the key", file: path,
                remedy: "chmod 600 \(path)")
        }
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { Self.placeholder }
    public var debugDescription: String { Self.placeholder }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
