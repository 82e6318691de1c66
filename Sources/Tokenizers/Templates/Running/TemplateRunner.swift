import Basics

/// Runs the statements of a template.
final class TemplateRunner {
    /// How a list of statements ended.
    enum Flow { case normal, exit, next }

    let file: String
    let clock: Int?
    let global: TemplateFrame
    var frame: TemplateFrame
    var output = PromptText()
    var budget = TemplateBudget()
    private var line = 1

    init(file: String, clock: Int?) {
        self.file = file
        self.clock = clock
        global = TemplateFrame(parent: nil)
        frame = global
    }

    func error(_ message: String, _ code: TandemError.Code = .malformed) -> TandemError {
        TandemError(code, "chat template: " + message, file: file, line: line)
    }

    /// - Complexity: bounded by the budget.
    func run(_ statements: [TemplateStatement]) throws(TandemError) -> Flow {
        budget.depthNow += 1
        defer { budget.depthNow -= 1 }
        if budget.depthNow > TemplateBudget.depth {
            throw TemplateBudget.exceeded("\(TemplateBudget.depth) levels of nesting")
        }
        for statement in statements {
            line = statement.line
            try budget.step()
            let flow = try run(statement.kind)
            if flow != .normal { return flow }
        }
        return .normal
    }

    private func write(_ text: PromptText) throws(TandemError) {
        for part in text.parts {
            try budget.make(part.text.utf8.count)
            output.append(part.text, isTrusted: part.isTrusted)
        }
    }

    private func run(_ kind: TemplateStatement.Kind) throws(TandemError) -> Flow {
        switch kind {
        case .text(let text): try write(PromptText(text, isTrusted: true))
        case .output(let expression): try write(try evaluate(expression).printed)
        case .condition(let branches, let otherwise):
            for (test, body) in branches where try evaluate(test).isTrue { return try run(body) }
            return try run(otherwise)
        case .loop(let loop): try run(loop)
        case .set(let names, let expression):
            try assign(names, try evaluate(expression))
        case .setAttribute(let name, let attribute, let expression):
            guard case .dictionary(let space)? = frame.lookup(name), space.isNamespace else {
                throw error("\(name) is not a namespace")
            }
            space[attribute] = try evaluate(expression)
        case .setBlock(let name, let filters, let body):
            frame.variables[name] = try filtered(try captured(body), filters)
        case .macro(let macro):
            frame.variables[macro.name] = .function(macro.name, function(of: macro))
        case .call(let caller, let expression):
            let outer = frame
            frame = TemplateFrame(parent: outer)
            defer { frame = outer }
            frame.variables["caller"] = .function("caller", function(of: caller))
            guard case .call(let callee, let arguments) = expression else {
                throw error("a call block needs a macro call")
            }
            var call = try self.call(arguments)
            call.named.append(("caller", .function("caller", function(of: caller))))
            try write(try apply(try evaluate(callee), call).printed)
        case .filterBlock(let filters, let body):
            try write(try filtered(try captured(body), filters).printed)
        case .evaluate(let expression): _ = try evaluate(expression)
        case .block(let body): return try run(body)
        case .exit: return .exit
        case .next: return .next
        }
        return .normal
    }

    func assign(_ names: [String], _ value: TemplateValue) throws(TandemError) {
        if names.count == 1 {
            frame.variables[names[0]] = value
            return
        }
        guard case .list(let list) = value, list.items.count == names.count else {
            throw error("\(value.kind) cannot be unpacked into \(names.count) names")
        }
        for (name, item) in zip(names, list.items) { frame.variables[name] = item }
    }

    /// What `body` prints.
    private func captured(_ body: [TemplateStatement]) throws(TandemError) -> TemplateValue {
        let outer = output
        output = PromptText()
        defer { output = outer }
        _ = try run(body)
        return .string(output)
    }

    private func filtered(_ value: TemplateValue, _ filters: [(String, [TemplateArgument])])
        throws(TandemError) -> TemplateValue
    {
        var value = value
        for (name, arguments) in filters {
            value = try filter(value, name, try call(arguments))
        }
        return value
    }

    private func run(_ loop: TemplateLoop) throws(TandemError) {
        var items = try elements(of: try evaluate(loop.items))
        let outer = frame
        defer { frame = outer }
        if let condition = loop.condition {
            var kept: [TemplateValue] = []
            for item in items {
                frame = TemplateFrame(parent: outer)
                try assign(loop.targets, item)
                if try evaluate(condition).isTrue { kept.append(item) }
            }
            items = kept
        }
        if items.isEmpty {
            frame = outer
            _ = try run(loop.otherwise)
            return
        }
        for (index, item) in items.enumerated() {
            try budget.step()
            frame = TemplateFrame(parent: outer)
            try assign(loop.targets, item)
            frame.variables["loop"] = .dictionary(state(index, items))
            if try run(loop.body) == .exit { break }
        }
    }

    private func state(_ index: Int, _ items: [TemplateValue]) -> TemplateDictionary {
        let state = TemplateDictionary()
        state.entries = [
            ("index", .integer(index + 1)), ("index0", .integer(index)),
            ("revindex", .integer(items.count - index)),
            ("revindex0", .integer(items.count - index - 1)),
            ("first", .bool(index == 0)), ("last", .bool(index + 1 == items.count)),
            ("length", .integer(items.count)),
            ("previtem", index > 0 ? items[index - 1] : .undefined("loop.previtem")),
            (
                "nextitem",
                index + 1 < items.count ? items[index + 1] : .undefined("loop.nextitem")
            ),
            (
                "cycle",
                .function(
                    "cycle",
                    TemplateFunction { call throws(TandemError) in
                        call.positional.isEmpty
                            ? .none : call.positional[index % call.positional.count]
                    })
            ),
        ]
        return state
    }

    /// A macro, callable. It sees the names of the place where it stands, not of its callers.
    private func function(of macro: TemplateMacro) -> TemplateFunction {
        let home = frame
        return TemplateFunction { [unowned self] call throws(TandemError) in
            let (outer, outerOutput) = (frame, output)
            frame = TemplateFrame(parent: home)
            output = PromptText()
            defer { (frame, output) = (outer, outerOutput) }
            for (index, parameter) in macro.parameters.enumerated() {
                if let value = call.argument(index, parameter.name) {
                    frame.variables[parameter.name] = value
                } else if let value = parameter.value {
                    frame.variables[parameter.name] = try evaluate(value)
                } else {
                    frame.variables[parameter.name] = .undefined(parameter.name)
                }
            }
            if let caller = call.named.first(where: { $0.name == "caller" }) {
                frame.variables["caller"] = caller.value
            }
            _ = try run(macro.body)
            return .string(output)
        }
    }
}
