import Basics

/// One record as a line: `{"sequence":N,"record":…,"crc32":"…"}`. The checksum is that of the bytes
/// before `,"crc32"`, so a line that was cut, joined with another or changed is found.
enum JournalLine {
    private static let mark = Array(",\"crc32\":\"".utf8)
    private static let end = Array("\"}".utf8)

    /// The bytes of the line, with its line feed.
    static func bytes(sequence: Int, record: JSON) -> [UInt8] {
        let body = Array("{\"sequence\":\(sequence),\"record\":\(record.text)".utf8)
        return body + mark + hexadecimal(CRC32.checksum(body)) + end + [0x0A]
    }

    /// - Parameter line: without its line feed.
    /// - Returns: nil for what is no whole record.
    static func parse(_ line: ArraySlice<UInt8>) -> Journal.Record? {
        let digits = line.dropLast(end.count).suffix(8)
        let body = line.dropLast(end.count + 8 + mark.count)
        guard line.suffix(end.count).elementsEqual(end),
            line.dropLast(end.count + 8).suffix(mark.count).elementsEqual(mark),
            digits.elementsEqual(hexadecimal(CRC32.checksum(body))),
            let json = try? JSON.parse(String(decoding: line, as: UTF8.self)),
            let sequence = json["sequence"]?.integer, let record = json["record"]
        else { return nil }
        return Journal.Record(sequence: sequence, value: record)
    }

    private static func hexadecimal(_ value: UInt32) -> [UInt8] {
        let digits = String(value, radix: 16)
        return Array((String(repeating: "0", count: 8 - digits.utf8.count) + digits).utf8)
    }
}
