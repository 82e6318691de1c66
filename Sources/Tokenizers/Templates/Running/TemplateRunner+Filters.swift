import Basics

extension TemplateRunner {
    func filter(_ value: TemplateValue, _ name: String, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue
    {
        try budget.step()
        if let result = try textFilter(value, name, call) { return result }
        if let result = try listFilter(value, name, call) { return result }
        switch name {
        case "default", "d":
            let other = call.argument(0, "default_value") ?? .trusted("")
            if case .undefined = value { return other }
            return call.argument(1, "boolean")?.isTrue == true && !value.isTrue ? other : value
        case "tojson": return try toJSON(value, call)
        case "length", "count": return .integer(try count(value))
        case "int":
            if let text = value.text { return .integer(Int(text) ?? Int(Double(text) ?? 0)) }
            guard let number = value.double, number.magnitude < 1e18 else { return .integer(0) }
            return .integer(value.index ?? Int(number))
        case "float": return .number(value.double ?? value.text.flatMap { Double($0) } ?? 0)
        case "abs":
            if let index = value.index { return .integer(Int(clamping: index.magnitude)) }
            guard let number = value.double else { throw error("abs does not take \(value.kind)") }
            return .number(number.magnitude)
        case "round":
            guard let number = value.double else {
                throw error("round does not take \(value.kind)")
            }
            var scale = 1.0
            for _ in 0..<max(0, min(15, call.argument(0, "precision")?.index ?? 0)) { scale *= 10 }
            return .number((number * scale).rounded(.toNearestOrEven) / scale)
        case "attr":
            return try attribute(call.argument(0, "name")?.text ?? "", of: value)
        default:
            throw TandemError(
                .unsupported, "chat template: the filter \"\(name)\" is not known", file: file)
        }
    }

    private func textFilter(_ value: TemplateValue, _ name: String, _ call: TemplateCall)
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

    private func listFilter(_ value: TemplateValue, _ name: String, _ call: TemplateCall)
        throws(TandemError) -> TemplateValue?
    {
        switch name {
        case "join": return .string(try join(try elements(of: value), call))
        case "list": return .list(TemplateList(try elements(of: value)))
        case "first": return try elements(of: value).first ?? .undefined("first")
        case "last": return try elements(of: value).last ?? .undefined("last")
        case "reverse":
            if case .string(let text) = value {
                let all = PromptText.Scalars(text)
                return .string(all.text(all.scalars.indices.reversed()))
            }
            return .list(TemplateList(try elements(of: value).reversed()))
        case "items", "dictsort":
            guard case .dictionary(let dictionary) = value else {
                if case .undefined = value { return .list(TemplateList([])) }
                throw error("\(name) does not take \(value.kind)")
            }
            let items = Self.items(dictionary)
            return .list(
                TemplateList(
                    name == "items" ? items : try sorted(items, by: "0", descending: false)))
        case "sum":
            var sum = TemplateValue.integer(0)
            for item in try elements(of: value) {
                let part = try call.argument(0, "attribute")?.text
                    .map { name throws(TandemError) in try attribute(path: name, of: item) }
                sum = try arithmetic("+", sum, part ?? item)
            }
            return sum
        case "min", "max":
            let items = try sorted(try elements(of: value), by: nil, descending: false)
            return (name == "min" ? items.first : items.last) ?? .undefined(name)
        case "sort":
            let descending = call.argument(0, "reverse")?.isTrue ?? false
            return .list(
                TemplateList(
                    try sorted(
                        try elements(of: value), by: call.argument(2, "attribute")?.text,
                        descending: descending)))
        case "unique":
            var seen: [TemplateValue] = []
            for item in try elements(of: value) {
                try budget.step()
                if !seen.contains(where: { TemplateValue.isEqual($0, item) }) { seen.append(item) }
            }
            return .list(TemplateList(seen))
        case "map": return .list(TemplateList(try mapped(try elements(of: value), call)))
        case "select", "reject", "selectattr", "rejectattr":
            let byAttribute = name.hasSuffix("attr")
            var kept: [TemplateValue] = []
            for item in try elements(of: value) {
                try budget.step()
                var arguments = call
                var subject = item
                if byAttribute, !arguments.positional.isEmpty {
                    let path = arguments.positional.removeFirst().printed.text
                    subject = try attribute(path: path, of: item)
                }
                var passes = subject.isTrue
                if let test = arguments.positional.first?.text {
                    arguments.positional.removeFirst()
                    passes = try self.test(subject, test, arguments)
                }
                if passes == name.hasPrefix("select") { kept.append(item) }
            }
            return .list(TemplateList(kept))
        default: return nil
        }
    }

    private func attribute(path: String, of value: TemplateValue) throws(TandemError)
        -> TemplateValue
    {
        var value = value
        for name in path.utf8.split(separator: UInt8(ascii: ".")) {
            let name = String(Substring(name))
            if case .list(let list) = value, let index = Int(name) {
                value = list.items.indices.contains(index) ? list.items[index] : .undefined(name)
            } else {
                value = try attribute(name, of: value)
            }
        }
        return value
    }

    private func mapped(_ items: [TemplateValue], _ call: TemplateCall) throws(TandemError)
        -> [TemplateValue]
    {
        var results: [TemplateValue] = []
        for item in items {
            if let path = call.named.first(where: { $0.name == "attribute" })?.value.text {
                let found = try attribute(path: path, of: item)
                if case .undefined = found,
                    let other = call.named.first(where: { $0.name == "default" })?.value
                {
                    results.append(other)
                } else {
                    results.append(found)
                }
            } else if let name = call.positional.first?.text {
                var rest = call
                rest.positional.removeFirst()
                results.append(try filter(item, name, rest))
            } else {
                throw error("map takes a filter or an attribute")
            }
        }
        return results
    }

    private func sorted(_ items: [TemplateValue], by path: String?, descending: Bool)
        throws(TandemError) -> [TemplateValue]
    {
        var keyed: [(key: TemplateValue, item: TemplateValue)] = []
        for item in items {
            let key = try path.map { path throws(TandemError) in
                try attribute(path: path, of: item)
            }
            keyed.append((key ?? item, item))
        }
        // Insertion keeps equal items in order and lets comparisons throw; templates sort few items.
        var result: [(key: TemplateValue, item: TemplateValue)] = []
        for entry in keyed {
            var place = result.count
            while place > 0 {
                try budget.step()
                let previous = result[place - 1].key
                let isLess =
                    try descending
                    ? isLess(previous, entry.key) : isLess(entry.key, previous)
                if !isLess { break }
                place -= 1
            }
            result.insert(entry, at: place)
        }
        return result.map(\.item)
    }

    func join(_ items: [TemplateValue], _ call: TemplateCall) throws(TandemError) -> PromptText {
        let separator = call.argument(0, "d")?.printed ?? PromptText()
        let path = call.argument(1, "attribute")?.text
        var result = PromptText()
        for (index, item) in items.enumerated() {
            let part = try path.map { path throws(TandemError) in
                try attribute(path: path, of: item)
            }
            let text = (part ?? item).printed
            try budget.make(text.text.utf8.count + separator.text.utf8.count)
            if index > 0 { result.append(separator) }
            result.append(text)
        }
        return result
    }

    func count(_ value: TemplateValue) throws(TandemError) -> Int {
        switch value {
        case .string(let text):
            return text.parts.reduce(0) { $0 + $1.text.unicodeScalars.count }
        case .list(let list): return list.items.count
        case .dictionary(let dictionary): return dictionary.entries.count
        case .undefined: return 0
        default: throw error("\(value.kind) has no length")
        }
    }

    private func toJSON(_ value: TemplateValue, _ call: TemplateCall) throws(TandemError)
        -> TemplateValue
    {
        var separators: (String, String)?
        if case .list(let list)? = call.named.first(where: { $0.name == "separators" })?.value,
            list.items.count == 2
        {
            separators = (list.items[0].printed.text, list.items[1].printed.text)
        }
        func named(_ name: String) -> TemplateValue? {
            call.named.first { $0.name == name }?.value
        }
        let indent = (named("indent") ?? call.positional.last)?.index.map { max(0, min(64, $0)) }
        let text = try value.json(
            indent: indent, sortsKeys: named("sort_keys")?.isTrue ?? false, separators: separators)
        try budget.make(text.utf8.count)
        return .string(PromptText(text, isTrusted: false))
    }

    static func items(_ dictionary: TemplateDictionary) -> [TemplateValue] {
        dictionary.entries.map { entry in
            .list(
                TemplateList([.string(PromptText(entry.key, isTrusted: false)), entry.value]))
        }
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
