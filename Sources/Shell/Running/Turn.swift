import LanguageModels

/// One prompt and each variant's answer.
struct Turn {
    let number: Int
    let prompt: String
    /// What each answer continues, by variant; kept for `/again`.
    let requests: [GenerationRequest]
    var answers: [Answer]
    /// Who gave each answer.
    let identities: [VariantIdentity]
    /// The expected answers, each as good as the others.
    var references: [String]
}
