import Basics

extension TemplateRunner {
    func test(_ value: TemplateValue, _ name: String, _ call: TemplateCall) throws(TandemError)
        -> Bool
    {
        let other = call.positional.first ?? .none
        switch name {
        case "defined": if case .undefined = value { return false } else { return true }
        case "undefined": if case .undefined = value { return true } else { return false }
        case "none": if case .none = value { return true } else { return false }
        case "string": if case .string = value { return true } else { return false }
        case "boolean": if case .bool = value { return true } else { return false }
        case "true": if case .bool(true) = value { return true } else { return false }
        case "false": if case .bool(false) = value { return true } else { return false }
        case "integer": if case .integer = value { return true } else { return false }
        case "float": if case .number = value { return true } else { return false }
        case "number":
            if case .bool = value { return true }
            return value.double != nil
        case "mapping":
            if case .dictionary(let dictionary) = value { return !dictionary.isNamespace }
            return false
        case "iterable", "sequence":
            switch value {
            case .string, .list, .dictionary, .undefined: return true
            default: return false
            }
        case "callable": if case .function = value { return true } else { return false }
        case "odd", "even", "divisibleby":
            guard let index = value.index else { throw error("\(name) takes an integer") }
            let divisor = name == "divisibleby" ? other.index ?? 0 : 2
            if divisor == 0 { throw error("division by zero") }
            return (index % divisor == 0) != (name == "odd")
        case "equalto", "eq", "==", "sameas": return TemplateValue.isEqual(value, other)
        case "ne", "!=": return !TemplateValue.isEqual(value, other)
        case "lt", "lessthan": return try isLess(value, other)
        case "gt", "greaterthan": return try isLess(other, value)
        case "le": return !(try isLess(other, value))
        case "ge": return !(try isLess(value, other))
        case "in": return try contains(other, value)
        case "lower": return value.text.map { $0 == $0.lowercased() } ?? false
        case "upper": return value.text.map { $0 == $0.uppercased() } ?? false
        default:
            throw TandemError(
                .unsupported, "chat template: the test \"\(name)\" is not known", file: file)
        }
    }
}
