import Basics

/// Filters of texts.
extension TemplateRunner {
    func textFilter(_ value: TemplateValue, _ name: String, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue?
    {
        switch name {
        case "trim": return .string(value.printed.stripped(call.argument(0, "chars")?.text))
        case "upper": return .string(value.printed.mapped { $0.uppercased() })
        case "lower": return .string(value.printed.mapped { $0.lowercased() })
        case "title": return .string(value.printed.mapped(Self.title))
        case "capitalize": return .string(value.printed.mapped(Self.capitalized))
        case "string", "safe": return .string(value.printed)
        case "escape", "e":
            let text = value.printed
            try budget.make(text.text.utf8.count * 6)
            return .string(
                text.mapped { text in
                    text.unicodeScalars.reduce(into: "") { result, scalar in
                        switch scalar {
                        case "&": result += "&amp;"
                        case "<": result += "&lt;"
                        case ">": result += "&gt;"
                        case "\"": result += "&#34;"
                        case "'": result += "&#39;"
                        default: result.unicodeScalars.append(scalar)
                        }
                    }
                })
        case "replace":
            return .string(
                try replaced(value.printed, call.argument(0, "old"), call.argument(1, "new")))
        case "wordcount": return .integer(value.printed.split(nil).count)
        case "indent":
            let width = max(0, min(1000, call.argument(0, "width")?.index ?? 4))
            let space = String(repeating: " ", count: width)
            let isFirst = call.argument(1, "first")?.isTrue ?? false
            let text = value.printed
            let lines = text.split("\n")
            try budget.make(text.text.utf8.count + lines.count * width)
            var result = PromptText(isFirst ? space : "", isTrusted: true)
            for (index, line) in lines.enumerated() {
                if index > 0 {
                    let blank = line.parts.isEmpty
                    result.append("\n" + (blank ? "" : space), isTrusted: true)
                }
                result.append(line)
            }
            return .string(result)
        default: return nil
        }
    }

    func replaced(_ text: PromptText, _ old: TemplateValue?, _ new: TemplateValue?)
        throws(TandemError) -> PromptText
    {
        guard let old = old?.text, let new else { throw error("replace takes two strings") }
        if old.isEmpty { return text }
        let count = text.count(of: old)
        let (size, overflow) = new.printed.text.utf8.count.multipliedReportingOverflow(by: count)
        try budget.make(overflow ? .max : size + text.text.utf8.count)
        return text.replacing(old, with: new.printed)
    }

    /// Each word with a capital, as Python's `title` has it.
    static func title(_ text: String) -> String {
        var isInWord = false
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            let letter = String(scalar)
            result += isInWord ? letter.lowercased() : letter.uppercased()
            isInWord = scalar.properties.isAlphabetic
        }
    }

    static func capitalized(_ text: String) -> String {
        guard let first = text.unicodeScalars.first else { return text }
        var rest = text.unicodeScalars
        rest.removeFirst()
        return String(first).uppercased() + String(rest).lowercased()
    }
}
