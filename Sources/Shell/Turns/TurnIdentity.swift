import LanguageModels

/// Who gave an answer.
enum TurnIdentity {
    case loaded(VariantIdentity)
    /// A variant that is not there any more, by what was noted of it.
    case recorded(fingerprint: String?)

    /// The fingerprint where it costs no reading of the weights.
    func knownFingerprint(_ numerics: Numerics?) -> String? {
        switch self {
        case .loaded(let identity): identity.knownFingerprint(numerics)
        case .recorded(let fingerprint): fingerprint
        }
    }

    /// - Complexity: O(bytes of the weights) the first time, where it is not the same variant.
    func isSame(as other: VariantIdentity, _ numerics: Numerics?) -> Bool {
        switch self {
        case .loaded(let identity):
            identity === other || identity.fingerprint(numerics) == other.fingerprint(numerics)
        case .recorded(let fingerprint): fingerprint == other.fingerprint(numerics)
        }
    }
}
