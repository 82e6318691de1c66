import Basics

/// Reads `tokenizer.json`, the format of Hugging Face's tokenizers library.
struct TokenizerJSON {
    let json: JSON
    let file: String

    init(_ json: JSON, file: String) {
        self.json = json
        self.file = file
    }

    func data() throws(TandemError) -> VocabularyData {
        guard let model = json["model"] else { throw malformed("model is missing") }
        let type = model["type"]?.string ?? ""
        guard type == "BPE" else {
            throw TandemError(
                .unsupported, "model.type is \"\(type)\"; Tandem knows BPE", file: file)
        }
        for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let text = model[key]?.string, !text.isEmpty {
                throw TandemError(.unsupported, "model.\(key) is \"\(text)\"", file: file)
            }
        }
        var steps = TokenizerSteps(file: file)
        try steps.read(json)
        let isByteLevel = steps.isByteLevel
        let (names, added) = try tokens(model)
        var pieces = PieceArena()
        pieces.reserve(pieces: names.count, bytes: names.count * 8)
        let addedIDs = Set(added.map(\.id))
        for (id, name) in names.enumerated() {
            if isByteLevel, !addedIDs.contains(id) {
                pieces.append(byteLevel: name.utf8)
            } else {
                pieces.append(name.utf8)
            }
        }
        var data = VocabularyData(
            file: file, spelling: isByteLevel ? .byteLevel : .sentencePiece, pieces: pieces,
            merging: .ranked(try merges(model, isByteLevel: isByteLevel)), splits: steps.splits)
        data.added = added
        data.spacePrefix = steps.spacePrefix
        data.keepsLeadingSpace = steps.keepsLeadingSpace
        data.ignoresMerges = model["ignore_merges"]?.bool ?? false
        data.fusesUnknown = model["fuse_unk"]?.bool ?? false
        var ids: [UTF8Key: Int32] = [:]
        func id(_ name: String) -> Int32? {
            if ids.isEmpty {
                for (id, name) in names.enumerated() { ids[UTF8Key(name)] = Int32(id) }
            }
            return ids[UTF8Key(name)]
        }
        if let name = model["unk_token"]?.string {
            guard let unknown = id(name) else {
                throw malformed("model.unk_token \"\(name)\" is not in the vocabulary")
            }
            data.unknown = unknown
        }
        if model["byte_fallback"]?.bool == true {
            let tokens = (0..<256).map { id(Self.byteToken($0)) }
            if tokens.contains(where: { $0 != nil }) {
                guard tokens.allSatisfy({ $0 != nil }) else {
                    throw malformed("model.byte_fallback is on, but some byte tokens are missing")
                }
                data.byteTokens = tokens.compactMap(\.self)
            }
        }
        if let text = steps.beginning {
            guard let beginning = id(text) else {
                throw malformed("post_processor adds \"\(text)\", which is not in the vocabulary")
            }
            data.beginning = beginning
            data.addsBeginning = true
        }
        if let text = steps.end, let end = id(text) {
            data.end = end
            data.addsEnd = true
        }
        return data
    }

    static func byteToken(_ byte: Int) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "<0x" + (digits.count < 2 ? "0" : "") + digits + ">"
    }

    private func malformed(_ message: String) -> TandemError {
        TandemError(
            .malformed, message, file: file, remedy: "the tokenizer is damaged; fetch it again")
    }

    /// The pieces by id, with the added ones.
    private func tokens(_ model: JSON) throws(TandemError)
        -> ([String], [VocabularyData.AddedToken])
    {
        guard let vocabulary = model["vocab"]?.object else {
            throw malformed("model.vocab is \(model["vocab"]?.kind ?? "missing"), not an object")
        }
        let entries = json["added_tokens"]?.array ?? []
        // A few ids may be unused, but an id far outside would only cost memory.
        let limit = 2 * (vocabulary.count + entries.count) + 1024
        var names = [String](repeating: "", count: vocabulary.count)
        var isTaken = [Bool](repeating: false, count: vocabulary.count)
        func place(_ name: String, _ id: Int?, _ mayRepeat: Bool) throws(TandemError) -> Int {
            guard let id, (0..<limit).contains(id) else {
                throw malformed(
                    "the token \"\(name)\" has the id \(id.map(String.init) ?? "none"), outside of a "
                        + "vocabulary of \(vocabulary.count)")
            }
            while names.count <= id {
                names.append("")
                isTaken.append(false)
            }
            if isTaken[id], !(mayRepeat && names[id].utf8.elementsEqual(name.utf8)) {
                throw malformed("the tokens \"\(names[id])\" and \"\(name)\" share the id \(id)")
            }
            names[id] = name
            isTaken[id] = true
            return id
        }
        for (name, id) in vocabulary.members { _ = try place(name, id.integer, false) }
        var added: [VocabularyData.AddedToken] = []
        for entry in entries {
            guard let text = entry["content"]?.string else {
                throw malformed("an entry of added_tokens has no content")
            }
            var token = VocabularyData.AddedToken(
                id: try place(text, entry["id"]?.integer, true), text: text,
                isControl: entry["special"]?.bool ?? false)
            token.stripsLeft = entry["lstrip"]?.bool ?? false
            token.stripsRight = entry["rstrip"]?.bool ?? false
            token.isSingleWord = entry["single_word"]?.bool ?? false
            added.append(token)
        }
        return (names, added)
    }

    /// Merges are pairs, or in older files two pieces with a space between.
    private func merges(_ model: JSON, isByteLevel: Bool) throws(TandemError) -> PieceArena {
        guard let merges = model["merges"]?.array else {
            throw malformed("model.merges is missing")
        }
        var pairs = PieceArena()
        pairs.reserve(pieces: 2 * merges.count, bytes: merges.count * 10)
        for (number, merge) in merges.enumerated() {
            let parts: [Substring]
            switch merge {
            case .string(let text):
                parts = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
                    .map { Substring($0) }
            default: parts = (merge.array ?? []).compactMap { $0.string.map { $0[...] } }
            }
            guard parts.count == 2 else {
                throw malformed("merge \(number) is not a pair of pieces")
            }
            for part in parts {
                if isByteLevel {
                    pairs.append(byteLevel: part.utf8)
                } else {
                    pairs.append(part.utf8)
                }
            }
        }
        return pairs
    }
}
