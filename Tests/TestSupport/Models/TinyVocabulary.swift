import Basics

/// The smallest vocabulary that spells every text: a SentencePiece-style BPE without merges, with the
/// 256 byte tokens, the space mark and the printable ASCII characters.
public enum TinyVocabulary {
    /// Tokens of a `TinyLlama` that says nothing else.
    public static let size = 384

    /// `count` tokens, as the vocabulary spells them: `<unk>`, `<s>`, `</s>`, the bytes, the
    /// characters, and fillers.
    public static func tokens(_ count: Int) -> [String] {
        let hexDigits = Array("0123456789ABCDEF")
        let bytes = (0..<256).map { "<0x\(hexDigits[$0 / 16])\(hexDigits[$0 % 16])>" }
        let characters = ["▁"] + (0x21...0x7E).map { String(UnicodeScalar(UInt8($0))) }
        let fixed = ["<unk>", "<s>", "</s>"] + bytes + characters
        let fillers = (0..<max(0, count - fixed.count)).map { "<filler_\($0)>" }
        return Array((fixed + fillers).prefix(count))
    }

    static func add(to writer: inout GGUFWriter, size: Int) {
        let types = (0..<size).map { Int32($0 == 0 ? 2 : $0 < 3 ? 3 : $0 < 259 ? 6 : 1) }
        writer["tokenizer.ggml.model"] = .string("llama")
        writer["tokenizer.ggml.pre"] = .string("default")
        writer["tokenizer.ggml.tokens"] = .strings(tokens(size))
        writer["tokenizer.ggml.scores"] = .float32s([Float](repeating: 0, count: size))
        writer["tokenizer.ggml.token_type"] = .int32s(types)
        writer["tokenizer.ggml.bos_token_id"] = .uint32(1)
        writer["tokenizer.ggml.eos_token_id"] = .uint32(2)
        writer["tokenizer.ggml.unknown_token_id"] = .uint32(0)
        writer["tokenizer.ggml.add_bos_token"] = .bool(true)
        writer["tokenizer.ggml.add_eos_token"] = .bool(false)
        writer["tokenizer.ggml.add_space_prefix"] = .bool(true)
    }

    /// Writes `tokenizer.json` and `tokenizer_config.json`.
    static func write(to folder: String, size: Int) throws {
        var vocabulary = JSONObject()
        for (id, token) in tokens(size).enumerated() { vocabulary[token] = .integer(id) }
        let special: [JSON] = (0..<3).map { id in
            [
                "id": .integer(id), "content": .string(tokens(3)[id]), "single_word": false,
                "lstrip": false, "rstrip": false, "normalized": false, "special": true,
            ]
        }
        let space: JSON = ["String": " "]
        let tokenizer: JSON = [
            "version": "1.0", "truncation": nil, "padding": nil, "added_tokens": .array(special),
            "normalizer": [
                "type": "Sequence",
                "normalizers": [
                    ["type": "Prepend", "prepend": "▁"],
                    ["type": "Replace", "pattern": space, "content": "▁"],
                ],
            ],
            "pre_tokenizer": nil,
            "post_processor": [
                "type": "TemplateProcessing",
                "single": [
                    ["SpecialToken": ["id": "<s>", "type_id": 0]],
                    ["Sequence": ["id": "A", "type_id": 0]],
                ],
                "pair": [],
                "special_tokens": ["<s>": ["id": "<s>", "ids": [1], "tokens": ["<s>"]]],
            ],
            "decoder": [
                "type": "Sequence",
                "decoders": [
                    ["type": "Replace", "pattern": ["String": "▁"], "content": " "],
                    ["type": "ByteFallback"], ["type": "Fuse"],
                    ["type": "Strip", "content": " ", "start": 1, "stop": 0],
                ],
            ],
            "model": [
                "type": "BPE", "dropout": nil, "unk_token": "<unk>",
                "continuing_subword_prefix": nil, "end_of_word_suffix": nil, "fuse_unk": true,
                "byte_fallback": true, "vocab": .object(vocabulary), "merges": [],
            ],
        ]
        try TestFile.write(tokenizer, to: folder + "/tokenizer.json")
        try TestFile.write(
            [
                "tokenizer_class": "LlamaTokenizer", "add_bos_token": true,
                "add_eos_token": false, "bos_token": "<s>", "eos_token": "</s>",
                "unk_token": "<unk>", "legacy": true,
            ],
            to: folder + "/tokenizer_config.json")
    }
}
