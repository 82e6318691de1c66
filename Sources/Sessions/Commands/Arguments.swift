import Basics

/// The words after a command's name.
struct Arguments {
    let description: CommandDescription
    let text: String
    let variables: Variables

    init(_ description: CommandDescription, _ text: String, _ variables: Variables) {
        self.description = description
        self.text = text
        self.variables = variables
    }

    /// - Parameter word: the one at fault.
    func wrong(_ what: String, at word: String? = nil) -> TandemError {
        TandemError(
            .usage, "/\(description.name): \(what)",
            remedy: "usage: \(description.usage), for example \(description.example)",
            culprit: word)
    }

    /// All of the text, with values in the place of variables.
    func expanded() throws(TandemError) -> String { try variables.expanded(text) }

    /// Words between spaces; quotes keep spaces, a backslash keeps the next character. The value of a
    /// variable is never cut into words; in single quotes there are no variables.
    func words() throws(TandemError) -> [String] {
        var words: [String] = []
        var word: String.UnicodeScalarView?
        var quote: Unicode.Scalar?
        var isEscaped = false
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        while index < scalars.endIndex {
            let scalar = scalars[index]
            if !isEscaped, quote != "'", scalar == "$",
                let (value, end) = try variables.value(scalars, at: index)
            {
                word = (word ?? .init()) + value.unicodeScalars
                index = end
                continue
            }
            index = scalars.index(after: index)
            if isEscaped {
                word = (word ?? .init()) + [scalar]
                isEscaped = false
            } else if scalar == "\\", quote != "'" {
                isEscaped = true
            } else if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "\"" || scalar == "'" {
                quote = scalar
                word = word ?? .init()
            } else if quote == nil, scalar.properties.isWhitespace {
                if let word { words.append(String(word)) }
                word = nil
            } else {
                word = (word ?? .init()) + [scalar]
            }
        }
        if quote != nil || isEscaped { throw wrong("a quote is not closed") }
        if let word { words.append(String(word)) }
        return words
    }

    /// Removes `key` and the word after it.
    func take(_ key: String, from words: inout [String]) throws(TandemError) -> String? {
        guard let index = words.firstIndex(of: key), index > 0 || key != "as" else { return nil }
        guard index + 1 < words.count else {
            throw wrong("what follows \(key) is missing", at: key)
        }
        let value = words[index + 1]
        words.removeSubrange(index...index + 1)
        return value
    }

    /// Removes `flag`; whether it was there.
    func takeFlag(_ flag: String, from words: inout [String]) -> Bool {
        guard let index = words.firstIndex(of: flag) else { return false }
        words.remove(at: index)
        return true
    }

    /// The name of an environment variable, or a path; what looks like a key is never repeated.
    func takeKey(from words: inout [String]) throws(TandemError) -> String? {
        guard let word = try take("--key", from: &words) else { return nil }
        let isVariable = word.unicodeScalars.allSatisfy {
            ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
        }
        guard isVariable || word.contains("/") else {
            throw wrong("--key takes a variable in capitals or a path with a slash, not a key")
        }
        return word
    }

    func only(_ words: [String]) throws(TandemError) -> String {
        guard let word = words.first else { throw wrong("an argument is missing") }
        if words.count > 1 { throw wrong("\(words[1]) is one word too many", at: words[1]) }
        return word
    }

    func isOn() throws(TandemError) -> Bool {
        switch try expanded() {
        case "on": true
        case "off": false
        default: throw wrong("on or off is expected", at: text)
        }
    }

    /// A size such as `1.5G`, `auto`, or nothing.
    func budget() throws(TandemError) -> Command.Budget {
        let text = try expanded()
        if text.isEmpty { return .show }
        if text == "auto" { return .automatic }
        guard let bytes = ByteSize.parse(text) else {
            throw wrong("\(text) is not a size with K, M or G, nor auto", at: text)
        }
        return .bytes(bytes)
    }

    /// `word` so that ``words()`` reads it back.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && !word.unicodeScalars.contains {
                $0.properties.isWhitespace || $0 == "\"" || $0 == "'" || $0 == "\\"
            }
        let word = Variables.literal(word)
        if isPlain { return word }
        return "\""
            + word.unicodeScalars.reduce(into: "") { result, scalar in
                if scalar == "\"" || scalar == "\\" { result += "\\" }
                result.unicodeScalars.append(scalar)
            } + "\""
    }
}
