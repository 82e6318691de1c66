import Basics

/// What results depend on: which models, and with which settings they were asked.
enum RecordedDependencies {
    private static let parts = [
        ("model_sha256", "the model"), ("adapter_sha256", "the adapter"),
        ("quantization", "the rounding of weights"), ("tokenizer_sha256", "the tokenizer"),
        ("template_sha256", "the chat template"), ("configuration_sha256", "the configuration"),
        ("server", "the server"),
    ]

    /// What is another one than was recorded.
    static func changes(_ key: RecordKey, _ old: JSON, _ new: JSON) -> [Finding] {
        let variant = old["variant"]?.string ?? ""
        switch key.type {
        case "loaded":
            return parts.compactMap { name, what in
                let (first, second) = (old[name] ?? .null, new[name] ?? .null)
                return first == second
                    ? nil
                    : Finding(
                        .changed, "loaded", "\(what) of \(variant)",
                        "\(short(first)) → \(short(second))")
            }
        case "answer", "row":
            let first = old["settings"]?.object?.members ?? []
            return first.compactMap { name, value in
                let other = new["settings"]?[name] ?? .null
                return value == other
                    ? nil
                    : Finding(
                        .changed, "setting", "the setting \(name)",
                        "\(short(value)) → \(short(other))")
            } + prompt(old, new)
        default: return []
        }
    }

    private static func prompt(_ old: JSON, _ new: JSON) -> [Finding] {
        guard let first = old["rendered_prompt"]?.string,
            let second = new["rendered_prompt"]?.string, first != second,
            let turn = old["turn"]?.integer
        else { return [] }
        return [Finding(.changed, "prompt", "the prompt of turn \(turn)", "as it is rendered")]
    }

    /// Digests by their first digits.
    private static func short(_ value: JSON) -> String {
        guard let text = value.string else { return value == .null ? "none" : value.text }
        let isDigest = text.utf8.count >= 64 && text.allSatisfy { $0.isHexDigit || $0 == "+" }
        return isDigest ? String(text.prefix(12)) : text
    }
}
