extension TerminalScreen {
    enum ParserState {
        case ground
        case escape
        /// Between `ESC [` and its final byte.
        case control([UInt8])
        /// Between `ESC ]` (or another string) and its end.
        case string(escapeSeen: Bool)
        /// After `ESC (` and the like: one more byte.
        case charset
    }

    /// Takes output of the program.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            switch parser {
            case .ground: ground(byte)
            case .escape: escape(byte)
            case .charset: parser = .ground
            case .control(let parameters):
                if (0x40...0x7E).contains(byte) {
                    parser = .ground
                    perform(byte, parameters)
                } else {
                    parser = .control(parameters + [byte])
                }
            case .string(let escapeSeen):
                let isEnd = byte == 0x07 || (escapeSeen && byte == 0x5C)
                parser = isEnd ? .ground : .string(escapeSeen: byte == 0x1B)
            }
        }
    }

    private mutating func ground(_ byte: UInt8) {
        if !pendingBytes.isEmpty || byte >= 0x80 {
            pendingBytes.append(byte)
            drawPending()
            return
        }
        switch byte {
        case 0x07: bells += 1
        case 0x08: move(row: row, column: column - 1)
        case 0x09: move(row: row, column: (column / 8 + 1) * 8)
        case 0x0A...0x0C: lineFeed()
        case 0x0D: move(row: row, column: 0)
        case 0x1B: parser = .escape
        case 0..<0x20, 0x7F: break
        default: draw(Unicode.Scalar(byte))
        }
    }

    private mutating func drawPending() {
        guard let first = pendingBytes.first else { return }
        let wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard pendingBytes.count >= wanted else { return }
        for scalar in String(decoding: pendingBytes, as: UTF8.self).unicodeScalars { draw(scalar) }
        pendingBytes = []
    }

    private mutating func escape(_ byte: UInt8) {
        parser = .ground
        switch byte {
        case UInt8(ascii: "["): parser = .control([])
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            parser = .string(escapeSeen: false)
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"): parser = .charset
        case UInt8(ascii: "7"): savedCursor = (row, column)
        case UInt8(ascii: "8"): move(row: savedCursor.row, column: savedCursor.column)
        case UInt8(ascii: "M"): reverseLineFeed()
        case UInt8(ascii: "D"): lineFeed()
        case UInt8(ascii: "E"):
            lineFeed()
            column = 0
        default: break
        }
    }
}
