import CLibedit
import Glibc

extension LineEditor {
    /// Reads one character for libedit: 1 with a character, 0 at the end, -1 on an error.
    static func readCharacter(
        _ handle: OpaquePointer?, _ character: UnsafeMutablePointer<wchar_t>?
    ) -> Int32 {
        guard let handle, let character, let editor = of(handle) else { return -1 }
        var decoder = Unicode.UTF8.ForwardParser()
        var bytes = TerminalBytes(editor: editor, handle: handle)
        switch decoder.parseScalar(from: &bytes) {
        case .valid(let encoded):
            character.pointee = wchar_t(bitPattern: Unicode.UTF8.decode(encoded).value)
        case .error: character.pointee = WideText.replacement
        case .emptyInput: return bytes.hasFailed ? -1 : 0
        }
        return 1
    }

    /// What happened while waiting for a key, dealt with where nothing else is under way.
    func handleEvents(_ handle: OpaquePointer) {
        if TerminalGuard.takeContinued() {
            resume(handle)
        } else if TerminalGuard.takeResized() {
            redrawAfterResize(handle)
        }
    }

    /// Reads the rest of a bracketed paste and inserts it.
    func paste(_ handle: OpaquePointer?) -> UInt8 {
        let end: [Unicode.Scalar] = ["\u{1B}", "[", "2", "0", "1", "~"]
        var pasted: [Unicode.Scalar] = []
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

/// The bytes that the user types, one at a time: what is not read stays for other programs.
private struct TerminalBytes: IteratorProtocol {
    let editor: LineEditor
    let handle: OpaquePointer
    var hasFailed = false

    init(editor: LineEditor, handle: OpaquePointer) {
        self.editor = editor
        self.handle = handle
    }

    mutating func next() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 1 { return byte }
            let error = errno
            guard count < 0, error == EINTR || error == EAGAIN else {
                hasFailed = count < 0
                return nil
            }
            if TerminalGuard.takeInterrupted() { return 3 }
            editor.handleEvents(handle)
            if error == EAGAIN { waitForInput() }
        }
    }

    /// For a terminal that another program left non-blocking.
    private func waitForInput() {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        poll(&descriptor, 1, -1)
    }
}
