import Basics

/// As journals keep them, so that the rest of a script can be read again.
extension Variables {
    public var json: JSON {
        var named = JSONObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) { named[name] = .string(value) }
        return [
            "values": .object(named), "given": .array(given.sorted().map { .string($0) }),
            "arguments": arguments.map { .array($0.map { .string($0) }) } ?? nil,
        ]
    }

    /// What is missing in it has no value.
    public init(_ json: JSON) {
        self.init(arguments: json["arguments"]?.array?.compactMap(\.string))
        let given = Set((json["given"]?.array ?? []).compactMap(\.string))
        for (name, value) in json["values"]?.object?.members ?? [] {
            guard let value = value.string else { continue }
            if given.contains(name) { give(name, value) } else { define(name, value) }
        }
    }
}
