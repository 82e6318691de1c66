import Basics

extension TemplateValue {
    /// As `{{ value }}` prints it. Only a string keeps its trust; what is made of values that a
    /// person wrote is not trusted.
    var printed: PromptText {
        switch self {
        case .string(let text): return text
        case .undefined: return PromptText()
        case .list, .dictionary: return PromptText(represented(depth: 0), isTrusted: false)
        default: return PromptText(represented(depth: 0), isTrusted: true)
        }
    }

    /// As Python's `repr` shows it within a list.
    private func represented(depth: Int) -> String {
        if depth > 64 { return "..." }
        switch self {
        case .undefined: return "Undefined"
        case .none: return "None"
        case .bool(let value): return value ? "True" : "False"
        case .integer(let value): return String(value)
        case .number(let value): return Self.pythonNumber(value)
        case .string(let text): return Self.quoted(text.text)
        case .list(let list):
            return "["
                + list.items.map { $0.represented(depth: depth + 1) }.joined(separator: ", ") + "]"
        case .dictionary(let dictionary):
            let entries = dictionary.entries.map {
                Self.quoted($0.key) + ": " + $0.value.represented(depth: depth + 1)
            }
            return "{" + entries.joined(separator: ", ") + "}"
        case .function(let name, _): return "<function \(name)>"
        }
    }

    private static func pythonNumber(_ value: Double) -> String {
        if value.isNaN { return "nan" }
        if value.isInfinite { return value < 0 ? "-inf" : "inf" }
        return value.description
    }

    private static func quoted(_ text: String) -> String {
        let quote: Unicode.Scalar =
            text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
        var result = String.UnicodeScalarView([quote])
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
            case quote:
                result.append("\\")
                result.append(scalar)
            default: result.append(scalar)
            }
        }
        result.append(quote)
        return String(result)
    }

    /// As Python's `json.dumps(value, ensure_ascii=False)` writes it.
    /// - Parameter indent: spaces of each level; nil keeps it on one line.
    func json(
        indent: Int?, level: Int = 0, sortsKeys: Bool = false, separators: (String, String)? = nil
    ) throws(TandemError) -> String {
        if level > 64 { throw TandemError(.limit, "tojson: nested deeper than 64") }
        let (comma, colon) = separators ?? (indent == nil ? ", " : ",", ": ")
        func wrap(_ open: String, _ parts: [String], _ close: String) -> String {
            if parts.isEmpty { return open + close }
            guard let indent else { return open + parts.joined(separator: comma) + close }
            let inner = "\n" + String(repeating: " ", count: indent * (level + 1))
            let outer = "\n" + String(repeating: " ", count: indent * level)
            return open + inner + parts.joined(separator: comma + inner) + outer + close
        }
        func child(_ value: TemplateValue) throws(TandemError) -> String {
            try value.json(
                indent: indent, level: level + 1, sortsKeys: sortsKeys, separators: separators)
        }
        switch self {
        case .none: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .number(let value): return Self.pythonNumber(value)
        case .string(let text): return JSON.string(text.text).text
        case .list(let list):
            var parts: [String] = []
            for item in list.items { parts.append(try child(item)) }
            return wrap("[", parts, "]")
        case .dictionary(let dictionary):
            var parts: [String] = []
            let entries =
                sortsKeys ? dictionary.entries.sorted { $0.key < $1.key } : dictionary.entries
            for entry in entries {
                parts.append(JSON.string(entry.key).text + colon + (try child(entry.value)))
            }
            return wrap("{", parts, "}")
        case .undefined, .function:
            throw TandemError(.malformed, "tojson: \(kind) has no form in JSON")
        }
    }
}
