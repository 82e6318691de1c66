import Basics

/// Reads a rubric:
///
/// ```
/// One line on what it is for.
///
/// ## NAME: POINTS
/// What earns them.
///
/// ## prompt
/// The question:
/// {question}
/// …
/// ```
struct RubricParser {
    private let file: String

    init(file: String) { self.file = file }

    /// - Throws: `malformed`, with the line.
    func rubric(_ text: String, name: String) throws(TandemError) -> Rubric {
        var summary = ""
        var prompt: String?
        var criteria: [Rubric.Criterion] = []
        for section in sections(text) {
            guard let heading = section.heading else {
                summary = section.body
                continue
            }
            if heading == "prompt" {
                if prompt != nil { throw wrong("there are two prompts", section.line) }
                prompt = section.body
                try checkPlaceholders(section.body, section.line)
            } else {
                criteria.append(try criterion(heading, section.body, section.line))
            }
        }
        if criteria.isEmpty { throw wrong("there is no criterion", 1) }
        guard let prompt else { throw wrong("there is no ## prompt", 1) }
        if !prompt.contains("{response}") {
            throw wrong("the prompt does not show the answer: {response} is missing", 1)
        }
        let total = criteria.reduce(0) { $0 + $1.points }
        if total != Rubric.total {
            throw wrong("the points add up to \(total), not to \(Rubric.total)", 1)
        }
        if Set(criteria.map(\.name)).count < criteria.count {
            throw wrong("a criterion stands there twice", 1)
        }
        return Rubric(
            name: name, summary: summary, criteria: criteria, prompt: prompt,
            version: SHA256.hex(text))
    }

    private struct Section {
        var heading: String?
        var line: Int
        var lines: [String] = []

        var body: String {
            var lines = lines[...]
            while lines.first?.isEmpty == true { lines.removeFirst() }
            while lines.last?.isEmpty == true { lines.removeLast() }
            return lines.joined(separator: "\n")
        }
    }

    private func sections(_ text: String) -> [Section] {
        var sections = [Section(line: 1)]
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = String(line.last == "\r" ? line.dropLast() : line)
            if line.hasPrefix("## ") {
                let heading = line.dropFirst(3).split(separator: " ").joined(separator: " ")
                sections.append(Section(heading: heading, line: index + 1))
            } else {
                sections[sections.count - 1].lines.append(line)
            }
        }
        return sections
    }

    private func criterion(_ heading: String, _ body: String, _ line: Int) throws(TandemError)
        -> Rubric.Criterion
    {
        let parts = heading.split(separator: ":")
        guard parts.count == 2, let points = Int(parts[1].drop { $0 == " " }),
            (1...Rubric.total).contains(points)
        else { throw wrong("\(heading) is not NAME: POINTS", line) }
        let name = String(parts[0])
        let isPlain = name.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        if name.isEmpty || !isPlain {
            throw wrong("\(name) has more than small letters, digits, - and _", line)
        }
        if body.isEmpty { throw wrong("\(name) does not say what earns its points", line) }
        return .init(name: name, points: points, description: body)
    }

    private func checkPlaceholders(_ prompt: String, _ line: Int) throws(TandemError) {
        let known = Rubric.Placeholder.allCases.map(\.rawValue)
        for part in prompt.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            let word = String(part.prefix { $0 != "}" })
            if !known.contains(word) {
                throw wrong("there is no {\(word)}", line)
            }
        }
    }

    private func wrong(_ message: String, _ line: Int) -> TandemError {
        TandemError(
            .malformed, message, file: file, line: line,
            remedy: "criteria are lines ## NAME: POINTS that add up to \(Rubric.total); then comes "
                + "## prompt with {question}, {response}, {reference} or {system}")
    }
}
