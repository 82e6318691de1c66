/// An expression of a template.
indirect enum TemplateExpression: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case name(String)
    case list([TemplateExpression])
    case dictionary([(TemplateExpression, TemplateExpression)])
    case attribute(TemplateExpression, String)
    case element(TemplateExpression, TemplateExpression)
    case slice(
        TemplateExpression, TemplateExpression?, TemplateExpression?, TemplateExpression?)
    case call(TemplateExpression, [TemplateArgument])
    case filter(TemplateExpression, String, [TemplateArgument])
    case test(TemplateExpression, String, [TemplateArgument])
    case not(TemplateExpression)
    case negative(TemplateExpression)
    case and(TemplateExpression, TemplateExpression)
    case or(TemplateExpression, TemplateExpression)
    /// `+ - * / // % ** ~`
    case arithmetic(String, TemplateExpression, TemplateExpression)
    /// A chain such as `a < b <= c`; operators include `in` and `not in`.
    case comparison(TemplateExpression, [(String, TemplateExpression)])
    case conditional(TemplateExpression, TemplateExpression, TemplateExpression?)
}

struct TemplateArgument: Sendable {
    var name: String?
    var value: TemplateExpression
}

/// A statement of a template, and the line it stands on.
struct TemplateStatement: Sendable {
    indirect enum Kind: Sendable {
        case text(String)
        case output(TemplateExpression)
        case condition([(TemplateExpression, [TemplateStatement])], otherwise: [TemplateStatement])
        case loop(TemplateLoop)
        case set([String], TemplateExpression)
        case setAttribute(String, String, TemplateExpression)
        case setBlock(String, [(String, [TemplateArgument])], [TemplateStatement])
        case macro(TemplateMacro)
        case call(TemplateMacro, TemplateExpression)
        case filterBlock([(String, [TemplateArgument])], [TemplateStatement])
        case evaluate(TemplateExpression)
        case block([TemplateStatement])
        case exit, next
    }

    let kind: Kind
    let line: Int
}

struct TemplateLoop: Sendable {
    var targets: [String]
    var items: TemplateExpression
    var condition: TemplateExpression?
    var body: [TemplateStatement]
    var otherwise: [TemplateStatement]
}

struct TemplateMacro: Sendable {
    var name: String
    var parameters: [(name: String, value: TemplateExpression?)]
    var body: [TemplateStatement]
}
