/// The largest numbers that a model's description may name, far above those of real models. Within
/// them no product of two leaves the range of `Int`.
enum LlamaLimits {
    static let vocabulary = 1...(1 << 24)
    static let width = 1...(1 << 20)
    static let layers = 1...4096
    static let heads = 1...(1 << 14)
    static let headDimension = 2...4096
    static let context = 1...(1 << 30)
}
