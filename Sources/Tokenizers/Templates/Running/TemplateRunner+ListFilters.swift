import Basics

/// Filters of lists and dictionaries.
extension TemplateRunner {
    func listFilter(_ value: TemplateValue, _ name: String, _ call: TemplateCall)
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

    static func items(_ dictionary: TemplateDictionary) -> [TemplateValue] {
        dictionary.entries.map { entry in
            .list(
                TemplateList([.string(PromptText(entry.key, isTrusted: false)), entry.value]))
        }
    }
}
