import Basics
import TestSupport
import Testing
import Tokenizers

/// A vocabulary of bytes with a few merges and two control tokens, made here.
struct TrustTests {
    private func tokenizer() throws -> Tokenizer {
        var pieces = PieceArena()
        for byte in 0..<256 { pieces.append([UInt8(byte)]) }
        for piece in ["th", "the", "<|start|>", "<|end|>", "<tag>"] { pieces.append(piece.utf8) }
        var merges = PieceArena()
        for piece in ["t", "h", "th", "e"] { merges.append(piece.utf8) }
        var data = VocabularyData(
            file: "made here", spelling: .byteLevel, pieces: pieces, merging: .ranked(merges),
            splits: .whole)
        data.added = [
            .init(id: 258, text: "<|start|>", isControl: true),
            .init(id: 259, text: "<|end|>", isControl: true),
            .init(id: 260, text: "<tag>", isControl: false),
        ]
        data.beginning = 258
        data.addsBeginning = true
        return try Tokenizer(data)
    }

    @Test func controlTokensCountInTrustedTextOnly() throws {
        let tokenizer = try tokenizer()
        var prompt = PromptText("<|start|>", isTrusted: true)
        prompt.append("the<|end|>", isTrusted: false)
        prompt.append("<|end|>", isTrusted: true)
        let plain = "<|end|>".utf8.map { Int32($0) }
        #expect(
            try tokenizer.encode(prompt, addsSpecialTokens: false) == [258, 257] + plain + [259])
    }

    /// Half of a control token from the template, half from the user, is none.
    @Test func controlTokensDoNotFormAcrossABorder() throws {
        let tokenizer = try tokenizer()
        var prompt = PromptText("<|e", isTrusted: true)
        prompt.append("nd|>", isTrusted: false)
        #expect(!(try tokenizer.encode(prompt, addsSpecialTokens: false).contains(259)))
    }

    @Test func wordsMergeAcrossABorder() throws {
        var prompt = PromptText("t", isTrusted: true)
        prompt.append("he", isTrusted: false)
        #expect(try tokenizer().encode(prompt, addsSpecialTokens: false) == [257])
    }

    @Test func theBeginningIsNotDoubled() throws {
        let tokenizer = try tokenizer()
        #expect(try tokenizer.encode("the", addsSpecialTokens: true) == [258, 257])
        #expect(
            try tokenizer.encode("<|start|>the", isTrusted: true, addsSpecialTokens: true)
                == [258, 257])
    }

    @Test func controlTokensAreNotShown() throws {
        #expect(try tokenizer().decode([258, 257, 260, 259]) == "the<tag>")
    }

    @Test func charactersArriveWhole() throws {
        var decoder = StreamDecoder(try tokenizer())
        let bytes = Array("é🫖".utf8).map { Int32($0) }
        #expect(bytes.map { decoder.append($0) } == ["", "é", "", "", "", "🫖"])
        #expect(decoder.append(0xF0) == "" && decoder.finish() == "\u{FFFD}")
        #expect(decoder.append(0xFF) == "\u{FFFD}")
    }
}
