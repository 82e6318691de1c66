import Basics
import CLibedit
import Glibc

/// Reads lines from the user, with editing, history and completion where there is a terminal.
///
/// Keys are those of emacs (or what `~/.editrc` says): `^A ^E ^K ^U ^W ^Y ^L`, `Alt-b`, `Alt-f`,
/// arrows, `^R` to search. The up and down arrows go to entries that begin with what is before the
/// cursor. Pasted line feeds and `Alt-Enter` stay in the line. Without a terminal lines are read
/// plainly, and no prompt is shown.
///
/// Belongs to one thread. The terminal is in its usual mode except inside ``readLine(prompt:)`` and
/// ``QuietTerminal/during(_:)``. As long as an editor lives on a terminal, `SIGINT` raises the
/// ``InterruptFlag`` and does not end the program.
public final class LineEditor {
    /// Gives the candidates for the word before the cursor; asked when the user presses Tab.
    public var completer: ((_ before: String, _ after: String) -> Completion)?

    /// Whether lines are edited on a terminal; false where they are read plainly.
    public var isInteractive: Bool { handle != nil }

    /// Why the history is not kept in its file, where it is not.
    public var historyProblem: TandemError? { history.problem }

    /// What the user entered, oldest first, without repetitions.
    public var historyEntries: [String] { history.entries }

    var history: History
    let handle: OpaquePointer?
    /// libedit's own copy of the history, for `^R`.
    let searchHistory: OpaquePointer?
    var searchNumbers: [UTF8Key: Int32] = [:]
    let outputDescriptor: Int32
    private let interruptAction: SignalAction?
    private let streams: [UnsafeMutablePointer<FILE>]

    var functionNames: [UnsafeMutableBufferPointer<wchar_t>] = []
    var promptBuffer: UnsafeMutableBufferPointer<wchar_t>
    var promptColumns = 0
    var wasInterrupted = false
    /// Bytes that were read to look ahead.
    var unreadBytes: [UInt8] = []
    /// Whether sequences of keys that have no meaning are dropped.
    var dropsUnknownKeys = false
    var isBracketingPastes = false
    var recall: Recall?
    var lastListing: Listing?
    var plainReader: PlainReader

    /// - Parameters:
    ///   - program: the name by which `~/.editrc` can address this program.
    ///   - historyPath: the file of the history, created with mode 0600; nil keeps it in memory.
    ///   - historyLimit: the most entries kept.
    public init(program: String = "tandem", historyPath: String? = nil, historyLimit: Int = 5000) {
        history = History(path: historyPath, limit: historyLimit)
        plainReader = PlainReader(descriptor: STDIN_FILENO)
        promptBuffer = .allocate(capacity: 1)
        promptBuffer.initialize(repeating: 0)
        interruptAction = isatty(STDIN_FILENO) == 1 ? InterruptFlag.keepRaising() : nil
        let descriptors = Self.terminalDescriptors()
        outputDescriptor = descriptors?.output ?? STDOUT_FILENO
        guard let descriptors, Self.selectUTF8Locale(),
            let input = Self.stream(descriptors.input, "r"),
            let output = Self.stream(descriptors.output, "w"),
            let handle = el_init(program, input, output, output)
        else {
            (handle, searchHistory, streams) = (nil, nil, [])
            return
        }
        self.handle = handle
        streams = [input, output]
        searchHistory = history_winit()
        _ = tandem_el_set_client_data(handle, Unmanaged.passUnretained(self).toOpaque())
        configure(handle)
        loadSearchHistory()
    }

    deinit {
        interruptAction?.restore()
        if let handle { el_end(handle) }
        if let searchHistory { history_wend(searchHistory) }
        for stream in streams { fclose(stream) }
        for name in functionNames { name.deallocate() }
        promptBuffer.deallocate()
    }

    /// Puts what the user entered into the history, as one entry even if it has several lines.
    ///
    /// Text that begins with white space is not kept. An entry that was there moves to the end.
    /// White space at the end is not kept either.
    public func remember(_ text: String) {
        let text = Self.withoutTrailingSpace(text)
        guard history.add(text) else { return }
        addToSearchHistory(text)
    }

    private static func withoutTrailingSpace(_ text: String) -> String {
        var scalars = text.unicodeScalars
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }

    /// Standard input, and the terminal to draw on; nil where lines cannot be edited.
    static func terminalDescriptors() -> (input: Int32, output: Int32)? {
        guard isatty(STDIN_FILENO) == 1, let name = getenv("TERM") else { return nil }
        let terminal = String(cString: name)
        guard !terminal.isEmpty, terminal != "dumb" else { return nil }
        for output in [STDOUT_FILENO, STDERR_FILENO] where isatty(output) == 1 {
            return (STDIN_FILENO, output)
        }
        return nil
    }

    /// A stream of our own, so that nothing else shares its buffer.
    private static func stream(_ descriptor: Int32, _ mode: String)
        -> UnsafeMutablePointer<FILE>?
    {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        return copy < 0 ? nil : fdopen(copy, mode)
    }

    private static func selectUTF8Locale() -> Bool {
        for name in ["", "C.UTF-8", "en_US.UTF-8"] {
            guard setlocale(LC_CTYPE, name) != nil, let codeset = nl_langinfo(Int32(CODESET)) else {
                continue
            }
            if String(cString: codeset) == "UTF-8" { return true }
        }
        return false
    }
}
