import Basics
import TestSupport
import Testing
import Tokenizers

/// Real chat templates give the texts that were recorded for them.
@Suite(.enabled(if: SharedData.isPresent, "../shared is absent"))
struct RenderingTests {
    /// 2025-07-10, when the texts were recorded.
    static let clock = 1_752_105_600

    @Test func renderingsAreThoseRecorded() throws {
        let path = try #require(SharedData.path("data/chat_templates/expected_renderings.json"))
        let cases = try #require(JSON.parse(TestFile.bytes(of: path), file: path).object)
        #expect(cases.count == 25)
        for (name, entry) in cases.members {
            let source = try #require(entry["chat_template"]?.string)
            let context = try #require(entry["data"])
            do {
                let text = try ChatTemplate(source, name: name)
                    .render(context: context, clock: Self.clock)
                #expect(text.text == entry["target"]?.string, "\(name)")
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }

    @Test(arguments: ["001_ssti_globals", "007_mul", "010_div_zero", "013_include"])
    func hostileTemplatesAreRefused(_ name: String) throws {
        #expect(throws: TandemError.self) { try render(name) }
    }

    /// `set` within a loop is local to it, so nothing grows.
    @Test func aBombInALoopStaysSmall() throws {
        #expect(try render("004_string_bomb").utf8.count <= 1)
    }

    @Test func messagesAreValidJSON() throws {
        let json = try JSON.parse(render("016_recursion_data"))
        #expect(json.array?.first?["content"]?.string == "</script>\u{2028}\"")
    }

    private func render(_ name: String) throws -> String {
        let path = try #require(SharedData.path("data/malformed/templates/\(name).jinja"))
        let source = String(decoding: try TestFile.bytes(of: path), as: UTF8.self)
        let messages = [ChatMessage(role: "user", content: "</script>\u{2028}\"")]
        return try ChatTemplate(source).render(
            messages, addGenerationPrompt: true, bosToken: "<s>", eosToken: "</s>"
        ).text
    }

    @Test func whatAUserWritesIsNotTrusted() throws {
        let path = try #require(
            SharedData.path("data/malformed/templates/user_text_with_control_tokens.messages.json"))
        let json = try JSON.parse(TestFile.bytes(of: path))
        let content = try #require(json.array?.first?["content"]?.string)
        let template = try ChatTemplate(
            "{% for m in messages %}<|im_start|>{{ m.role + '\n' + m.content | trim }}<|im_end|>"
                + "{% endfor %}")
        let text = try template.render(
            [ChatMessage(role: "user", content: content)], addGenerationPrompt: false, bosToken: "",
            eosToken: "")
        let trusted = text.parts.filter(\.isTrusted).map(\.text).joined()
        #expect(trusted == "<|im_start|>\n<|im_end|>")
        #expect(text.parts.contains { !$0.isTrusted && $0.text.contains("<|im_start|>system") })
    }
}
