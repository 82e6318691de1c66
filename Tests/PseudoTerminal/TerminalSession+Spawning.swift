import Glibc

extension TerminalSession {
    /// `POSIX_SPAWN_SETSID`, which the headers hide from Swift: the program leads a new session.
    private static let newSession: Int32 = 0x80

    /// The two ends of a new pseudo-terminal, and the name of the far one.
    static func openTerminal() -> (near: Int32, far: Int32, name: String)? {
        var near: Int32 = -1
        var far: Int32 = -1
        var name = [CChar](repeating: 0, count: 256)
        guard openpty(&near, &far, &name, nil, nil) == 0 else { return nil }
        for end in [near, far] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return (near, far, String(decoding: bytes, as: UTF8.self))
    }

    static func setSize(_ terminal: Int32, columns: Int, rows: Int) {
        var size = winsize()
        size.ws_col = UInt16(clamping: columns)
        size.ws_row = UInt16(clamping: rows)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
    }

    /// Starts `program` in a session of its own with the terminal of that name as standard input,
    /// output and error; the first terminal that a new session opens becomes its controlling one.
    static func spawn(
        _ program: String, _ arguments: [String], environment: [String: String], folder: String?,
        on terminal: String
    ) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The tests' own signal mask and ignored signals are not the program's.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes,
            Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var process: pid_t = 0
        // `env` changes the folder and then becomes the program.
        let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program] + arguments
        let result = withStrings(command) { argv in
            withStrings(environment.map { "\($0.key)=\($0.value)" }) { envp in
                posix_spawn(&process, command[0], &actions, &attributes, argv, envp)
            }
        }
        return result == 0 ? process : nil
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
