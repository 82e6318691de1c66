import Basics
import Glibc
import LineEditor

/// `!command`: the system's shell.
enum SystemShell {
    /// - Throws: `usage` for an empty line; `inputOutput` when the command fails, with its status.
    static func run(_ line: String) throws(TandemError) {
        if line.isEmpty { throw TandemError(.usage, "no command after !", remedy: "example: !ls") }
        let status = QuietTerminal.paused { system(line) }
        let code = (status >> 8) & 0xFF
        if status != 0 {
            throw TandemError(.inputOutput, "the command ended with status \(code)")
        }
    }
}
