import Basics

extension TemplateParser {
    /// An expression, or several with commas between as a list.
    mutating func tuple() throws(TandemError) -> TemplateExpression {
        let first = try expression()
        guard current.kind == .symbol(",") else { return first }
        var items = [first]
        while accept(",") {
            if current.kind == .endStatement { break }
            items.append(try expression())
        }
        return .list(items)
    }

    mutating func expression() throws(TandemError) -> TemplateExpression {
        try enter()
        defer { leave() }
        let value = try disjunction()
        guard acceptName("if") else { return value }
        let test = try disjunction()
        return .conditional(value, test, acceptName("else") ? try expression() : nil)
    }

    mutating func disjunction() throws(TandemError) -> TemplateExpression {
        var left = try conjunction()
        while acceptName("or") { left = .or(left, try conjunction()) }
        return left
    }

    private mutating func conjunction() throws(TandemError) -> TemplateExpression {
        var left = try negation()
        while acceptName("and") { left = .and(left, try negation()) }
        return left
    }

    private mutating func negation() throws(TandemError) -> TemplateExpression {
        var count = 0
        while acceptName("not") { count += 1 }
        let value = try comparison()
        return count % 2 == 1 ? .not(value) : count > 0 ? .not(.not(value)) : value
    }

    private mutating func comparison() throws(TandemError) -> TemplateExpression {
        let left = try sum()
        var rest: [(String, TemplateExpression)] = []
        while true {
            if case .symbol(let symbol) = current.kind,
                ["==", "!=", "<", "<=", ">", ">="].contains(symbol)
            {
                skip()
                rest.append((symbol, try sum()))
            } else if acceptName("in") {
                rest.append(("in", try sum()))
            } else if current.kind == .name("not"), peek(1) == .name("in") {
                skip()
                skip()
                rest.append(("not in", try sum()))
            } else {
                return rest.isEmpty ? left : .comparison(left, rest)
            }
        }
    }

    private mutating func binary(
        _ operators: Set<String>,
        _ operand: (inout TemplateParser) throws(TandemError) ->
            TemplateExpression
    ) throws(TandemError) -> TemplateExpression {
        var left = try operand(&self)
        while case .symbol(let symbol) = current.kind, operators.contains(symbol) {
            skip()
            left = .arithmetic(symbol, left, try operand(&self))
        }
        return left
    }

    private mutating func sum() throws(TandemError) -> TemplateExpression {
        try binary(["+", "-"]) { parser throws(TandemError) in
            try parser.binary(["~"]) { parser throws(TandemError) in try parser.product() }
        }
    }

    private mutating func product() throws(TandemError) -> TemplateExpression {
        try binary(["*", "/", "//", "%"]) { parser throws(TandemError) in try parser.unary() }
    }

    private mutating func unary() throws(TandemError) -> TemplateExpression {
        try enter()
        defer { leave() }
        if accept("-") { return .negative(try unary()) }
        if accept("+") { return try unary() }
        var value = try postfix(try primary())
        if accept("**") { value = .arithmetic("**", value, try unary()) }
        return try filtersAndTests(value)
    }

    private mutating func filtersAndTests(_ value: TemplateExpression) throws(TandemError)
        -> TemplateExpression
    {
        var value = value
        while true {
            if accept("|") {
                let name = try expectName()
                let arguments = current.kind == .symbol("(") ? try arguments() : []
                value = try postfix(.filter(value, name, arguments))
            } else if acceptName("is") {
                let isNegated = acceptName("not")
                let name = try expectName()
                var list: [TemplateArgument] = []
                if current.kind == .symbol("(") {
                    list = try arguments()
                } else if startsOperand {
                    list = [TemplateArgument(value: try postfix(try primary()))]
                }
                value = .test(value, name, list)
                if isNegated { value = .not(value) }
            } else {
                return value
            }
        }
    }

    /// Whether a test's only argument can begin here, without parentheses.
    private var startsOperand: Bool {
        switch current.kind {
        case .string, .integer, .number: true
        case .name(let name): !["and", "or", "if", "else", "is", "not", "in"].contains(name)
        case .symbol(let symbol): symbol == "["
        default: false
        }
    }

    mutating func arguments() throws(TandemError) -> [TemplateArgument] {
        try expect("(")
        var arguments: [TemplateArgument] = []
        while !accept(")") {
            if case .name(let name) = current.kind, peek(1) == .symbol("=") {
                skip()
                skip()
                arguments.append(TemplateArgument(name: name, value: try expression()))
            } else {
                arguments.append(TemplateArgument(value: try expression()))
            }
            if !accept(",") {
                try expect(")")
                break
            }
        }
        return arguments
    }

    private mutating func postfix(_ start: TemplateExpression) throws(TandemError)
        -> TemplateExpression
    {
        var value = start
        var count = 0
        while true {
            count += 1
            if count > Self.depthLimit { throw error("too many calls in a row") }
            if accept(".") {
                if case .integer(let index) = current.kind {
                    skip()
                    value = .element(value, .integer(index))
                } else {
                    value = .attribute(value, try expectName())
                }
            } else if current.kind == .symbol("(") {
                value = .call(value, try arguments())
            } else if accept("[") {
                value = try subscripted(value)
            } else {
                return value
            }
        }
    }

    private mutating func subscripted(_ value: TemplateExpression) throws(TandemError)
        -> TemplateExpression
    {
        var bounds: [TemplateExpression?] = [nil]
        while !accept("]") {
            if accept(":") {
                bounds.append(nil)
            } else {
                bounds[bounds.count - 1] = try expression()
            }
            if bounds.count > 3 { throw error("a slice has at most three parts") }
        }
        if bounds.count > 1 {
            return .slice(value, bounds[0], bounds[1], bounds.count > 2 ? bounds[2] : nil)
        }
        guard let index = bounds[0] else { throw error("an index is missing") }
        return .element(value, index)
    }

    private mutating func primary() throws(TandemError) -> TemplateExpression {
        let token = current
        skip()
        switch token.kind {
        case .string(var text):
            while case .string(let more) = current.kind {
                skip()
                text += more
            }
            return .string(text)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .name(let name):
            switch name {
            case "true", "True": return .bool(true)
            case "false", "False": return .bool(false)
            case "none", "None": return .none
            default: return .name(name)
            }
        case .symbol("("): return try parenthesised()
        case .symbol("["):
            var items: [TemplateExpression] = []
            while !accept("]") {
                items.append(try expression())
                if !accept(",") {
                    try expect("]")
                    break
                }
            }
            return .list(items)
        case .symbol("{"):
            var entries: [(TemplateExpression, TemplateExpression)] = []
            while !accept("}") {
                let key = try expression()
                try expect(":")
                entries.append((key, try expression()))
                if !accept(",") {
                    try expect("}")
                    break
                }
            }
            return .dictionary(entries)
        default: throw error("a value is expected")
        }
    }

    private mutating func parenthesised() throws(TandemError) -> TemplateExpression {
        if accept(")") { return .list([]) }
        let first = try expression()
        guard current.kind == .symbol(",") else {
            try expect(")")
            return first
        }
        var items = [first]
        while accept(",") {
            if current.kind == .symbol(")") { break }
            items.append(try expression())
        }
        try expect(")")
        return .list(items)
    }
}
