/// The one error shape of Tandem: facts, rendered elsewhere.
///
/// A message says what was expected and what was found; `file`, `line` and `column` say where; `remedy`
/// says what the user can do about it.
public struct TandemError: Error, Sendable, Equatable {
    /// A stable word for programs that read the JSON events.
    public enum Code: String, Sendable, CaseIterable {
        /// A command or argument that does not exist or does not fit.
        case usage
        /// A file, folder or name that is not there.
        case notFound = "not_found"
        /// The system refused to read or write.
        case inputOutput = "io"
        /// A file whose content breaks its format.
        case malformed
        /// A file that is well formed but asks for something Tandem does not do.
        case unsupported
        /// Two things that do not belong together, such as an adapter and another base.
        case mismatch
        /// NaN or infinity where a number must be.
        case numeric
        /// More than a stated limit.
        case limit
        /// A server that cannot be reached, or that refuses.
        case network
        /// A mistake in a script.
        case script
    }

    public var code: Code
    public var message: String
    public var file: String?
    public var line: Int?
    public var remedy: String?
    /// The word at fault as it was written: who knows the text finds its column.
    public var culprit: String?
    /// Characters from 1, in `excerpt`.
    public var column: Int?
    /// The line of the script, or what was typed.
    public var excerpt: String?

    public init(
        _ code: Code, _ message: String, file: String? = nil, line: Int? = nil,
        remedy: String? = nil, culprit: String? = nil
    ) {
        self.culprit = culprit
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy
    }
}

extension TandemError: CustomStringConvertible {
    /// `file:line:column: message (remedy)`, with the absent parts left out.
    public var description: String {
        var text = ""
        if let file {
            text +=
                ([file] + [line, column].compactMap { $0.map(String.init) })
                .joined(separator: ":") + ": "
        }
        text += message
        if let remedy { text += " (\(remedy))" }
        return text
    }
}
