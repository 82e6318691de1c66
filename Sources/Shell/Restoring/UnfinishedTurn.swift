import LanguageModels

/// A turn that was cut off, and the answers that were finished by then.
struct UnfinishedTurn {
    let plan: TurnPlan
    let answers: [Answer]
}
