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

    func attribute(path: String, of value: TemplateValue) throws(TandemError)
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
}
