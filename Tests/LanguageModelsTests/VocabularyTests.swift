import Basics
import Foundation
import LanguageModels
import ModelFiles
import TestSupport
import Testing
import Tokenizers

/// Vocabularies of real models give the ids that their own programs give.
@Suite(.enabled(if: SharedData.isPresent, "../shared is absent"))
struct VocabularyTests {
    @Test(arguments: ["gpt-2", "llama-spm"])
    func idsAreThoseOfTheVocabularysOwners(_ name: String) throws {
        let base = "data/tokenizers/ggml-vocab-\(name).gguf"
        let tokenizer = try Tokenizer(
            VocabularyData(GGUFFile(path: #require(SharedData.path(base))).metadata))
        func text(_ ending: String) throws -> String {
            let path = try #require(SharedData.path(base + ending))
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        }
        let inputs = try text(".inp").components(separatedBy: "\n__ggml_vocab_test__\n")
        let outputs = try text(".out").split(separator: "\n", omittingEmptySubsequences: false)
        #expect(inputs.count > 40)
        for (input, output) in zip(inputs, outputs) {
            let expected = output.split(separator: " ").compactMap { Int32($0) }
            #expect(try tokenizer.encode(input) == expected, "\(name): \(input.debugDescription)")
        }
    }

    /// One set of weights came in two formats: both vocabularies cut text in the same way.
    @Test func theTwoFormatsAgree() throws {
        let gguf = try Tokenizer(
            VocabularyData(
                GGUFFile(path: #require(SharedData.path("data/stories260k/stories260K.f32.gguf")))
                    .metadata))
        let folder = try TokenizerFolder(#require(SharedData.path("data/stories260k/hf")))
        for text in [
            "Once upon a time, Lily met a fox.", "  two  spaces", "Ünïcödé 🫖 – naïve", "", "\n\n",
        ] {
            let ids = try gguf.encode(text, addsSpecialTokens: true)
            #expect(try folder.tokenizer.encode(text, addsSpecialTokens: true) == ids)
            #expect(gguf.decode(ids) == text)
            #expect(folder.tokenizer.decode(ids) == text)
        }
    }

    /// A token without an embedding would be read past the end of the matrix.
    @Test func aTokenizerOfAnotherModelIsRefused() throws {
        let source = try #require(SharedData.path("data/stories260k/hf"))
        let folder = try TemporaryFolder()
        for name in ["config.json", "model.safetensors"] {
            try TestFile.write(TestFile.bytes(of: source + "/" + name), to: folder(name))
        }
        let broken = try #require(
            SharedData.path("data/malformed/tokenizer/006_added_token_beyond_model_vocab.json"))
        try TestFile.write(TestFile.bytes(of: broken), to: folder("tokenizer.json"))
        let pool = try ModelPool(threads: 1)
        let error = #expect(throws: TandemError.self) {
            try pool.load(path: folder.path, name: "a", adapterPath: nil)
        }
        #expect(error?.message.contains("9999") == true || error?.code == .mismatch)
    }
}
