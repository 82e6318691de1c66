import CLibedit
import Glibc

extension LineEditor {
    /// Reads one character for libedit: 1 with a character, 0 at the end, -1 on an error.
    static func readCharacter(
        _ handle: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?
    ) -> Int32 {
        guard let handle, let character, let editor = of(handle) else { return -1 }
        var bytes: [UInt8] = []
        var wanted = 1
        let isEscapeKnown = { (byte: UInt8) in
            byte != 0x1B || !editor.dropsUnknownKeys || editor.readEscapeSequence(handle)
        }
        while bytes.count < wanted {
            switch editor.readByte(handle) {
            case .success(let byte) where bytes.isEmpty && !isEscapeKnown(byte): break
            case .success(let byte):
                if !bytes.isEmpty, byte & 0xC0 != 0x80 {
                    // A sequence that breaks off: the byte begins another character.
                    editor.unreadBytes.insert(byte, at: 0)
                    character.pointee = WideText.replacement
                    return 1
                }
                if bytes.isEmpty { wanted = sequenceLength(byte) }
                bytes.append(byte)
            case .failure(let end):
                return end == .endOfInput ? 0 : -1
            }
        }
        let decoded = String(decoding: bytes, as: UTF8.self).unicodeScalars
        let scalar = decoded.count == 1 ? decoded.first?.value : nil
        character.pointee = scalar.map(wchar_t.init(bitPattern:)) ?? WideText.replacement
        return 1
    }

    private static func sequenceLength(_ first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    enum NoByte: Error { case endOfInput, failed }

    /// One byte at a time: what is not read stays for the programs that run later.
    func readByte(_ handle: OpaquePointer) -> Result<UInt8, NoByte> {
        if !unreadBytes.isEmpty { return .success(unreadBytes.removeFirst()) }
        var byte: UInt8 = 0
        while true {
            let isReadable = WakeUp.waitForInput(STDIN_FILENO)
            if TerminalGuard.takeInterrupted() { return .success(3) }
            if handleEvents(handle) || !isReadable { continue }
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 1 { return .success(byte) }
            if count == 0 { return .failure(.endOfInput) }
            guard errno == EINTR || errno == EAGAIN else { return .failure(.failed) }
        }
    }

    /// Deals with what happened while no key came; false where nothing did.
    private func handleEvents(_ handle: OpaquePointer) -> Bool {
        if TerminalGuard.takeContinued() {
            resume(handle)
        } else if TerminalGuard.takeResized() {
            redrawAfterResize(handle)
        } else {
            return false
        }
        return true
    }

    /// Reads the rest of a bracketed paste and inserts it.
    func paste(_ handle: OpaquePointer?) -> UInt8 {
        let end: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]
        var pasted: [Unicode.Scalar] = []
        let dropsUnknownKeys = dropsUnknownKeys
        self.dropsUnknownKeys = false
        defer { self.dropsUnknownKeys = dropsUnknownKeys }
        while !pasted.suffix(end.count).elementsEqual(end) {
            var next: wchar_t = 0
            guard el_wgetc(handle, &next) == 1 else { return UInt8(CC_EOF) }
            // The way out of a paste whose end got lost.
            if next == 3 { return UInt8(CC_REFRESH) }
            pasted.append(Unicode.Scalar(UInt32(bitPattern: next)) ?? "\u{FFFD}")
        }
        let text = PastedText.normalized(pasted.dropLast(end.count))
        return text.isEmpty ? UInt8(CC_NORM) : Self.insert(text, handle)
    }
}
