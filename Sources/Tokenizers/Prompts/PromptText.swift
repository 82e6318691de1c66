/// Text for a model that remembers where each part came from.
///
/// Control tokens such as `<|im_end|>` are recognised only in trusted parts: those that the template
/// itself wrote. In what a person or another model wrote they are plain characters.
public struct PromptText: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public var text: String
        public var isTrusted: Bool
    }

    /// Never empty parts; neighbours differ in trust.
    public private(set) var parts: [Part] = []

    public init() {}

    public init(_ text: String, isTrusted: Bool) { append(text, isTrusted: isTrusted) }

    public mutating func append(_ text: String, isTrusted: Bool) {
        if text.isEmpty { return }
        if let last = parts.indices.last, parts[last].isTrusted == isTrusted {
            parts[last].text += text
        } else {
            parts.append(Part(text: text, isTrusted: isTrusted))
        }
    }

    /// All parts, one after another.
    public var text: String { parts.reduce(into: "") { $0 += $1.text } }
}
