import Basics

/// Reads the fields of a model's or an adapter's description, each against its type and range.
///
/// GGUF metadata and JSON files look the same from here; null counts as absent.
struct FieldReader {
    let file: String
    /// What stands before a key in messages.
    private let prefix: String
    private let lookUp: (String) -> JSON?

    init(_ object: JSONObject, file: String, prefix: String = "") {
        self.file = file
        self.prefix = prefix
        lookUp = { object[$0] }
    }

    init(_ metadata: GGUFMetadata) {
        file = metadata.path
        prefix = ""
        lookUp = { metadata[$0]?.json }
    }

    func value(_ key: String) -> JSON? {
        switch lookUp(key) {
        case nil, .null: nil
        case let value: value
        }
    }

    func has(_ key: String) -> Bool { value(key) != nil }

    /// An integer in `range`; `fallback` where the key is absent.
    func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil)
        throws(TandemError) -> Int
    {
        guard let value = value(key) else {
            if let fallback { return fallback }
            throw missing(key)
        }
        guard let integer = value.integer else { throw wrong(key, "an integer", value) }
        guard range.contains(integer) else {
            throw TandemError(
                .malformed,
                "\(prefix)\(key) is \(integer); from \(range.lowerBound) to \(range.upperBound) is possible",
                file: file)
        }
        return integer
    }

    /// A finite number that is greater than 0, also once rounded to f32; `fallback` where the key is
    /// absent.
    func positive(_ key: String, default fallback: Double? = nil) throws(TandemError) -> Double {
        guard let value = value(key) else {
            if let fallback { return fallback }
            throw missing(key)
        }
        guard let number = value.double else { throw wrong(key, "a number", value) }
        guard Float(number).isFinite, Float(number) > 0 else {
            throw TandemError(
                .malformed, "\(prefix)\(key) is \(number); it must be finite and greater than 0",
                file: file)
        }
        return number
    }

    func positiveFloat(_ key: String, default fallback: Double? = nil) throws(TandemError) -> Float
    {
        Float(try positive(key, default: fallback))
    }

    func bool(_ key: String, default fallback: Bool) throws(TandemError) -> Bool {
        guard let value = value(key) else { return fallback }
        guard let bool = value.bool else { throw wrong(key, "true or false", value) }
        return bool
    }

    func string(_ key: String) throws(TandemError) -> String? {
        guard let value = value(key) else { return nil }
        guard let string = value.string else { throw wrong(key, "a string", value) }
        return string
    }

    func missing(_ key: String) -> TandemError {
        TandemError(.malformed, "\(prefix)\(key) is missing", file: file)
    }

    func unsupported(_ key: String, _ found: String, remedy: String? = nil) -> TandemError {
        TandemError(
            .unsupported, "\(prefix)\(key) is \(found), which Tandem does not support", file: file,
            remedy: remedy)
    }

    func wrong(_ key: String, _ expected: String, _ found: JSON) -> TandemError {
        TandemError(
            .malformed, "\(prefix)\(key) must be \(expected), found \(found.kind)", file: file)
    }
}

extension GGUFValue {
    /// The same value as JSON; an array without its elements.
    fileprivate var json: JSON {
        switch self {
        case .unsigned(let value): Int(exactly: value).map(JSON.integer) ?? .number(Double(value))
        case .signed(let value): .integer(Int(value))
        case .float(let value): .number(value)
        case .bool(let value): .bool(value)
        case .string(let value): .string(value)
        case .array: .array([])
        }
    }
}
