import Basics
import LanguageModels

/// The JSON events of variants.
enum VariantEvents {
    /// - Parameters:
    ///   - sha256: of the weights; nil of a remote variant, and where it is not asked for.
    ///   - showsTiming: times are null without.
    static func loaded(
        _ variant: VariantInformation, sha256: String?, showsTiming: Bool
    ) -> JSON {
        [
            "event": "loaded", "variant": .string(variant.name),
            "model": .string(HomePath.shortened(variant.modelPath)),
            "adapter": variant.adapterPath.map { .string(HomePath.shortened($0)) } ?? nil,
            "type": .string(variant.typeLabel), "architecture": .string(variant.architecture),
            "bytes": variant.remote == nil
                ? .integer(variant.byteCount + variant.adapterByteCount) : nil,
            "memory_bytes": variant.remote == nil
                ? .integer(variant.memoryByteCount + variant.adapterMemoryByteCount) : nil,
            "sha256": variant.remote == nil ? sha256.map { .string($0) } ?? nil : nil,
            "seconds": showsTiming ? .number(variant.loadSeconds) : nil,
            "capabilities": capabilities(variant),
        ]
    }

    /// The event with what tells whether the files are still the same.
    static func record(
        _ variant: VariantInformation, _ identity: VariantIdentity, quantization: String?
    ) -> JSON {
        let numerics: Numerics? = variant.remote == nil ? .exact : nil
        return loaded(variant, sha256: identity.knownSHA256, showsTiming: true).record.merging([
            "quantization": quantization.map { .string($0) } ?? nil,
            "files": files(identity),
            "configuration": .string(identity.configurationDigest),
            "fingerprint": identity.knownFingerprint(numerics).map { .string($0) } ?? nil,
        ])
    }

    /// Sizes and times of the last change (nanoseconds since 1970) of the weights' files.
    static func files(_ identity: VariantIdentity) -> JSON {
        .array(
            identity.files.map {
                ["bytes": .integer(Int($0.byteCount)), "modified": .integer(Int($0.modified))]
            })
    }

    static func model(_ row: ModelRow, showsTiming: Bool) -> JSON {
        let (variant, memory) = (row.variant, row.memory)
        let isLocal = variant.remote == nil
        return [
            "event": "model", "variant": .string(variant.name),
            "in_lineup": .bool(row.isInLineup),
            "model": .string(HomePath.shortened(variant.modelPath)),
            "adapter": variant.adapterPath.map { .string(HomePath.shortened($0)) } ?? nil,
            "type": .string(variant.typeLabel), "architecture": .string(variant.architecture),
            "numerics": isLocal ? .string(row.numerics.label) : nil,
            "fingerprint": .string(row.identity.fingerprint(isLocal ? row.numerics : nil)),
            "parameters": isLocal ? .integer(variant.parameterCount) : nil,
            "context": isLocal ? .integer(variant.contextLength) : nil,
            "own_bytes": .integer(memory.ownByteCount),
            "shared_bytes": .integer(memory.sharedByteCount),
            "shared_with": .array(memory.sharedWith.map { .string($0) }),
            "state": .string(memory.state.rawValue),
            "seconds_since_use": showsTiming
                ? memory.secondsSinceUse.map { .number($0) } ?? nil : nil,
            "capabilities": capabilities(variant),
        ]
    }

    /// Of a remote variant: true, or the reason why the server does not do it.
    private static func capabilities(_ variant: VariantInformation) -> JSON {
        guard let remote = variant.remote else { return nil }
        var object = JSONObject()
        for (name, finding) in remote.capabilities.findings {
            object[name] = finding.reason.map { .string($0) } ?? true
        }
        return .object(object)
    }
}
