import Glibc

/// The rows and columns of a terminal.
public struct TerminalSize: Sendable, Equatable {
    public var columns: Int
    public var rows: Int

    /// The size of the terminal behind a descriptor; 80 by 24 where there is none or it is unknown.
    public static func current(_ descriptor: Int32 = STDOUT_FILENO) -> TerminalSize {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return TerminalSize(columns: 80, rows: 24)
        }
        return TerminalSize(
            columns: Int(size.ws_col), rows: size.ws_row > 0 ? Int(size.ws_row) : 24)
    }
}
