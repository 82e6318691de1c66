import Basics

/// What a journal's file holds. Reading changes nothing.
struct JournalContents {
    private(set) var records: [Journal.Record] = []
    /// What is wrong with it, for people.
    private(set) var warnings: [String] = []
    /// Bytes up to the end of the last line that ends with a line feed.
    private(set) var wholeByteCount = 0
    /// What follows them.
    private(set) var tail: [UInt8] = []
    /// Whether the tail is a whole record that only lacks its line feed.
    private(set) var tailIsRecord = false

    init(_ bytes: [UInt8]) {
        wholeByteCount = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        tail = Array(bytes[wholeByteCount...])
        var number = 0
        for line in bytes[..<wholeByteCount].split(
            separator: 0x0A, omittingEmptySubsequences: false
        ).dropLast() {
            number += 1
            if let record = JournalLine.parse(line) {
                add(record, line: number)
            } else {
                warnings.append("line \(number) is damaged and was skipped")
            }
        }
        if let record = JournalLine.parse(tail[...]) {
            tailIsRecord = true
            add(record, line: number + 1)
        }
    }

    private mutating func add(_ record: Journal.Record, line: Int) {
        let last = records.last?.sequence ?? 0
        if record.sequence <= last {
            warnings.append(
                "line \(line) has number \(record.sequence) after \(last) and was skipped")
            return
        }
        if record.sequence > last + 1 {
            warnings.append("records \(last + 1) to \(record.sequence - 1) are missing")
        }
        records.append(record)
    }
}
