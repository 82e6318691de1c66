import Basics

/// Builds statements from tokens; expressions are in an extension.
struct TemplateParser {
    private let tokens: [TemplateToken]
    let file: String
    private var position = 0
    private var depth = 0

    /// Nesting deeper than this is refused: the parser recurses.
    static let depthLimit = 100

    static func statements(_ source: String, file: String) throws(TandemError)
        -> [TemplateStatement]
    {
        var parser = TemplateParser(
            tokens: try TemplateLexer.tokens(source, file: file), file: file)
        let (statements, ending) = try parser.block(until: [])
        if let ending { throw parser.error("\(ending) has no beginning") }
        return statements
    }

    private init(tokens: [TemplateToken], file: String) {
        self.tokens = tokens
        self.file = file
    }

    var current: TemplateToken { tokens[min(position, tokens.count - 1)] }
    func peek(_ offset: Int) -> TemplateToken.Kind {
        tokens[min(position + offset, tokens.count - 1)].kind
    }

    func error(_ message: String) -> TandemError {
        TandemError(.malformed, "chat template: " + message, file: file, line: current.line)
    }

    /// One level deeper: each level of the parser's recursion begins with this.
    mutating func enter() throws(TandemError) {
        depth += 1
        if depth > Self.depthLimit {
            throw TandemError(
                .limit, "chat template: nested deeper than \(Self.depthLimit)", file: file,
                line: current.line)
        }
    }

    mutating func leave() { depth -= 1 }

    mutating func skip() { position += 1 }

    mutating func accept(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    mutating func acceptName(_ name: String) -> Bool {
        guard current.kind == .name(name) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ symbol: String) throws(TandemError) {
        if !accept(symbol) { throw error("\"\(symbol)\" is expected, not \(described)") }
    }

    mutating func expectName() throws(TandemError) -> String {
        guard case .name(let name) = current.kind else {
            throw error("a name is expected, not \(described)")
        }
        position += 1
        return name
    }

    var described: String {
        switch current.kind {
        case .name(let text), .symbol(let text): "\"\(text)\""
        case .string: "a string"
        case .integer, .number: "a number"
        case .end: "the end of the template"
        case .text, .beginOutput, .beginStatement, .endOutput, .endStatement: "the end of the tag"
        }
    }

    private mutating func endTag() throws(TandemError) {
        guard current.kind == .endStatement else {
            throw error("the end of the tag is expected, not \(described)")
        }
        position += 1
    }

    /// Statements up to one of the words in `endings`, which is consumed, its tag not.
    private mutating func block(until endings: [String]) throws(TandemError)
        -> ([TemplateStatement], String?)
    {
        try enter()
        defer { leave() }
        var statements: [TemplateStatement] = []
        while true {
            let line = current.line
            switch current.kind {
            case .text(let text):
                position += 1
                statements.append(TemplateStatement(kind: .text(text), line: line))
            case .beginOutput:
                position += 1
                let value = try expression()
                guard current.kind == .endOutput else {
                    throw error("}} is expected, not \(described)")
                }
                position += 1
                statements.append(TemplateStatement(kind: .output(value), line: line))
            case .beginStatement:
                position += 1
                let word = try expectName()
                if endings.contains(word) { return (statements, word) }
                if word.hasPrefix("end") || word == "else" || word == "elif" {
                    throw error("\(word) has no beginning")
                }
                statements.append(
                    TemplateStatement(kind: try statement(word), line: line))
            default:
                if let wanted = endings.last { throw error("\(wanted) is missing") }
                return (statements, nil)
            }
        }
    }

    private mutating func body(_ ending: String) throws(TandemError) -> [TemplateStatement] {
        try endTag()
        let (statements, _) = try block(until: [ending])
        if case .name = current.kind { position += 1 }
        try endTag()
        return statements
    }

    private mutating func statement(_ word: String) throws(TandemError) -> TemplateStatement.Kind {
        switch word {
        case "if": return try condition()
        case "for": return try loop()
        case "set": return try assignment()
        case "macro":
            let name = try expectName()
            let parameters = try parameters()
            return .macro(
                TemplateMacro(name: name, parameters: parameters, body: try body("endmacro")))
        case "call":
            let parameters = current.kind == .symbol("(") ? try parameters() : []
            let call = try expression()
            return .call(
                TemplateMacro(name: "caller", parameters: parameters, body: try body("endcall")),
                call)
        case "filter":
            let filters = try filterChain()
            return .filterBlock(filters, try body("endfilter"))
        case "generation": return .block(try body("endgeneration"))
        case "break", "continue":
            try endTag()
            return word == "break" ? .exit : .next
        case "do":
            let value = try expression()
            try endTag()
            return .evaluate(value)
        default:
            throw TandemError(
                .unsupported, "chat template: the statement \"\(word)\" is not allowed", file: file,
                line: current.line, remedy: "templates cannot read files or reach the system")
        }
    }

    private mutating func condition() throws(TandemError) -> TemplateStatement.Kind {
        var branches: [(TemplateExpression, [TemplateStatement])] = []
        var word = "elif"
        while word == "elif" {
            let test = try expression()
            try endTag()
            let (statements, ending) = try block(until: ["elif", "else", "endif"])
            branches.append((test, statements))
            word = ending ?? "endif"
        }
        try endTag()
        if word == "endif" { return .condition(branches, otherwise: []) }
        let (otherwise, _) = try block(until: ["endif"])
        try endTag()
        return .condition(branches, otherwise: otherwise)
    }

    private mutating func loop() throws(TandemError) -> TemplateStatement.Kind {
        let targets = try targets()
        guard acceptName("in") else { throw error("\"in\" is expected, not \(described)") }
        var loop = TemplateLoop(
            targets: targets, items: try disjunction(), condition: nil, body: [], otherwise: [])
        if acceptName("if") { loop.condition = try expression() }
        _ = acceptName("recursive")
        try endTag()
        let (body, ending) = try block(until: ["else", "endfor"])
        loop.body = body
        try endTag()
        if ending == "else" {
            loop.otherwise = try block(until: ["endfor"]).0
            try endTag()
        }
        return .loop(loop)
    }

    private mutating func targets() throws(TandemError) -> [String] {
        let parenthesised = accept("(")
        var names = [try expectName()]
        while accept(",") { names.append(try expectName()) }
        if parenthesised { try expect(")") }
        return names
    }

    private mutating func assignment() throws(TandemError) -> TemplateStatement.Kind {
        let names = try targets()
        if names.count == 1, accept(".") {
            let attribute = try expectName()
            try expect("=")
            let value = try tuple()
            try endTag()
            return .setAttribute(names[0], attribute, value)
        }
        if accept("=") {
            let value = try tuple()
            try endTag()
            return .set(names, value)
        }
        let filters = accept("|") ? try filterChain() : []
        return .setBlock(names[0], filters, try body("endset"))
    }

    private mutating func filterChain() throws(TandemError) -> [(String, [TemplateArgument])] {
        var filters: [(String, [TemplateArgument])] = []
        repeat {
            let name = try expectName()
            filters.append((name, current.kind == .symbol("(") ? try arguments() : []))
        } while accept("|")
        return filters
    }

    private mutating func parameters() throws(TandemError)
        -> [(name: String, value: TemplateExpression?)]
    {
        var parameters: [(name: String, value: TemplateExpression?)] = []
        try expect("(")
        while !accept(")") {
            let name = try expectName()
            parameters.append((name, accept("=") ? try expression() : nil))
            if !accept(",") {
                try expect(")")
                break
            }
        }
        return parameters
    }
}
