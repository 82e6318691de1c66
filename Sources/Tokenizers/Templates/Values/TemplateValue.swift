import Basics

/// A value while a template runs. Strings remember which of their parts are trusted.
enum TemplateValue {
    /// The name that was not found.
    case undefined(String)
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(PromptText)
    case list(TemplateList)
    case dictionary(TemplateDictionary)
    case function(String, TemplateFunction)

    static func trusted(_ text: String) -> TemplateValue {
        .string(PromptText(text, isTrusted: true))
    }

    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .integer(let value): value != 0
        case .number(let value): value != 0
        case .string(let value): !value.parts.isEmpty
        case .list(let value): !value.items.isEmpty
        case .dictionary(let value): value.isNamespace || !value.entries.isEmpty
        case .function: true
        }
    }

    /// The integer of a whole number or a boolean.
    var index: Int? {
        switch self {
        case .integer(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .bool(let value): value ? 1 : 0
        case .number(let value): value
        default: nil
        }
    }

    var text: String? { if case .string(let value) = self { value.text } else { nil } }

    var kind: String {
        switch self {
        case .undefined(let name): "undefined (\(name))"
        case .none: "none"
        case .bool: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .list: "a list"
        case .dictionary: "a mapping"
        case .function: "a function"
        }
    }
}

/// A list, shared by all who hold it, as in Python.
final class TemplateList {
    var items: [TemplateValue]
    init(_ items: [TemplateValue]) { self.items = items }
}

/// A mapping in the order of its keys, shared by all who hold it; or a namespace.
final class TemplateDictionary {
    var entries: [(key: String, value: TemplateValue)] = []
    let isNamespace: Bool

    init(isNamespace: Bool = false) { self.isNamespace = isNamespace }

    subscript(key: String) -> TemplateValue? {
        get { entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }
        set {
            let index = entries.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
            guard let newValue else {
                if let index { entries.remove(at: index) }
                return
            }
            if let index {
                entries[index].value = newValue
            } else {
                entries.append((key, newValue))
            }
        }
    }
}

/// What can be called.
struct TemplateFunction {
    let call: (TemplateCall) throws(TandemError) -> TemplateValue
}

/// The evaluated arguments of a call.
struct TemplateCall {
    var positional: [TemplateValue] = []
    var named: [(name: String, value: TemplateValue)] = []

    /// The argument at `index`, or the one called `name`.
    func argument(_ index: Int, _ name: String) -> TemplateValue? {
        positional.indices.contains(index)
            ? positional[index] : named.first { $0.name == name }?.value
    }
}

extension TemplateValue {
    init(_ json: JSON, isTrusted: Bool) {
        switch json {
        case .null: self = .none
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .string(let value): self = .string(PromptText(value, isTrusted: isTrusted))
        case .array(let items):
            self = .list(TemplateList(items.map { TemplateValue($0, isTrusted: isTrusted) }))
        case .object(let object):
            let dictionary = TemplateDictionary()
            dictionary.entries = object.members.map {
                ($0.key, TemplateValue($0.value, isTrusted: isTrusted))
            }
            self = .dictionary(dictionary)
        }
    }

    static func isEqual(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.string(let one), .string(let other)):
            return one.text.utf8.elementsEqual(other.text.utf8)
        case (.list(let one), .list(let other)):
            return one.items.count == other.items.count
                && zip(one.items, other.items).allSatisfy { isEqual($0, $1) }
        case (.dictionary(let one), .dictionary(let other)):
            return one.entries.count == other.entries.count
                && one.entries.allSatisfy { entry in
                    other[entry.key].map { isEqual(entry.value, $0) } ?? false
                }
        default:
            guard let one = left.double, let other = right.double else { return false }
            return one == other
        }
    }
}
