import LanguageModels

/// A variant as `/models` lists it.
struct ModelRow {
    var variant: VariantInformation
    var memory: VariantMemory
    var identity: VariantIdentity
    /// How the next answer is computed.
    var numerics: Numerics
    var isInLineup: Bool
}
