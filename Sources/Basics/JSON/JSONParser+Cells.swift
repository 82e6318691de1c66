extension JSONParser {
    /// Rows with more members than this are read as a whole, so that no key is compared with too many.
    private static let memberLimit = 64

    /// Reads an object that fills the bytes and keeps the columns that `cells` asks for, without making
    /// values of its texts.
    /// - Returns: what is there instead of an object.
    /// - Throws: what ``document()`` throws.
    mutating func row(into cells: inout RowCells) throws(TandemError) -> JSON? {
        skipMark()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "{") else {
            return try document()
        }
        if beginObject() {
            repeat {
                if cells.keyCount == Self.memberLimit { return try wholeRow(into: &cells) }
                try member(into: &cells)
            } while try separator(closing: UInt8(ascii: "}"))
        }
        try end()
        return nil
    }

    private mutating func wholeRow(into cells: inout RowCells) throws(TandemError) -> JSON? {
        let json = try document()
        guard let object = json.object else { return json }
        cells.take(object)
        return nil
    }

    private mutating func member(into cells: inout RowCells) throws(TandemError) {
        try expectKey()
        let start = cells.bytes.count
        try appendString(to: &cells.bytes)
        let key = start..<cells.bytes.count
        try skipColon { cells.text(key) }
        skipWhitespace()
        let isNew: Bool
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            try appendString(to: &cells.bytes)
            isNew = cells.add(key, .text(key.upperBound..<cells.bytes.count))
        } else {
            isNew = cells.add(key, .value(try value(depth: 1)))
        }
        if !isNew { throw doubled(cells.text(key)) }
    }
}
