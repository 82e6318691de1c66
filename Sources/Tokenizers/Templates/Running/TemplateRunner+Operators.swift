import Basics
import Glibc

extension TemplateRunner {
    func arithmetic(_ symbol: String, _ left: TemplateValue, _ right: TemplateValue)
        throws(TandemError) -> TemplateValue
    {
        if symbol == "~" { return .string(try joined(left.printed, right.printed)) }
        switch (symbol, left, right) {
        case ("+", .string(let one), .string(let other)):
            return .string(try joined(one, other))
        case ("+", .list(let one), .list(let other)):
            try budget.make(one.items.count + other.items.count)
            return .list(TemplateList(one.items + other.items))
        case ("*", .string(let text), _):
            guard let count = right.index else { break }
            let (size, overflow) = text.text.utf8.count.multipliedReportingOverflow(
                by: max(0, count))
            try budget.make(overflow ? .max : size)
            return .string(
                (0..<max(0, count)).reduce(into: PromptText()) { sum, _ in sum.append(text) })
        case ("%", .string(let format), _): return try formatted(format, right)
        default: break
        }
        if let one = left.index, let other = right.index {
            return try integers(symbol, one, other)
        }
        guard let one = left.double, let other = right.double else {
            throw error("\(symbol) does not take \(left.kind) and \(right.kind)")
        }
        switch symbol {
        case "+": return .number(one + other)
        case "-": return .number(one - other)
        case "*": return .number(one * other)
        case "**": return .number(pow(one, other))
        default: break
        }
        if other == 0 { throw error("division by zero") }
        switch symbol {
        case "/": return .number(one / other)
        case "//": return .number(floor(one / other))
        default: return .number(one - floor(one / other) * other)
        }
    }

    private func joined(_ left: PromptText, _ right: PromptText) throws(TandemError)
        -> PromptText
    {
        try budget.make(left.text.utf8.count + right.text.utf8.count)
        return left + right
    }

    private func integers(_ symbol: String, _ left: Int, _ right: Int) throws(TandemError)
        -> TemplateValue
    {
        var result: (partialValue: Int, overflow: Bool)
        switch symbol {
        case "+": result = left.addingReportingOverflow(right)
        case "-": result = left.subtractingReportingOverflow(right)
        case "*": result = left.multipliedReportingOverflow(by: right)
        case "**":
            if right < 0 { return .number(pow(Double(left), Double(right))) }
            result = (1, false)
            for _ in 0..<min(right, 64) where !result.overflow {
                result = result.partialValue.multipliedReportingOverflow(by: left)
            }
            if right > 64, left != 0, left != 1 { result.overflow = true }
        default:
            if right == 0 { throw error("division by zero") }
            if symbol == "/" { return .number(Double(left) / Double(right)) }
            let quotient = left.dividedReportingOverflow(by: right)
            let remainder = left.remainderReportingOverflow(dividingBy: right)
            let isInexact = remainder.partialValue != 0 && (left < 0) != (right < 0)
            if symbol == "//" {
                result = (quotient.partialValue - (isInexact ? 1 : 0), quotient.overflow)
            } else {
                result = (remainder.partialValue + (isInexact ? right : 0), remainder.overflow)
            }
        }
        if result.overflow { throw error("a number is too large") }
        return .integer(result.partialValue)
    }

    /// Python's `%` on strings, for `%s` and `%d`.
    private func formatted(_ format: PromptText, _ value: TemplateValue) throws(TandemError)
        -> TemplateValue
    {
        var values: [TemplateValue] = [value]
        if case .list(let list) = value { values = list.items }
        var result = PromptText()
        let parts = format.split("%")
        var index = 1
        result = result + (parts.first ?? PromptText())
        while index < parts.count {
            let part = PromptText.Scalars(parts[index])
            index += 1
            if part.scalars.isEmpty, index < parts.count {
                result = result + PromptText("%", isTrusted: true) + parts[index]
                index += 1
                continue
            }
            guard part.scalars.first == "s" || part.scalars.first == "d", !values.isEmpty else {
                throw error("the format \"\(format.text)\" does not fit")
            }
            result =
                result + values.removeFirst().printed
                + part.text(1..<part.scalars.count)
        }
        try budget.make(result.text.utf8.count)
        return .string(result)
    }

    func compare(_ first: TemplateExpression, _ rest: [(String, TemplateExpression)])
        throws(TandemError) -> Bool
    {
        var left = try evaluate(first)
        for (symbol, expression) in rest {
            let right = try evaluate(expression)
            let holds: Bool
            switch symbol {
            case "==": holds = TemplateValue.isEqual(left, right)
            case "!=": holds = !TemplateValue.isEqual(left, right)
            case "in": holds = try contains(right, left)
            case "not in": holds = !(try contains(right, left))
            case "<": holds = try isLess(left, right)
            case ">": holds = try isLess(right, left)
            case "<=": holds = !(try isLess(right, left))
            default: holds = !(try isLess(left, right))
            }
            if !holds { return false }
            left = right
        }
        return true
    }

    func isLess(_ left: TemplateValue, _ right: TemplateValue) throws(TandemError) -> Bool {
        if let one = left.double, let other = right.double { return one < other }
        if let one = left.text, let other = right.text {
            return one.unicodeScalars.lexicographicallyPrecedes(other.unicodeScalars)
        }
        throw error("\(left.kind) and \(right.kind) cannot be ordered")
    }

    func contains(_ container: TemplateValue, _ value: TemplateValue) throws(TandemError)
        -> Bool
    {
        switch container {
        case .list(let list): return list.items.contains { TemplateValue.isEqual($0, value) }
        case .dictionary(let dictionary):
            return value.text.map { dictionary[$0] != nil } ?? false
        case .string(let text):
            guard let wanted = value.text else {
                throw error("\"in\" on a string takes a string, not \(value.kind)")
            }
            if wanted.isEmpty { return true }
            return PromptText.Scalars(text).find(Array(wanted.unicodeScalars), from: 0) != nil
        case .undefined: return false
        default: throw error("\(container.kind) has no elements to look in")
        }
    }
}
