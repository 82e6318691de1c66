import Basics

/// Values for modules by the end of their names (`rank_pattern`, `alpha_pattern`).
///
/// PEFT takes the keys as regular expressions for the end of a module's name. Plain names are
/// understood here; anything else is refused rather than guessed at.
struct ModulePattern<Value: Sendable>: Sendable {
    private let values: [(suffix: String, value: Value)]

    init(
        _ fields: FieldReader, _ key: String,
        _ read: (FieldReader, String) throws(TandemError) -> Value
    ) throws(TandemError) {
        guard let found = fields.value(key) else {
            values = []
            return
        }
        guard let object = found.object else { throw fields.wrong(key, "an object", found) }
        let nested = FieldReader(object, file: fields.file, prefix: key + ".")
        var values: [(suffix: String, value: Value)] = []
        for suffix in object.keys {
            guard !suffix.isEmpty, suffix.utf8.allSatisfy(Self.isPlain) else {
                throw fields.unsupported(
                    key, "given for \"\(suffix.prefix(60))\", which is not a plain module name")
            }
            values.append((suffix, try read(nested, suffix)))
        }
        self.values = values
    }

    /// The value of the first key that `module` ends with.
    func value(for module: String) -> Value? {
        values.first { ModuleName.matches(module, suffix: $0.suffix) }?.value
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

/// Names of modules, with dots between their parts.
enum ModuleName {
    /// Whether `module` is `suffix` or ends with it after a dot.
    static func matches(_ module: String, suffix: String) -> Bool {
        let (module, suffix) = (module.utf8, suffix.utf8)
        guard module.count >= suffix.count, module.suffix(suffix.count).elementsEqual(suffix) else {
            return false
        }
        return module.count == suffix.count
            || module.dropLast(suffix.count).last == UInt8(ascii: ".")
    }
}
