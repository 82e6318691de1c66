import Basics

extension TemplateRunner {
    func evaluate(_ expression: TemplateExpression) throws(TandemError) -> TemplateValue {
        try budget.step()
        budget.depthNow += 1
        defer { budget.depthNow -= 1 }
        if budget.depthNow > TemplateBudget.depth * 4 {
            throw TemplateBudget.exceeded("\(TemplateBudget.depth) levels of nesting")
        }
        switch expression {
        case .none: return .none
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .string(let text): return .trusted(text)
        case .name(let name):
            return frame.lookup(name) ?? builtIn(name) ?? .undefined(name)
        case .list(let items):
            var values: [TemplateValue] = []
            for item in items { values.append(try evaluate(item)) }
            return .list(TemplateList(values))
        case .dictionary(let entries):
            let dictionary = TemplateDictionary()
            for (key, value) in entries {
                dictionary[try evaluate(key).printed.text] = try evaluate(value)
            }
            return .dictionary(dictionary)
        case .attribute(let base, let name): return try attribute(name, of: try evaluate(base))
        case .element(let base, let index):
            return try element(try evaluate(index), of: try evaluate(base))
        case .slice(let base, let start, let end, let step):
            return try slice(
                try evaluate(base), try bound(start), try bound(end), try bound(step))
        case .call(let callee, let arguments):
            if case .attribute(let base, let name) = callee {
                return try method(name, of: try evaluate(base), try call(arguments))
            }
            return try apply(try evaluate(callee), try call(arguments))
        case .filter(let base, let name, let arguments):
            return try filter(try evaluate(base), name, try call(arguments))
        case .test(let base, let name, let arguments):
            return .bool(try test(try evaluate(base), name, try call(arguments)))
        case .not(let value): return .bool(!(try evaluate(value).isTrue))
        case .negative(let value): return try negated(try evaluate(value))
        case .and(let left, let right):
            let value = try evaluate(left)
            return value.isTrue ? try evaluate(right) : value
        case .or(let left, let right):
            let value = try evaluate(left)
            return value.isTrue ? value : try evaluate(right)
        case .arithmetic(let symbol, let left, let right):
            return try arithmetic(symbol, try evaluate(left), try evaluate(right))
        case .comparison(let first, let rest): return .bool(try compare(first, rest))
        case .conditional(let value, let test, let otherwise):
            if try evaluate(test).isTrue { return try evaluate(value) }
            return try otherwise.map { expression throws(TandemError) in
                try evaluate(expression)
            } ?? .undefined("else")
        }
    }

    func call(_ arguments: [TemplateArgument]) throws(TandemError) -> TemplateCall {
        var call = TemplateCall()
        for argument in arguments {
            let value = try evaluate(argument.value)
            if let name = argument.name {
                call.named.append((name, value))
            } else {
                call.positional.append(value)
            }
        }
        return call
    }

    func apply(_ callee: TemplateValue, _ call: TemplateCall) throws(TandemError)
        -> TemplateValue
    {
        guard case .function(_, let function) = callee else {
            throw error("\(callee.kind) cannot be called")
        }
        return try function.call(call)
    }

    func attribute(_ name: String, of base: TemplateValue) throws(TandemError) -> TemplateValue {
        if name.hasPrefix("__") { throw error("\(name) is not allowed", .unsupported) }
        switch base {
        case .undefined(let missing): throw error("\(missing) is undefined; it has no \(name)")
        case .dictionary(let dictionary): return dictionary[name] ?? .undefined(name)
        default: return .undefined(name)
        }
    }

    private func element(_ index: TemplateValue, of base: TemplateValue) throws(TandemError)
        -> TemplateValue
    {
        switch (base, index) {
        case (.undefined(let name), _): throw error("\(name) is undefined; it has no elements")
        case (.dictionary(let dictionary), _):
            let key = index.printed.text
            if key.hasPrefix("__") { throw error("\(key) is not allowed", .unsupported) }
            return dictionary[key] ?? .undefined(key)
        case (.list(let list), .integer(let index)):
            let place = index < 0 ? list.items.count + index : index
            return list.items.indices.contains(place) ? list.items[place] : .undefined("[\(index)]")
        case (.string(let text), .integer(let index)):
            let all = PromptText.Scalars(text)
            let place = index < 0 ? all.scalars.count + index : index
            return all.scalars.indices.contains(place)
                ? .string(all.text([place])) : .undefined("[\(index)]")
        default: return .undefined("[\(index.printed.text)]")
        }
    }

    private func bound(_ expression: TemplateExpression?) throws(TandemError) -> Int? {
        guard let expression else { return nil }
        let value = try evaluate(expression)
        if case .none = value { return nil }
        guard let index = value.index else { throw error("\(value.kind) is not an index") }
        return max(-(1 << 40), min(1 << 40, index))
    }

    private func slice(_ base: TemplateValue, _ start: Int?, _ end: Int?, _ step: Int?)
        throws(TandemError) -> TemplateValue
    {
        let step = step ?? 1
        if step == 0 { throw error("a slice cannot have the step 0") }
        func indices(_ count: Int) -> [Int] {
            func place(_ index: Int, _ low: Int, _ high: Int) -> Int {
                max(low, min(high, index < 0 ? index + count : index))
            }
            if step > 0 {
                let from = place(start ?? 0, 0, count)
                return Array(stride(from: from, to: place(end ?? count, 0, count), by: step))
            }
            let from = start.map { place($0, -1, count - 1) } ?? count - 1
            let to = end.map { place($0, -1, count - 1) } ?? -1
            return Array(stride(from: from, to: to, by: step))
        }
        switch base {
        case .list(let list):
            return .list(TemplateList(indices(list.items.count).map { list.items[$0] }))
        case .string(let text):
            let all = PromptText.Scalars(text)
            return .string(all.text(indices(all.scalars.count)))
        default: throw error("\(base.kind) cannot be sliced")
        }
    }

    /// What a loop goes through.
    func elements(of value: TemplateValue) throws(TandemError) -> [TemplateValue] {
        switch value {
        case .list(let list): return list.items
        case .dictionary(let dictionary):
            return dictionary.entries.map { .string(PromptText($0.key, isTrusted: false)) }
        case .string(let text):
            let all = PromptText.Scalars(text)
            return all.scalars.indices.map { .string(all.text([$0])) }
        case .undefined: return []
        default: throw error("\(value.kind) has no elements to loop over")
        }
    }

    private func negated(_ value: TemplateValue) throws(TandemError) -> TemplateValue {
        switch value {
        case .number(let value): return .number(-value)
        default:
            guard let index = value.index else { throw error("\(value.kind) has no negative") }
            return try arithmetic("-", .integer(0), .integer(index))
        }
    }
}
