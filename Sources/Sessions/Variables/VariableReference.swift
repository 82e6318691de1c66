/// A `$NAME`, `${NAME}`, `$1` or `$$` in a text. Any other `$` is one.
enum VariableReference: Equatable {
    /// `$$`: a dollar sign.
    case dollar
    case name(String)
    /// The number of an argument.
    case argument(Int)

    /// - Parameter start: where the `$` stands.
    /// - Returns: nil where the `$` stands for itself.
    static func read(_ text: String.UnicodeScalarView, at start: String.Index) -> (
        VariableReference, end: String.Index
    )? {
        let first = text.index(after: start)
        guard first < text.endIndex else { return nil }
        switch text[first] {
        case "$": return (.dollar, text.index(after: first))
        case "{":
            let inner = text.index(after: first)
            guard let close = text[inner...].firstIndex(of: "}"),
                let reference = reference(String(text[inner..<close]))
            else { return nil }
            return (reference, text.index(after: close))
        default:
            let isNumber = isDigit(text[first])
            let end =
                text[first...].firstIndex { isNumber ? !isDigit($0) : !isNamePart($0) }
                ?? text.endIndex
            guard let reference = reference(String(text[first..<end])) else { return nil }
            return (reference, end)
        }
    }

    /// Every reference in a text, in order.
    static func all(in text: String) -> [VariableReference] {
        let scalars = text.unicodeScalars
        var found: [VariableReference] = []
        var index = scalars.startIndex
        while let start = scalars[index...].firstIndex(of: "$") {
            index = scalars.index(after: start)
            guard let (reference, end) = read(scalars, at: start) else { continue }
            found.append(reference)
            index = end
        }
        return found
    }

    /// Letters of ASCII, digits and `_`, no digit first.
    static func isName(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.first.map { !isDigit($0) } ?? false && scalars.allSatisfy(isNamePart)
    }

    static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || isDigit(scalar)
            || scalar == "_"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func reference(_ text: String) -> VariableReference? {
        if isName(text) { return .name(text) }
        guard !text.isEmpty, text.unicodeScalars.allSatisfy(isDigit), let number = Int(text) else {
            return nil
        }
        return .argument(number)
    }
}
