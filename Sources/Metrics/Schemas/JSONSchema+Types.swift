import Basics

extension JSONSchema {
    static let typeNames = ["null", "boolean", "object", "array", "number", "string", "integer"]

    /// Whether `json` has the type of that name; 1.0 is an integer too.
    static func isType(_ name: String, _ json: JSON) -> Bool {
        switch json {
        case .null: name == "null"
        case .bool: name == "boolean"
        case .object: name == "object"
        case .array: name == "array"
        case .string: name == "string"
        case .integer: name == "integer" || name == "number"
        case .number(let value): name == "number" || (name == "integer" && value == value.rounded())
        }
    }

    /// Equality of JSON values: numbers by their value, objects whatever the order of their members.
    static func isEqual(_ first: JSON, _ second: JSON) -> Bool {
        if let first = first.double, let second = second.double { return first == second }
        switch (first, second) {
        case (.array(let first), .array(let second)):
            return first.count == second.count && zip(first, second).allSatisfy(isEqual)
        case (.object(let first), .object(let second)):
            return first.count == second.count
                && first.members.allSatisfy { member in
                    second[member.key].map { isEqual(member.value, $0) } ?? false
                }
        case (.string(let first), .string(let second)): return UTF8Key(first) == UTF8Key(second)
        default: return first == second
        }
    }
}
