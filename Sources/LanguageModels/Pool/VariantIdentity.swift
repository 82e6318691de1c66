import Basics

/// Which variant it is: all that its answers depend on beside prompts and settings.
///
/// It outlives the variant, and holds nothing of it in memory. Used from one thread.
public final class VariantIdentity {
    private let parts: [String]
    private let digests: () -> [String]

    /// The SHA-256 of the weight files, joined with the adapter's by `+`, in hexadecimal.
    /// - Complexity: O(bytes) the first time.
    public private(set) lazy var sha256 = digests().joined(separator: "+")

    /// - Parameters:
    ///   - parts: what the answers depend on beside the weights: the digests of configuration,
    ///     vocabulary and template where these are files of their own, and the rounding.
    ///   - digests: of the weight files and of the adapter's, when they are asked for.
    init(parts: [String], digests: @escaping () -> [String]) {
        self.parts = parts
        self.digests = digests
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
