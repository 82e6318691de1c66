/// Strings as Python's `str` treats them, so that scores agree with Python's libraries.
enum PythonText {
    /// `str.isspace` of one character.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029,
            0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    /// `str.lower()`: a capital sigma at the end of a word becomes the final one.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ" {
                func isCased(_ next: (some Sequence<Unicode.Scalar>)) -> Bool {
                    next.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
                }
                let isFinal =
                    isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
                result.append(isFinal ? "ς" : "σ")
            } else {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(result)
    }

    /// `str.split()`: the words between white space.
    static func words(_ text: String) -> [Substring.UnicodeScalarView] {
        text.unicodeScalars.split(whereSeparator: isSpace)
    }

    /// ` ".join(text.split())`.
    static func collapsed(_ text: String) -> String {
        words(text).map { String($0) }.joined(separator: " ")
    }
}
