import Basics
import Foundation
import TestSupport
import Testing
import Tokenizers

/// Broken and hostile tokenizer files are refused, and never hang.
@Suite(.enabled(if: SharedData.isPresent, "../shared is absent"))
struct MalformedTokenizerTests {
    private func load(_ name: String) throws -> Tokenizer {
        let folder = try TemporaryFolder()
        let path = try #require(SharedData.path("data/malformed/tokenizer/" + name))
        try TestFile.write(TestFile.bytes(of: path), to: folder("tokenizer.json"))
        return try TokenizerFolder(folder.path).tokenizer
    }

    @Test(arguments: [
        ("001_merge_of_unknown.json", "merge"), ("003_duplicate_id.json", "300"),
        ("004_id_2_31.json", "2147483648"), ("005_id_negative.json", "-"),
        ("007_unknown_model_type.json", "model.type"), ("009_regex_invalid.json", "pattern"),
        ("010_truncated.json", "JSON"), ("011_bom_utf16.json", "JSON"),
        ("013_unk_absent.json", "unk_token"),
    ])
    func isRefused(_ name: String, _ word: String) throws {
        #expect {
            try load(name)
        } throws: { error in
            let error = error as? TandemError
            return error?.message.contains(word) == true && error?.file != nil
        }
    }

    @Test(arguments: ["002_merges_old_string_form.json", "012_bom_utf8.json"])
    func isAccepted(_ name: String) throws {
        #expect(try load(name).decode(load(name).encode("Once upon a time")) == "Once upon a time")
    }

    @Test func aHostilePatternIsStopped() throws {
        let tokenizer = try load("008_regex_backtracking.json")
        let start = ContinuousClock.now
        #expect(throws: TandemError.self) {
            try tokenizer.encode(String(repeating: "a", count: 5000) + "!")
        }
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
