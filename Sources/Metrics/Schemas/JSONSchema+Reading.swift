import Basics

extension JSONSchema {
    private static let descriptions: Set<String> = [
        "$schema", "$id", "$comment", "title", "description", "default", "examples", "format",
    ]
    private static let counts: Set<String> = ["minItems", "maxItems", "minLength", "maxLength"]
    private static let bounds: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    ]

    /// - Throws: `unsupported` for a keyword that is not checked, `malformed` for a value that does not
    ///   fit its keyword; both name its place.
    public init(_ json: JSON, file: String? = nil) throws(TandemError) {
        try self.init(json, "$", file)
    }

    /// Reads a schema file.
    public init(path: String) throws(TandemError) {
        let file = try MappedFile(path: path)
        defer { withExtendedLifetime(file) {} }
        try self.init(try JSON.parse(file.bytes, file: path), file: path)
    }

    private init(_ json: JSON, _ path: String, _ file: String?) throws(TandemError) {
        self.init()
        if let isAny = json.bool {
            isNever = !isAny
            return
        }
        guard let object = json.object else {
            throw TandemError(.malformed, "\(path) of the schema is \(json.kind)", file: file)
        }
        for (key, value) in object.members where !Self.descriptions.contains(key) {
            let reader = KeywordReader(key: key, value: value, path: path, file: file)
            if Self.counts.contains(key) || Self.bounds.contains(key) {
                limits[key] = try reader.limit(isCount: Self.counts.contains(key))
            } else {
                try read(reader)
            }
        }
    }

    private mutating func read(_ reader: KeywordReader) throws(TandemError) {
        switch reader.key {
        case "type":
            let names = try reader.strings(orOne: true)
            for name in names where !Self.typeNames.contains(name) { throw reader.wrong }
            types = names
        case "enum": choices = try reader.list()
        case "const": choices = [reader.value]
        case "required": required = try reader.strings(orOne: false)
        case "pattern":
            guard let source = reader.value.string else { throw reader.wrong }
            pattern = try Pattern(source, file: reader.file)
        case "properties":
            guard let members = reader.value.object?.members else { throw reader.wrong }
            for (name, value) in members {
                let place = "\(reader.path).properties.\(name)"
                properties.append((name, try JSONSchema(value, place, reader.file)))
            }
        case "additionalProperties": additional = [try reader.schema()]
        case "items": items = [try reader.schema()]
        case "not": not = [try reader.schema()]
        case "anyOf": anyOf = try reader.schemas()
        case "oneOf": oneOf = try reader.schemas()
        case "allOf": allOf = try reader.schemas()
        default:
            throw TandemError(
                .unsupported, "\(reader.place) of the schema is not checked by Tandem",
                file: reader.file, remedy: "take it out, or say the same with other keywords")
        }
    }

    /// One keyword of a schema.
    private struct KeywordReader {
        let key: String
        let value: JSON
        let path: String
        let file: String?

        var place: String { path + "." + key }

        var wrong: TandemError {
            TandemError(
                .malformed, "\(place) of the schema cannot be \(value.kind), or not this one",
                file: file)
        }

        func limit(isCount: Bool) throws(TandemError) -> Double {
            guard let limit = value.double, key != "multipleOf" || limit > 0,
                !isCount || (limit >= 0 && limit == limit.rounded())
            else { throw wrong }
            return limit
        }

        func list() throws(TandemError) -> [JSON] {
            guard let list = value.array, !list.isEmpty else { throw wrong }
            return list
        }

        func strings(orOne: Bool) throws(TandemError) -> [String] {
            if orOne, let one = value.string { return [one] }
            guard let list = value.array else { throw wrong }
            let strings = list.compactMap(\.string)
            if strings.count < list.count { throw wrong }
            return strings
        }

        func schema() throws(TandemError) -> JSONSchema { try JSONSchema(value, place, file) }

        func schemas() throws(TandemError) -> [JSONSchema] {
            var schemas: [JSONSchema] = []
            for (index, value) in try list().enumerated() {
                schemas.append(try JSONSchema(value, "\(place)[\(index)]", file))
            }
            return schemas
        }
    }
}
