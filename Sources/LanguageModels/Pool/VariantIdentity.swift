import Basics

/// Which variant it is: all that its answers depend on beside prompts and settings.
///
/// It outlives the variant, and holds nothing of it in memory. Used from one thread.
public final class VariantIdentity {
    private let parts: [String]
    private let digests: () -> [String]
    /// ``sha256`` where it was asked for before; nil where it was not.
    public private(set) var knownSHA256: String?

    /// The weight files as they were opened, then the adapter's; none of a remote variant.
    public let files: [FileIdentity]

    /// - Parameters:
    ///   - parts: what the answers depend on beside the weights: the digests of configuration,
    ///     vocabulary and template where these are files of their own, and the rounding.
    ///   - files: of the weights.
    ///   - digests: of these files, when they are asked for.
    init(parts: [String], files: [FileIdentity], digests: @escaping () -> [String]) {
        self.parts = parts
        self.files = files
        self.digests = digests
        if files.isEmpty { knownSHA256 = "" }
    }

    /// The SHA-256 of the weight files, joined with the adapter's by `+`, in hexadecimal.
    /// - Complexity: O(bytes) the first time.
    public var sha256: String {
        if let knownSHA256 { return knownSHA256 }
        let digest = digests().joined(separator: "+")
        knownSHA256 = digest
        return digest
    }

    /// The digests of what the variant consists of; nil for what it has not.
    public struct Components: Sendable, Equatable {
        public var model: String?
        public var adapter: String?
        public var tokenizer: String?
        public var template: String?
    }

    /// Of the tokenizer and the chat template, when they are asked for.
    var partDigests: () -> (tokenizer: String?, template: String?) = { (nil, nil) }

    /// - Complexity: O(bytes of the weights) the first time.
    public private(set) lazy var components: Components = {
        let weights = sha256.split(separator: "+").map(String.init)
        let parts = partDigests()
        return Components(
            model: weights.first, adapter: weights.dropFirst().first,
            tokenizer: parts.tokenizer, template: parts.template)
    }()

    /// The digest of all that answers depend on beside the weights.
    public var configurationDigest: String { SHA256.hex(parts.joined(separator: "\n")) }

    /// The fingerprint where it costs no reading of the weights.
    public func knownFingerprint(_ numerics: Numerics?) -> String? {
        knownSHA256 == nil ? nil : fingerprint(numerics)
    }

    /// A digest that two answers have in common only where everything but prompt and settings was
    /// the same: weights and their rounding, adapter, vocabulary, template and numerics. Threads and
    /// instruction set play no part, as they change no bit. Of a remote variant it is the address and
    /// the model's name: what a server computes with nobody outside can know.
    /// - Parameter numerics: nil of a remote variant.
    /// - Complexity: O(bytes of the weights) the first time.
    public func fingerprint(_ numerics: Numerics?) -> String {
        let lines =
            ["weights \(sha256)"] + parts + ["numerics \(numerics?.label ?? "of the server")"]
        return SHA256.hex(lines.joined(separator: "\n"))
    }
}
