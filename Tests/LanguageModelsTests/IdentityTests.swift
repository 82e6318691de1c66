import Basics
import LanguageModels
import TestSupport
import Testing

/// Two answers have a fingerprint in common only where everything but prompt and settings was the same.
struct IdentityTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try TinyLlama(seed: 1).writeFolder(to: folder("a"), .bf16)
        try TinyAdapter(for: TinyLlama(seed: 1)).write(to: folder("lora"))
    }

    private func identity(_ adapter: String? = nil, _ quantization: Quantization? = nil) throws
        -> VariantIdentity
    {
        let pool = try ModelPool(threads: 1)
        _ = try pool.load(
            path: folder("a"), name: "v", adapterPath: adapter.map { folder($0) },
            quantization: quantization)
        return try pool.identity(of: "v")
    }

    private static let kinds: [Numerics] = [
        .exact, Numerics(.fast), Numerics(.exact, cache: .f16), Numerics(.fast, cache: .f16),
    ]

    @Test func everythingThatChangesAnswersChangesTheFingerprint() throws {
        var prints: [String] = []
        for identity in [
            try identity(), try identity(nil, .q8_0), try identity(nil, .q4_0),
            try identity("lora"), try identity("lora", .q8_0),
        ] {
            prints += Self.kinds.map(identity.fingerprint)
        }
        // The same adapter with another α; another vocabulary; another template; other weights.
        let adapter = TinyAdapter(for: TinyLlama(seed: 1), alpha: 9)
        try adapter.write(to: folder("lora"))
        prints.append(try identity("lora").fingerprint(.exact))
        let vocabulary = try TestFile.bytes(of: folder("a/tokenizer.json"))
        try TestFile.write(vocabulary + [0x0A], to: folder("a/tokenizer.json"))
        prints.append(try identity().fingerprint(.exact))
        try TestFile.write("{{ messages[0].content }}", to: folder("a/chat_template.jinja"))
        prints.append(try identity().fingerprint(.exact))
        try TinyLlama(seed: 2).writeFolder(to: folder("a"), .bf16)
        prints.append(try identity().fingerprint(.exact))
        #expect(prints.count == 24 && Set(prints).count == 24)
    }

    @Test func theSameVariantHasTheSameFingerprint() throws {
        #expect(
            try identity("lora", .q8_0).fingerprint(.exact)
                == identity("lora", .q8_0).fingerprint(.exact))
    }

    /// The digest of the weights is that of the files, whatever is made of them.
    @Test func theDigestIsTheFiles() throws {
        let weights = SHA256.hex(try TestFile.bytes(of: folder("a/model.safetensors")))
        let adapter = SHA256.hex(
            try TestFile.bytes(of: folder("lora/adapter_model.safetensors")))
        #expect(try identity().sha256 == weights && identity(nil, .q4_0).sha256 == weights)
        #expect(try identity("lora").sha256 == weights + "+" + adapter)
    }
}
