import Basics

/// What a prompt is like, for grouping the items that fail.
struct PromptTraits {
    /// Lower-cased runs of letters, digits and apostrophes.
    let words: [String]
    let isNegated: Bool
    let hasSeveralParts: Bool

    init(_ prompt: String) {
        words = Self.words(prompt)
        isNegated = words.contains { Self.negations.contains($0) || $0.hasSuffix("n't") }
        hasSeveralParts = Self.hasSeveralParts(prompt, words)
    }

    private static let negations: Set<String> = [
        "no", "not", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without",
        "cannot", "except", "unless",
    ]

    /// Two questions, two lines of a list, or words that join tasks.
    private static func hasSeveralParts(_ prompt: String, _ words: [String]) -> Bool {
        let questions = prompt.unicodeScalars.count { "?？؟".unicodeScalars.contains($0) }
        let items = prompt.split(separator: "\n").count { line in
            let line = line.drop { $0 == " " || $0 == "\t" }
            let mark = line.prefix { $0.isNumber || $0.isLetter }
            let isNumbered =
                (1...2).contains(mark.count)
                && [".", ")"].contains(line.dropFirst(mark.count).first)
            return isNumbered || line.hasPrefix("- ") || line.hasPrefix("* ")
        }
        let joints = zip(words, words.dropFirst()).contains {
            ["and then", "and also", "as well"].contains("\($0) \($1)")
        }
        return questions > 1 || items > 1 || joints
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word).lowercased()) }
            word = .init()
        }
        for scalar in text.unicodeScalars {
            let isApostrophe = (scalar == "'" || scalar == "\u{2019}") && !word.isEmpty
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.append(scalar)
            } else if isApostrophe {
                word.append("'")
            } else {
                end()
            }
        }
        end()
        return words
    }
}
