import LanguageModels

/// One prompt and each variant's answer.
struct Turn {
    let number: Int
    let prompt: String
    /// What each answer continues, by variant; kept for `/again`.
    let requests: [GenerationRequest]
    var answers: [Answer]
    /// Who gave each answer.
    let identities: [TurnIdentity]
    /// The expected answers, each as good as the others.
    var references: [String]

    /// - Parameters:
    ///   - answers: in the order of the plan's requests, as are the identities.
    init(_ plan: TurnPlan, answers: [Answer], identities: [TurnIdentity]) {
        number = plan.number
        prompt = plan.prompt
        requests = plan.requests
        references = plan.references
        self.answers = answers
        self.identities = identities
    }

    /// Of the answer with this index; nil where it is not known any more.
    /// - Complexity: O(bytes of the weights) the first time.
    func fingerprint(_ index: Int) -> String? {
        switch identities[index] {
        case .loaded(let identity): identity.fingerprint(answers[index].numerics)
        case .recorded(let fingerprint): fingerprint
        }
    }
}
