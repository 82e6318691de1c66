import Basics

/// Text of a model in a cell of a Markdown table.
enum MarkdownCell {
    static func text(_ text: String) -> String {
        TerminalText.visible(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "|": result += "\\|"
            case "<": result += "&lt;"
            case "\n": result += "<br>"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
