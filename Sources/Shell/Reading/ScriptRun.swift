import Basics
import Glibc
import Sessions

/// Runs scripts without a terminal.
public struct ScriptRun {
    private let interpreter: Interpreter
    private let output: Output

    public init(_ interpreter: Interpreter, output: Output) {
        self.interpreter = interpreter
        self.output = output
    }

    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - values: what stands for `$NAME` and `$1` in it.
    /// - Returns: the exit status: 0, 1 where an expectation does not hold, 3 for an error, 130 for an
    ///   interruption.
    public func run(_ path: String, _ values: ScriptValues = ScriptValues()) -> Int32 {
        do throws(TandemError) {
            let text = try path == "-" ? Self.standardInput() : TextFile.read(path)
            let name = path == "-" ? "standard input" : path
            let variables = values.variables(over: interpreter.variables)
            let script = try Script(text, file: name, variables: variables)
            try values.check(script, file: name)
            try interpreter.run(script, file: name)
        } catch {
            output.error(error)
            return error.code == .usage && error.line == nil ? 2 : 3
        }
        if interpreter.wasInterrupted { return 130 }
        if interpreter.hadFailure { return 3 }
        return interpreter.failedExpectationCount > 0 ? 1 : 0
    }

    private static func standardInput() throws(TandemError) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw TandemError(
                    .inputOutput, String(cString: strerror(errno)), file: "standard input")
            }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TandemError(.malformed, "not a text in UTF-8", file: "standard input")
        }
        return text
    }
}
