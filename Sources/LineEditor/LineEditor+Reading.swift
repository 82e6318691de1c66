import Basics
import CLibedit
import Glibc

extension LineEditor {
    /// What reading a line came to.
    public enum ReadResult: Sendable, Equatable {
        /// A line without its line feed; it has line feeds inside where they were pasted.
        case line(String)
        /// `^C`: the line was thrown away.
        case interrupted
        /// `^D` on an empty line, or nothing more to read.
        case endOfInput
    }

    /// Reads a line, and does not put it into the history: see ``remember(_:)``.
    ///
    /// - Parameter prompt: what stands before the line (on a terminal); it may have colours as
    ///   `ESC [ … m`, everything else in it is shown safely.
    public func readLine(prompt: String) -> ReadResult {
        guard let handle else { return readPlainly(prompt: prompt) }
        setPrompt(prompt)
        (wasInterrupted, recall, lastListing) = (false, nil, nil)
        el_resize(handle)
        let guardian = TerminalGuard(
            input: STDIN_FILENO, output: outputDescriptor, bracketsPastes: isBracketingPastes)
        defer {
            guardian.restore()
            QuietTerminal.beQuiet()
        }
        // Before the prompt is shown: what is typed from then on is not echoed twice.
        _ = tandem_el_prepare_terminal(handle, 1)
        var count: Int32 = 0
        guard let line = el_wgets(handle, &count), count > 0 else {
            writeNewline()
            return wasInterrupted ? .interrupted : .endOfInput
        }
        if wasInterrupted { return .interrupted }
        var scalars = WideText.scalars(line, count: Int(count))
        if scalars.last == "\n" { scalars.removeLast() }
        return .line(String(scalars))
    }

    /// Without editing: a prompt only where there is a (dumb) terminal to show it to.
    private func readPlainly(prompt: String) -> ReadResult {
        QuietTerminal.paused {
            InterruptFlag.watching {
                if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 {
                    write(Prompt(prompt).plain, to: STDOUT_FILENO)
                }
                return plainReader.readLine()
            }
        }
    }

    private func setPrompt(_ text: String) {
        let prompt = Prompt(text)
        promptColumns = DisplayWidth.columns(of: prompt.plain)
        let wide = WideText.terminated(prompt.marked)
        promptBuffer.deallocate()
        promptBuffer = .allocate(capacity: wide.count)
        _ = promptBuffer.initialize(from: wide)
    }

    private func writeNewline() { write("\n", to: outputDescriptor) }

    func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let slice = UnsafeBufferPointer(rebasing: rest)
                let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
                if count < 0 && errno != EINTR { return }
                rest = rest.dropFirst(max(0, count))
            }
        }
    }
}
