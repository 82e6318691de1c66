import Basics
import LanguageModels
import Sessions

/// A key of `/set`: how it is read and written.
struct Setting: Sendable {
    let name: String
    let summary: String
    let read: @Sendable (GenerationSettings) -> String
    /// Nil where the value does not fit.
    private let write: @Sendable (inout GenerationSettings, String) -> Void?
    private let expected: String
    /// The values there are, where they can be listed.
    var choices: [String] = []

    static let all: [Setting] = [
        number("temperature", "0 is greedy; higher is more varied", \.temperature, 0...100),
        integer("top_k", "keep the K most probable tokens; 0 keeps all", \.topK, 0...1_000_000),
        number("top_p", "keep the smallest set with this mass; 1 keeps all", \.topP, 0.000001...1),
        number("min_p", "drop what is less probable than this times the best", \.minP, 0...1),
        number("repetition_penalty", "1 is off", \.repetitionPenalty, 0.01...100),
        Setting(
            name: "seed", summary: "the same seed gives the same text",
            read: { String($0.seed) },
            write: { settings, text in UInt64(text).map { settings.seed = $0 } },
            expected: "a whole number from 0"),
        integer("max_tokens", "the longest answer", \.maxTokens, 1...1_000_000),
        Setting(
            name: "context",
            summary: "the longest prompt and answer, in tokens; auto is the model's",
            read: { $0.contextLength.map(String.init) ?? "auto" },
            write: { settings, text in
                if text == "auto" {
                    settings.contextLength = nil
                    return ()
                }
                guard let value = Int(text), value > 1 else { return nil }
                settings.contextLength = value
                return ()
            }, expected: "auto, or a number from 2"),
        Setting(
            name: "stop", summary: "texts that end an answer, as a JSON list; off for none",
            read: { settings in
                settings.stop.isEmpty
                    ? "off" : JSON.array(settings.stop.map { .string($0) }).text
            },
            write: { settings, text in
                if text == "off" {
                    settings.stop = []
                    return ()
                }
                guard text.hasPrefix("[") else {
                    settings.stop = [text]
                    return ()
                }
                guard let list = (try? JSON.parse(text))?.array else { return nil }
                let texts = list.compactMap(\.string)
                guard texts.count == list.count else { return nil }
                settings.stop = texts
                return ()
            }, expected: "a text, a list such as [\"\\n\", \"User:\"], or off"),
        choice("numerics", "exact, or fast: rounded activations", \.numerics.arithmetic),
        choice("cache", "f32, or f16: how keys and values are kept", \.numerics.cache),
    ]

    /// Changes `settings`.
    /// - Throws: `usage`, with what is expected.
    static func apply(_ key: String, _ value: String, to settings: inout GenerationSettings)
        throws(TandemError)
    {
        guard let setting = all.first(where: { $0.name == key }) else {
            let names = all.map(\.name)
            let near = NearestName.suggestions(for: key, among: names)
            throw TandemError(
                .usage, "there is no setting \(key)",
                remedy: near.isEmpty
                    ? "settings: \(names.joined(separator: ", "))"
                    : "did you mean \(near.joined(separator: " or "))?",
                culprit: key)
        }
        guard setting.write(&settings, value) != nil else {
            throw TandemError(
                .usage, "\(key) cannot be \(value)", remedy: "it takes \(setting.expected)",
                culprit: value)
        }
    }

    private static func choice<Value>(
        _ name: String, _ summary: String,
        _ path: WritableKeyPath<GenerationSettings, Value> & Sendable
    ) -> Setting where Value: RawRepresentable<String> & CaseIterable & SendableMetatype {
        Setting(
            name: name, summary: summary, read: { $0[keyPath: path].rawValue },
            write: { settings, text in Value(rawValue: text).map { settings[keyPath: path] = $0 } },
            expected: Value.allCases.map(\.rawValue).joined(separator: " or "),
            choices: Value.allCases.map(\.rawValue))
    }

    private static func number(
        _ name: String, _ summary: String,
        _ path: WritableKeyPath<GenerationSettings, Double> & Sendable,
        _ range: ClosedRange<Double>
    ) -> Setting {
        Setting(
            name: name, summary: summary, read: { Numbers.short($0[keyPath: path]) },
            write: { settings, text in
                guard let value = Double(text), range.contains(value) else { return nil }
                settings[keyPath: path] = value
                return ()
            },
            expected:
                "a number from \(Numbers.short(range.lowerBound)) to \(Numbers.short(range.upperBound))"
        )
    }

    private static func integer(
        _ name: String, _ summary: String,
        _ path: WritableKeyPath<GenerationSettings, Int> & Sendable, _ range: ClosedRange<Int>
    ) -> Setting {
        Setting(
            name: name, summary: summary, read: { String($0[keyPath: path]) },
            write: { settings, text in
                guard let value = Int(text), range.contains(value) else { return nil }
                settings[keyPath: path] = value
                return ()
            }, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
}
