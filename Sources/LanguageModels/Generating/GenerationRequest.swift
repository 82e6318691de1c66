import Basics
import Tokenizers

/// One message of a conversation.
public typealias Message = ChatMessage

/// What a variant is asked to continue.
public enum Prompt: Sendable, Equatable {
    /// A conversation, rendered with the model's own chat template.
    case chat([Message])
    /// Text as it stands, without a template.
    case completion(String)

    /// Whether the answer goes on with a text, so that a space at its beginning counts.
    var isContinued: Bool {
        if case .completion(let text) = self { !text.isEmpty } else { false }
    }
}

/// One answer to be generated.
public struct GenerationRequest: Sendable, Equatable {
    /// The variant's name in the pool.
    public var variant: String
    public var prompt: Prompt
    public var settings: GenerationSettings
    /// The `response_format` that a server is asked for; local variants answer without.
    public var responseFormat: JSON?

    public init(
        variant: String, prompt: Prompt, settings: GenerationSettings, responseFormat: JSON? = nil
    ) {
        self.variant = variant
        self.prompt = prompt
        self.settings = settings
        self.responseFormat = responseFormat
    }
}
