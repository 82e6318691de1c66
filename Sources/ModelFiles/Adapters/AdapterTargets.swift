import Basics

/// Which modules an adapter says that it changes.
struct AdapterTargets: Sendable {
    private enum Modules: Sendable {
        /// Every linear module but the output matrix.
        case allLinear
        case named([String])
        /// A regular expression, which is not evaluated: the file's tensors say what it matched.
        case pattern
    }

    private let modules: Modules
    private let excluded: [String]
    /// Nil: all layers.
    private let layers: Set<Int>?
    private let file: String

    init(_ fields: FieldReader) throws(TandemError) {
        file = fields.file
        var modules = try Self.modules(fields)
        excluded = try Self.excluded(fields)
        if case .string = fields.value("exclude_modules") { modules = .pattern }
        self.modules = modules
        layers = try Self.layers(fields)
    }

    private static func modules(_ fields: FieldReader) throws(TandemError) -> Modules {
        guard let value = fields.value("target_modules") else {
            throw fields.missing("target_modules")
        }
        if let text = value.string {
            return UTF8Key(text) == UTF8Key("all-linear") ? .allLinear : .pattern
        }
        let names = try strings("target_modules", fields)
        guard !names.isEmpty else {
            throw TandemError(.malformed, "target_modules is empty", file: fields.file)
        }
        return .named(names)
    }

    private static func excluded(_ fields: FieldReader) throws(TandemError) -> [String] {
        guard let value = fields.value("exclude_modules"), value.string == nil else { return [] }
        return try strings("exclude_modules", fields)
    }

    private static func strings(_ key: String, _ fields: FieldReader) throws(TandemError)
        -> [String]
    {
        guard let value = fields.value(key), let elements = value.array else {
            throw fields.wrong(key, "a list of module names", fields.value(key) ?? .null)
        }
        var strings: [String] = []
        for element in elements {
            guard let string = element.string, !string.isEmpty else {
                throw fields.wrong(key, "a list of module names", element)
            }
            strings.append(string)
        }
        return strings
    }

    private static func layers(_ fields: FieldReader) throws(TandemError) -> Set<Int>? {
        guard let value = fields.value("layers_to_transform") else { return nil }
        var layers: Set<Int> = []
        for element in value.array ?? [value] {
            guard let layer = element.integer, (0..<LlamaLimits.layers.upperBound).contains(layer)
            else {
                throw fields.wrong("layers_to_transform", "a layer or a list of layers", element)
            }
            layers.insert(layer)
        }
        return layers.isEmpty ? nil : layers
    }

    /// The matrices of a model of `configuration` that must have a pair and the only ones that may;
    /// nil where only the file's tensors can tell.
    /// - Throws: `mismatch`, naming a target or layer that the model does not have.
    func matrices(in configuration: LlamaConfiguration) throws(TandemError) -> Set<LlamaTensor>? {
        if let layer = layers?.max(), layer >= configuration.layerCount {
            throw TandemError(
                .mismatch,
                "layers_to_transform names layer \(layer), but the base has "
                    + "\(configuration.layerCount) layers",
                file: file, remedy: "the adapter belongs to another base")
        }
        let linear =
            [.output]
            + (0..<configuration.layerCount).flatMap(LlamaTensor.layer).filter(\.isLinear)
        let selected: [LlamaTensor]
        switch modules {
        case .pattern: return nil
        case .allLinear: selected = linear.filter { $0 != .output }
        case .named(let names):
            for name in names
            where !linear.contains(where: { ModuleName.matches($0.hfModule, suffix: name) }) {
                throw TandemError(
                    .mismatch,
                    "target_modules names \(name.prefix(120)), which is not a matrix of this base "
                        + "that Tandem adapts",
                    file: file, remedy: "the adapter belongs to another kind of model")
            }
            selected = linear.filter { matrix in
                names.contains { ModuleName.matches(matrix.hfModule, suffix: $0) }
            }
        }
        return Set(
            selected.filter { matrix in
                !excluded.contains { ModuleName.matches(matrix.hfModule, suffix: $0) }
                    && matrix.layer.map { layers?.contains($0) ?? true } ?? (layers == nil)
            })
    }
}
