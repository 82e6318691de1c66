/// How a timeline is computed. Values of two kinds are never mixed: not in a step, not in a cache.
public struct Numerics: Sendable, Hashable {
    /// What the products of weights with activations are computed from. Sums are f32 in both.
    public enum Arithmetic: String, Sendable, CaseIterable {
        /// f32 activations: as faithful as the weights are.
        case exact
        /// Activations rounded before a product, as other engines do: to int8 in blocks of 32 for
        /// quantised weights, to bf16 for BF16 weights; F32 weights of adapters rounded to bf16. F16
        /// and other F32 weights stay exact.
        case fast
    }

    /// The type in which keys and values are kept.
    public enum CacheType: String, Sendable, CaseIterable {
        case f32, f16
    }

    public var arithmetic: Arithmetic
    public var cache: CacheType

    public init(_ arithmetic: Arithmetic = .exact, cache: CacheType = .f32) {
        self.arithmetic = arithmetic
        self.cache = cache
    }

    public static let exact = Numerics()

    /// As records show it: `exact`, `fast`, `exact, f16 cache`.
    public var label: String {
        arithmetic.rawValue + (cache == .f32 ? "" : ", \(cache.rawValue) cache")
    }
}
