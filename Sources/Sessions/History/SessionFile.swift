import Basics
import Glibc

/// A session's journal, looked through without parsing what is not asked for.
struct SessionFile {
    typealias Line = Slice<UnsafeRawBufferPointer>

    private let bytes: [UInt8]

    private static let head = Array("{\"sequence\":".utf8)
    private static let mark = Array(",\"record\":{\"type\":\"".utf8)

    /// - Throws: `notFound`, `inputOutput`.
    init(path: String) throws(TandemError) { bytes = try MappedFile(path: path).contents() }

    /// Whether `search` finds something anywhere in the file.
    func contains(_ search: TextSearch) -> Bool {
        bytes.withUnsafeBytes { search.isFound(in: $0) }
    }

    /// Calls `body` with each whole line and the type of its record, which is empty where it does not
    /// stand in its place.
    func eachLine(_ body: (_ type: String, Line) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let start = rest.base.baseAddress.map({ $0 + rest.startIndex }), !rest.isEmpty,
                let found = memchr(start, 0x0A, rest.count)
            {
                let end = rest.startIndex + (UnsafeRawPointer(found) - start)
                let line = rest[rest.startIndex..<end]
                body(Self.type(line), line)
                rest = rest[(end + 1)...]
            }
        }
    }

    /// The type of the last whole line's record.
    var lastType: String {
        bytes.withUnsafeBytes { bytes in
            let lines = bytes[...]
            guard let end = lines.lastIndex(of: 0x0A) else { return "" }
            let start = lines[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? lines.startIndex
            return Self.type(lines[start..<end])
        }
    }

    /// The record of a line; nil where it is damaged.
    static func record(_ line: Line) -> JSON? { JournalLine.parse(Array(line)[...])?.value }

    private static func type(_ line: Line) -> String {
        var rest = line
        guard rest.starts(with: head) else { return "" }
        rest = rest.dropFirst(head.count).drop { (0x30...0x39).contains($0) }
        guard rest.starts(with: mark) else { return "" }
        return String(
            decoding: rest.dropFirst(mark.count).prefix { $0 != UInt8(ascii: "\"") },
            as: UTF8.self)
    }
}
