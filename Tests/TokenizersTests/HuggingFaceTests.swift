import Basics
import TestSupport
import Testing
import Tokenizers

/// Vocabularies with the steps of popular models give the ids that Hugging Face's tokenizers gives.
struct HuggingFaceTests {
    private static let path =
        Demo.package + "/Tests/TokenizersTests/References/tokenizers.json"

    @Test(arguments: ["smollm2", "with_unknown", "llama3", "llama2", "mistral"])
    func idsAreTheReferences(_ name: String) throws {
        let recorded = try JSON.parse(TestFile.bytes(of: Self.path), file: Self.path)
        let texts = try #require(recorded["texts"]?.array).compactMap(\.string)
        let vocabulary = try #require(
            recorded["vocabularies"]?.array?.first { $0["name"]?.string == name })
        let folder = try TemporaryFolder()
        try TestFile.write(
            try #require(vocabulary["tokenizer"]), to: folder("tokenizer.json"))
        let tokenizer = try TokenizerFolder(folder.path).tokenizer
        let ids = try #require(vocabulary["ids"]?.array)
        let decoded = try #require(vocabulary["decoded"]?.array)
        try #require(texts.count > 100 && ids.count == texts.count)
        for ((text, expected), plain) in zip(zip(texts, ids), decoded) {
            let expected = expected.array?.compactMap(\.integer).map(Int32.init)
            let own = try tokenizer.encode(text, isTrusted: true, addsSpecialTokens: true)
            #expect(own == expected, "\(text.debugDescription)")
            #expect(
                tokenizer.decode(own).unicodeScalars.elementsEqual(
                    (plain.string ?? "").unicodeScalars), "\(text.debugDescription)")
        }
    }
}
