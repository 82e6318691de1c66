import Basics

/// A JSON Schema (draft 2020-12), the part of it that answers are asked for in.
///
/// Known are `type`, `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`,
/// `minItems`, `maxItems`, `minLength`, `maxLength` (in code points), `pattern`, `minimum`, `maximum`,
/// `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `anyOf`, `oneOf`, `allOf`, `not`, `true`,
/// `false`, and what only describes (`format` too). Another keyword is refused: a check that is left out
/// would pass what it should not.
public struct JSONSchema: Sendable {
    /// `false` as a schema: nothing fits.
    var isNever = false
    var types: [String]?
    var choices: [JSON]?
    var properties: [(key: String, schema: JSONSchema)] = []
    var required: [String] = []
    /// Of what is not among the properties; empty: anything.
    var additional: [JSONSchema] = []
    /// Of an array's elements; empty: anything.
    var items: [JSONSchema] = []
    /// `minItems`, `maxItems`, `minLength` and the other limits, by their keyword.
    var limits: [String: Double] = [:]
    var pattern: Pattern?
    var anyOf: [JSONSchema]?
    var oneOf: [JSONSchema]?
    var allOf: [JSONSchema] = []
    var not: [JSONSchema] = []

    init() {}

    /// What keeps `json` from fitting, and where; nil where it fits.
    /// - Parameter path: where `json` stands in the whole, such as `$.scores[2]`.
    /// - Throws: `limit` where a pattern takes too long.
    public func problem(in json: JSON, path: String = "$") throws(TandemError) -> String? {
        if isNever { return "\(path) must not be there" }
        if let types, !types.contains(where: { Self.isType($0, json) }) {
            return "\(path) is \(json.kind), not \(types.joined(separator: " or "))"
        }
        if let choices, !choices.contains(where: { Self.isEqual($0, json) }) {
            return "\(path) is none of " + choices.map(\.text).joined(separator: ", ")
        }
        switch json {
        case .object(let object):
            if let problem = try problem(inObject: object, path) { return problem }
        case .array(let elements):
            if let problem = try problem(inArray: elements, path) { return problem }
        case .string(let text):
            if let problem = try problem(inString: text, path) { return problem }
        case .integer, .number:
            if let problem = problem(inNumber: json.double ?? 0, path) { return problem }
        case .null, .bool: break
        }
        return try combinedProblem(in: json, path)
    }

    private func combinedProblem(in json: JSON, _ path: String) throws(TandemError) -> String? {
        for schema in allOf {
            if let problem = try schema.problem(in: json, path: path) { return problem }
        }
        for schema in not where try schema.problem(in: json, path: path) == nil {
            return "\(path) fits what it must not"
        }
        for (schemas, isOne) in [(anyOf, false), (oneOf, true)] {
            guard let schemas else { continue }
            var fitting = 0
            for schema in schemas where try schema.problem(in: json, path: path) == nil {
                fitting += 1
            }
            if fitting == 0 { return "\(path) fits none of \(schemas.count) forms" }
            if isOne, fitting > 1 { return "\(path) fits \(fitting) forms, not one" }
        }
        return nil
    }

    private func problem(inObject object: JSONObject, _ path: String) throws(TandemError)
        -> String?
    {
        for key in required where object[key] == nil { return "\(path) has no \(key)" }
        for (key, value) in object.members {
            let known = properties.first { UTF8Key($0.key) == UTF8Key(key) }?.schema
            guard let schema = known ?? additional.first else { continue }
            if let problem = try schema.problem(in: value, path: path + "." + key) {
                return problem
            }
        }
        return nil
    }

    private func problem(inArray elements: [JSON], _ path: String) throws(TandemError) -> String? {
        if let problem = problem(elements.count, "Items", "elements", path) { return problem }
        guard let schema = items.first else { return nil }
        for (index, element) in elements.enumerated() {
            if let problem = try schema.problem(in: element, path: "\(path)[\(index)]") {
                return problem
            }
        }
        return nil
    }

    private func problem(inString text: String, _ path: String) throws(TandemError) -> String? {
        if let problem = problem(text.unicodeScalars.count, "Length", "characters", path) {
            return problem
        }
        guard let pattern, try pattern.firstMatch(in: text) == nil else { return nil }
        return "\(path) does not match \(pattern.source)"
    }

    private func problem(_ count: Int, _ limit: String, _ what: String, _ path: String) -> String? {
        if let least = limits["min" + limit], Double(count) < least {
            return "\(path) has \(count) \(what), fewer than \(JSON.number(least).text)"
        }
        if let most = limits["max" + limit], Double(count) > most {
            return "\(path) has \(count) \(what), more than \(JSON.number(most).text)"
        }
        return nil
    }

    private func problem(inNumber value: Double, _ path: String) -> String? {
        let isInside =
            value >= limits["minimum"] ?? -.infinity && value <= limits["maximum"] ?? .infinity
            && value > limits["exclusiveMinimum"] ?? -.infinity
            && value < limits["exclusiveMaximum"] ?? .infinity
        if !isInside { return "\(path) is outside its limits: \(JSON.number(value).text)" }
        if let step = limits["multipleOf"], (value / step).rounded() != value / step {
            return "\(path) is no multiple of \(JSON.number(step).text)"
        }
        return nil
    }
}
