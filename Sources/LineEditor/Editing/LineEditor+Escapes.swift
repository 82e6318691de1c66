import CLibedit
import Glibc

extension LineEditor {
    /// Ends of the sequences (`ESC [ …`) that mean a key here. Others, such as those of function
    /// keys, would leave their ends in the line as text.
    private static let knownSequences: Set<String> = [
        "A", "B", "C", "D", "F", "H", "1~", "3~", "4~", "7~", "8~", "1;5C", "1;5D", "1;3C", "1;3D",
        "200~",
    ]
    /// How long the rest of a key's sequence may take after ESC.
    private static let escapeMilliseconds: Int32 = 50

    /// After an ESC was read: gives the keys of a known sequence to libedit, and drops an unknown.
    ///
    /// Returns false where the sequence was dropped.
    func readEscapeSequence(_ handle: OpaquePointer) -> Bool {
        guard let second = soonByte(handle) else { return true }
        var sequence: [UInt8] = [second]
        switch second {
        case UInt8(ascii: "["):
            while sequence.count < 32, let byte = soonByte(handle) {
                sequence.append(byte)
                if (0x40...0x7E).contains(byte) { break }
            }
        case UInt8(ascii: "O"):
            if let byte = soonByte(handle) { sequence.append(byte) }
        default:
            unreadBytes = sequence + unreadBytes
            return true
        }
        let end = String(decoding: sequence.dropFirst(), as: UTF8.self)
        guard end.isEmpty || Self.knownSequences.contains(end) else { return false }
        unreadBytes = sequence + unreadBytes
        return true
    }

    /// The next byte where it comes soon.
    private func soonByte(_ handle: OpaquePointer) -> UInt8? {
        if unreadBytes.isEmpty {
            var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, Self.escapeMilliseconds) > 0 else { return nil }
        }
        guard case .success(let byte) = readByte(handle) else { return nil }
        return byte
    }
}
