import Basics

extension TemplateRunner {
    /// A call of `value.name(…)`.
    func method(_ name: String, of value: TemplateValue, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue
    {
        try budget.step()
        switch value {
        case .string(let text): return try textMethod(name, text, call)
        case .list(let list): return try listMethod(name, list, call)
        case .dictionary(let dictionary):
            if let function = dictionary[name], case .function = function {
                return try apply(function, call)
            }
            return try dictionaryMethod(name, dictionary, call)
        default: return try apply(try attribute(name, of: value), call)
        }
    }

    private func unknown(_ name: String, _ kind: String) -> TandemError {
        error("\(kind) has no method \"\(name)\"", .unsupported)
    }

    private func textMethod(_ name: String, _ text: PromptText, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue
    {
        let first = call.positional.first
        func limit(_ index: Int) -> Int {
            let given = call.argument(index, "maxsplit")?.index ?? -1
            return given < 0 ? .max : given
        }
        func list(_ parts: [PromptText]) throws(TandemError) -> TemplateValue {
            try budget.make(parts.count * 16)
            return .list(TemplateList(parts.map { .string($0) }))
        }
        switch name {
        case "strip": return .string(text.stripped(first?.text))
        case "lstrip": return .string(text.stripped(first?.text, right: false))
        case "rstrip": return .string(text.stripped(first?.text, left: false))
        case "upper": return .string(text.mapped { $0.uppercased() })
        case "lower": return .string(text.mapped { $0.lowercased() })
        case "title": return .string(text.mapped(Self.title))
        case "capitalize": return .string(text.mapped(Self.capitalized))
        case "split":
            if first?.text?.isEmpty == true { throw error("split takes no empty separator") }
            return try list(text.split(first?.text, limit: limit(1)))
        case "rsplit":
            guard let separator = first?.text, !separator.isEmpty, limit(1) != .max else {
                return try list(text.split(first?.text))
            }
            let parts = text.split(separator)
            let head = max(0, parts.count - 1 - limit(1))
            let mark = PromptText(separator, isTrusted: text.parts.allSatisfy(\.isTrusted))
            let joined = parts[1..<max(1, head + 1)].reduce(parts[0]) { $0 + mark + $1 }
            return try list([joined] + parts[(head + 1)...])
        case "splitlines":
            var lines = text.split("\n")
            if lines.last?.parts.isEmpty == true { lines.removeLast() }
            return try list(lines)
        case "startswith", "endswith":
            var options = [first ?? .none]
            if case .list(let several)? = first { options = several.items }
            let scalars = PromptText.Scalars(text).scalars
            return .bool(
                options.contains { option in
                    guard let wanted = option.text?.unicodeScalars else { return false }
                    return name == "startswith"
                        ? scalars.starts(with: wanted)
                        : scalars.suffix(wanted.count).elementsEqual(wanted)
                })
        case "replace": return .string(try replaced(text, first, call.argument(1, "new")))
        case "join":
            guard let first else { throw error("join takes a list") }
            return .string(
                try join(
                    try elements(of: first), TemplateCall(positional: [.string(text)])))
        case "find", "index":
            let wanted = Array((first?.text ?? "").unicodeScalars)
            let found = wanted.isEmpty ? 0 : PromptText.Scalars(text).find(wanted, from: 0)
            if found == nil, name == "index" { throw error("the substring is not there") }
            return .integer(found ?? -1)
        case "count":
            guard let wanted = first?.text, !wanted.isEmpty else { return .integer(0) }
            return .integer(text.count(of: wanted))
        case "isdigit":
            let scalars = text.text.unicodeScalars
            return .bool(!scalars.isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) })
        case "isalpha":
            let scalars = text.text.unicodeScalars
            return .bool(!scalars.isEmpty && scalars.allSatisfy(\.properties.isAlphabetic))
        case "format":
            var result = PromptText()
            let parts = text.split("{}")
            for (index, part) in parts.enumerated() {
                if index > 0 {
                    guard call.positional.indices.contains(index - 1) else {
                        throw error("format has too few arguments")
                    }
                    result = result + call.positional[index - 1].printed
                }
                result = result + part
            }
            try budget.make(result.text.utf8.count)
            return .string(result)
        default: throw unknown(name, "a string")
        }
    }

    private func listMethod(_ name: String, _ list: TemplateList, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue
    {
        try budget.make(16)
        switch name {
        case "append":
            list.items.append(call.positional.first ?? .none)
            return .none
        case "extend":
            let more = try elements(of: call.positional.first ?? .none)
            try budget.make(more.count * 16)
            list.items += more
            return .none
        case "insert":
            let place = max(0, min(list.items.count, call.positional.first?.index ?? 0))
            list.items.insert(call.argument(1, "object") ?? .none, at: place)
            return .none
        case "pop":
            let index = call.positional.first?.index ?? -1
            let place = index < 0 ? list.items.count + index : index
            guard list.items.indices.contains(place) else { throw error("pop: no such element") }
            return list.items.remove(at: place)
        case "index":
            let wanted = call.positional.first ?? .none
            guard let place = list.items.firstIndex(where: { TemplateValue.isEqual($0, wanted) })
            else { throw error("the element is not in the list") }
            return .integer(place)
        case "count":
            let wanted = call.positional.first ?? .none
            return .integer(list.items.count { TemplateValue.isEqual($0, wanted) })
        case "reverse":
            list.items.reverse()
            return .none
        case "copy": return .list(TemplateList(list.items))
        default: throw unknown(name, "a list")
        }
    }

    private func dictionaryMethod(
        _ name: String, _ dictionary: TemplateDictionary, _ call: TemplateCall
    ) throws(TandemError) -> TemplateValue {
        switch name {
        case "items": return .list(TemplateList(Self.items(dictionary)))
        case "keys": return .list(TemplateList(try elements(of: .dictionary(dictionary))))
        case "values": return .list(TemplateList(dictionary.entries.map(\.value)))
        case "get", "pop":
            let key = call.positional.first?.printed.text ?? ""
            let value = dictionary[key] ?? call.argument(1, "default") ?? .none
            if name == "pop" { dictionary[key] = nil }
            return value
        case "update":
            if case .dictionary(let other)? = call.positional.first {
                for entry in other.entries { dictionary[entry.key] = entry.value }
            }
            for (key, value) in call.named { dictionary[key] = value }
            return .none
        case "setdefault":
            let key = call.positional.first?.printed.text ?? ""
            if let value = dictionary[key] { return value }
            let value = call.argument(1, "default") ?? .none
            dictionary[key] = value
            return value
        case "copy":
            let copy = TemplateDictionary()
            copy.entries = dictionary.entries
            return .dictionary(copy)
        default:
            if name.hasPrefix("__") { throw error("\(name) is not allowed", .unsupported) }
            throw unknown(name, "a mapping")
        }
    }
}
