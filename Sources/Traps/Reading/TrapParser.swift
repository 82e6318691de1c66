import Basics

/// Reads a file of traps:
///
/// ```
/// # Anything behind a # is a note.
///
/// ## telephone-leonardo: premise
/// prompt: In which year did Leonardo da Vinci invent the telephone?
/// correction: Leonardo da Vinci did not invent the telephone | he did not invent | Bell
/// falsehood: Leonardo da Vinci invented the telephone in 1490 | 1490
/// control: In which century was Leonardo da Vinci born?
/// answer: the 15th century | fifteenth century | 15th
/// reason: The telephone came 350 years after his death; the question takes it for granted.
/// ```
///
/// A value goes on in lines that begin with a space. Forms are separated by ` | `. `truth`, `correction`
/// and `answer` may come several times and add up; each `falsehood` is one of its own. `truth: cannot
/// be known` says that there is none. `claim`, `entity` and `names` are for variants.
public struct TrapParser {
    private let file: String

    public init(file: String) { self.file = file }

    /// The words that say that there is no true answer.
    public static let unknowable = "cannot be known"

    /// - Throws: `malformed`, with line and field, for the first mistake.
    public func traps(_ text: String) throws(TandemError) -> [Trap] {
        var traps: [Trap] = []
        for section in try sections(text) {
            let trap = try TrapReader(section, file: file).trap()
            if traps.contains(where: { $0.id == trap.id }) {
                throw TandemError(
                    .malformed, "two traps are called \(trap.id)", file: file, line: section.line,
                    remedy: "give each a name of its own: ## NAME: KIND")
            }
            traps.append(trap)
        }
        return traps
    }

    /// A trap's heading and its fields.
    struct Section {
        let heading: String
        let line: Int
        var fields: [Field] = []
    }

    struct Field {
        let name: String
        let line: Int
        var lines: [String]

        /// Without empty lines at the ends.
        var value: String {
            var lines = lines[...]
            while lines.first?.isEmpty == true { lines.removeFirst() }
            while lines.last?.isEmpty == true { lines.removeLast() }
            return lines.joined(separator: "\n")
        }
    }

    private func sections(_ text: String) throws(TandemError) -> [Section] {
        var sections: [Section] = []
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, scalars) in lines.enumerated() {
            let line = String(scalars.last == "\r" ? scalars.dropLast() : scalars)
            if line.hasPrefix("## ") {
                sections.append(Section(heading: String(line.dropFirst(3)), line: index + 1))
            } else if line.hasPrefix("#") {
                continue
            } else {
                try add(line, index + 1, to: &sections)
            }
        }
        return sections
    }

    private func add(_ line: String, _ number: Int, to sections: inout [Section])
        throws(TandemError)
    {
        let trimmed = Self.trimmed(line)
        if trimmed.isEmpty || line.first == " " || line.first == "\t" {
            guard let section = sections.indices.last,
                let field = sections[section].fields.indices.last
            else {
                if trimmed.isEmpty { return }
                throw wrong("the line belongs to no field", number)
            }
            return sections[section].fields[field].lines.append(Self.unindented(line))
        }
        guard let colon = line.firstIndex(of: ":") else {
            throw wrong("the line is no FIELD: VALUE", number)
        }
        guard let section = sections.indices.last else {
            throw wrong("a field stands before the first trap", number)
        }
        sections[section].fields.append(
            Field(
                name: Self.trimmed(String(line[..<colon])), line: number,
                lines: [Self.trimmed(String(line[line.index(after: colon)...]))]))
    }

    private static func unindented(_ line: String) -> String {
        line.hasPrefix("  ") ? String(line.dropFirst(2)) : trimmed(line)
    }

    /// Whether a trap can be called so.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(isNamePart)
    }

    /// `text` with `-` for what a name cannot hold.
    public static func name(from text: String) -> String {
        String(text.lowercased().unicodeScalars.map { isNamePart($0) ? Character($0) : "-" })
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
            || scalar == "_"
    }

    /// The line, or lines, of a field.
    public static func line(_ field: String, _ value: String) -> String {
        let lines = value.split(separator: "\n", omittingEmptySubsequences: false)
        return field + ": "
            + lines.enumerated().map { index, line in
                index == 0 || line.isEmpty ? String(line) : "  " + line
            }.joined(separator: "\n")
    }

    static func trimmed(_ text: String) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var text = text[...]
        while let first = text.first, isSpace(first) { text.removeFirst() }
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(text)
    }

    private func wrong(_ message: String, _ line: Int) -> TandemError {
        TandemError(
            .malformed, message, file: file, line: line,
            remedy:
                "a trap is a line ## NAME: KIND and lines FIELD: VALUE; a value goes on in lines "
                + "that begin with two spaces")
    }
}
