import Basics

/// What stands for `$NAME` and `$1` in commands and prompts.
///
/// `$$` is a dollar sign, and so is a `$` before anything but a name, a number or `{NAME}`. A name
/// without a value is an error, never an empty text. At the prompt there are no arguments, so that `$5`
/// is five dollars there.
public struct Variables: Sendable, Equatable {
    private(set) var values: [String: String] = [:]
    /// Names with a value from outside: a script's `/set` is their default.
    private(set) var given: Set<String> = []
    /// `$1` and so on; nil at the prompt.
    private(set) var arguments: [String]?
    private var mode = Mode.values

    private enum Mode { case values, marks, ones }

    /// - Parameter arguments: of a script; nil at the prompt.
    public init(arguments: [String]? = nil) { self.arguments = arguments }

    /// Gives `name` a value that `/set` does not change.
    public mutating func give(_ name: String, _ value: String) {
        values[name] = value
        given.insert(name)
    }

    /// What `/set $NAME VALUE` does.
    public mutating func define(_ name: String, _ value: String) {
        if !given.contains(name) { values[name] = value }
    }

    /// The same names for a script with arguments of its own; nil: for the prompt.
    public func passing(_ arguments: [String]?) -> Variables {
        var variables = self
        variables.arguments = arguments
        return variables
    }

    public static func isName(_ text: String) -> Bool { VariableReference.isName(text) }

    /// `text` with values in the place of references.
    /// - Throws: `usage` for a name or an argument without a value.
    func expanded(_ text: String) throws(TandemError) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        let scalars = text.unicodeScalars
        var result = String.UnicodeScalarView()
        var index = scalars.startIndex
        while index < scalars.endIndex {
            if scalars[index] == "$", let (value, end) = try value(scalars, at: index) {
                result.append(contentsOf: value.unicodeScalars)
                index = end
            } else {
                result.append(scalars[index])
                index = scalars.index(after: index)
            }
        }
        return String(result)
    }

    /// The value of the reference that begins at `start`; nil where the `$` there stands for itself.
    func value(_ text: String.UnicodeScalarView, at start: String.Index) throws(TandemError) -> (
        value: String, end: String.Index
    )? {
        guard let (reference, end) = VariableReference.read(text, at: start) else { return nil }
        let written = String(text[start..<end])
        switch reference {
        case .dollar: return ("$", end)
        case .name(let name):
            if let value = standIn(name) { return (value, end) }
            if let value = values[name] { return (value, end) }
            throw TandemError(
                .usage, "there is no variable \(written)",
                remedy: "give it a value with /set $\(name) VALUE, or to tandem run with --\(name) "
                    + "VALUE; $\(written) is the text \(written)", culprit: written)
        case .argument(let number):
            if let value = standIn(String(number)) { return (value, end) }
            guard let arguments else { return nil }
            if arguments.indices.contains(number - 1) { return (arguments[number - 1], end) }
            throw TandemError(
                .usage,
                "there is no argument \(written); so many were given: \(arguments.count)",
                remedy: "give it with tandem run FILE -- VALUE…, or /source FILE VALUE…; "
                    + "$\(written) is the text \(written)", culprit: written)
        }
    }

    /// `text` written so that ``expanded(_:)`` gives it back.
    static func literal(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.reduce(into: "") { result, index in
            result.unicodeScalars.append(scalars[index])
            guard scalars[index] == "$", index + 1 < scalars.count else { return }
            let next = scalars[index + 1]
            let isRead = next == "$" || next == "{" || VariableReference.isNamePart(next)
            if isRead || next == open { result += "$" }
        }
    }
}

/// Commands that are read without their variables, to be written again.
extension Variables {
    private static let (open, close): (Unicode.Scalar, Unicode.Scalar) = ("\u{1}", "\u{2}")

    /// Whether a text holds what marks consist of.
    static func holdsMarks(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0 == open || $0 == close }
    }

    /// Marks in the place of values, which ``restored(_:)`` makes references again.
    static let marks = Variables(.marks)
    /// 1 in the place of every value, for commands that take numbers.
    static let ones = Variables(.ones)

    private init(_ mode: Mode) { self.mode = mode }

    private func standIn(_ name: String) -> String? {
        switch mode {
        case .values: nil
        case .marks: "\(Self.open)\(name)\(Self.close)"
        case .ones: "1"
        }
    }

    /// A command's text with the references that were kept.
    static func restored(_ text: String) -> String {
        let scalars = text.unicodeScalars
        var (result, index) = ("", scalars.startIndex)
        while let start = scalars[index...].firstIndex(of: open),
            let end = scalars[start...].firstIndex(of: close)
        {
            let name = scalars[scalars.index(after: start)..<end]
            let next = scalars.index(after: end)
            let isApart = next == scalars.endIndex || !VariableReference.isNamePart(scalars[next])
            result += String(scalars[index..<start])
            result += isApart ? "$" + String(name) : "${" + String(name) + "}"
            index = next
        }
        return result + String(scalars[index...])
    }
}
