import Glibc

/// A program that runs on a pseudo-terminal, for tests that do and see what a user does and sees.
///
/// Belongs to one thread. The program is killed and reaped when the session goes away.
public final class TerminalSession {
    /// What went wrong; the text holds the screen as it was.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The screen after the output that was read so far.
    public private(set) var screen: TerminalScreen
    /// All output that was read so far, escape sequences and all.
    public private(set) var output: [UInt8] = []

    /// The program's process, for what `/proc` says about it.
    public let process: pid_t
    private let terminal: Int32
    /// Kept open, so that reading works before the program has opened the terminal.
    private let farEnd: Int32
    /// How the program ended, once it has.
    private var status: Int32?

    /// Starts a program with the pseudo-terminal as its controlling terminal.
    ///
    /// - Parameters:
    ///   - program: the path of the program.
    ///   - environment: all of its environment; `TERM` and a UTF-8 locale are added if missing.
    ///   - folder: where it starts; nil for the folder of the tests.
    public init(
        _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
        columns: Int = 80, rows: Int = 24, folder: String? = nil
    ) throws {
        screen = TerminalScreen(columns: columns, rows: rows)
        guard let (terminal, farEnd, name) = Self.openTerminal() else {
            throw Failure(description: "no pseudo-terminal")
        }
        self.terminal = terminal
        self.farEnd = farEnd
        Self.setSize(terminal, columns: columns, rows: rows)
        var environment = environment
        if environment["TERM"] == nil { environment["TERM"] = "xterm-256color" }
        if environment["LC_ALL"] == nil { environment["LC_ALL"] = "C.UTF-8" }
        guard
            let process = Self.spawn(
                program, arguments, environment: environment, folder: folder, on: name)
        else {
            close(terminal)
            close(farEnd)
            throw Failure(description: "cannot start \(program)")
        }
        self.process = process
    }

    deinit {
        if !hasEnded {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        close(terminal)
        close(farEnd)
    }

    /// Types a text, as UTF-8.
    public func type(_ text: String) throws { try type(bytes: Array(text.utf8)) }

    /// Types bytes that need not be UTF-8.
    public func type(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw failure("cannot type") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Presses a key.
    public func press(_ key: Key) throws { try type(key.rawValue) }

    /// Pastes a text as terminals do where bracketed paste is on.
    public func paste(_ text: String) throws {
        try type("\u{1B}[200~\(text.replacing("\n", with: "\r"))\u{1B}[201~")
    }

    /// Changes the size of the terminal, and tells the program.
    public func resize(columns: Int, rows: Int) {
        screen.resize(columns: columns, rows: rows)
        Self.setSize(terminal, columns: columns, rows: rows)
    }

    /// Reads output until `condition` holds.
    ///
    /// - Throws: a ``Failure`` with `what` and the screen where it does not hold in time.
    public func wait(
        for what: String, seconds: Double = 10, until condition: (TerminalSession) -> Bool
    ) throws {
        let deadline = Self.now() + seconds
        while !condition(self) {
            let isLate = Self.now() > deadline || hasEnded
            if !readOutput(seconds: 0.05), isLate { throw failure("did not see \(what)") }
        }
    }

    /// Reads output until the screen shows `text`.
    public func waitForText(_ text: String, seconds: Double = 10) throws {
        try wait(for: "“\(text)”", seconds: seconds) { $0.screen.text.contains(text) }
    }

    /// Reads output until the row of the cursor is `line` (without spaces at its end).
    public func waitForCursorLine(_ line: String, seconds: Double = 10) throws {
        try wait(for: "the cursor on “\(line)”", seconds: seconds) {
            $0.screen.cursorLine == line
        }
    }

    /// Reads what comes until nothing has come for `seconds`.
    public func settle(seconds: Double = 0.2) {
        while readOutput(seconds: seconds) {}
    }

    /// Reads what is left until the program ends, and returns its exit status; 128 + *n* where
    /// signal *n* ended it.
    public func waitForExit(seconds: Double = 10) throws -> Int32 {
        let deadline = Self.now() + seconds
        while true {
            _ = readOutput(seconds: 0.02)
            if hasEnded, let status {
                while readOutput(seconds: 0) {}
                return status
            }
            guard Self.now() < deadline else { throw failure("the program did not end") }
        }
    }

    /// Whether the program has ended.
    private var hasEnded: Bool {
        if status != nil { return true }
        var raw: Int32 = 0
        guard waitpid(process, &raw, WNOHANG) == process else { return false }
        let signal = raw & 0x7F
        status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
        return true
    }

    /// Whether the terminal is in its usual mode, in which it echoes what is typed.
    public var echoesInput: Bool {
        var mode = termios()
        return tcgetattr(terminal, &mode) == 0 && mode.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Puts the terminal into its usual mode, as the shell does that takes it after `^Z`.
    public func echoInput() {
        var mode = termios()
        guard tcgetattr(terminal, &mode) == 0 else { return }
        mode.c_lflag |= tcflag_t(ECHO | ICANON)
        tcsetattr(terminal, TCSANOW, &mode)
    }

    /// Sends a signal to the program.
    public func signal(_ signal: Int32) { kill(process, signal) }

    func failure(_ what: String) -> Failure {
        Failure(description: "\(what); the screen:\n\(screen.text)")
    }

    /// Reads what is there within the time; false where nothing came or nothing can come.
    private func readOutput(seconds: Double) -> Bool {
        var descriptor = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&descriptor, 1, Int32(seconds * 1000)) > 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(terminal, &chunk, chunk.count)
        guard count > 0 else { return false }
        output += chunk[..<count]
        screen.feed(chunk[..<count])
        return true
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
