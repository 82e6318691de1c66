/// One row of the table: what is timed.
enum Measure: String, CaseIterable {
    case decodeOne = "decode_one"
    case decodePair = "decode_pair"
    case decodeFour = "decode_four"
    case prefill = "prefill"
    case decodeAfter = "decode_after"

    /// Tokens of context before decoding; of the prompt, for prefill.
    static let (shortContext, prompt, longContext) = (8, 512, 4000)
    /// Steps that are timed.
    static let (shortSteps, longSteps) = (64, 32)

    var title: String {
        switch self {
        case .decodeOne: "decode, one variant"
        case .decodePair: "base + adapter, summed"
        case .decodeFour: "base + 3 adapters, summed"
        case .prefill: "prefill \(Self.prompt)"
        case .decodeAfter: "decode after \(Self.longContext)"
        }
    }

    /// Variants that are decoded together.
    var variantCount: Int {
        switch self {
        case .decodePair: 2
        case .decodeFour: 4
        case .decodeOne, .prefill, .decodeAfter: 1
        }
    }

    /// Tokens that one run computes.
    var tokenCount: Int {
        switch self {
        case .prefill: Self.prompt
        case .decodeAfter: Self.longSteps
        case .decodeOne, .decodePair, .decodeFour: Self.shortSteps * variantCount
        }
    }

    /// What a peer that computes one sequence at a time is asked for. Several variants are compared
    /// with its decoding of one.
    var peerMeasure: Measure {
        switch self {
        case .decodePair, .decodeFour: .decodeOne
        case .decodeOne, .prefill, .decodeAfter: self
        }
    }
}
