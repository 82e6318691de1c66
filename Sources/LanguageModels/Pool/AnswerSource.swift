import Basics

/// What loads variants and answers prompts with them. Used from one thread.
public protocol AnswerSource: AnyObject {
    /// The loaded variants, in the order of loading.
    var variants: [VariantInformation] { get }

    /// Loads a model as `name`, with an adapter on it if one is given.
    /// - Throws: `notFound`, `malformed`, `unsupported`, `mismatch`; nothing is loaded then.
    func load(path: String, name: String, adapterPath: String?) throws(TandemError)
        -> VariantInformation

    /// Puts a PEFT adapter on the loaded variant `base`; both share the base's weights.
    func attach(adapterPath: String, to base: String, name: String) throws(TandemError)
        -> VariantInformation

    func unload(_ name: String) throws(TandemError)

    /// The SHA-256 of the variant's weight files (and of its adapter's), in hexadecimal.
    /// - Complexity: O(bytes) the first time.
    func fingerprint(of name: String) throws(TandemError) -> String

    /// Generates all answers together, and returns them in the order of the requests.
    ///
    /// Blocks; events come on the calling thread, in the order they happen. A request that fails
    /// alone (its prompt does not fit, its template fails) ends with `finish` `error`.
    /// - Throws: `notFound` for a variant that is not loaded, before anything is generated.
    func generate(
        _ requests: [GenerationRequest], isInterrupted: () -> Bool,
        onEvent: (GenerationEvent) -> Void
    ) throws(TandemError) -> [Answer]
}
