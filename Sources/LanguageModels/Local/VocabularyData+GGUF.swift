import Basics
import ModelFiles
import Tokenizers

extension VocabularyData {
    /// The types that `tokenizer.ggml.token_type` gives.
    private enum TokenType {
        static let (unknown, control, userDefined, byte) = (2, 3, 4, 6)
    }

    /// The vocabulary in a GGUF file's metadata.
    ///
    /// Source: the GGUF specification, keys `tokenizer.ggml.*`.
    /// - Throws: `malformed`, naming the key; `unsupported` for kinds that Tandem does not know.
    /// - Complexity: O(bytes of all pieces and merges).
    package init(_ metadata: GGUFMetadata) throws(TandemError) {
        let reader = Reader(metadata: metadata)
        let kind = metadata["tokenizer.ggml.model"]?.string ?? ""
        let tokens = try reader.strings("tokens")
        let types = try reader.integers("token_type", count: tokens.count)
        switch kind {
        case "gpt2":
            let name = metadata["tokenizer.ggml.pre"]?.string ?? "default"
            guard let splits = try SplitPlan.named(name, file: metadata.path) else {
                throw TandemError(
                    .unsupported,
                    "tokenizer.ggml.pre is \"\(name)\", a way to split text that "
                        + "Tandem does not know", file: metadata.path)
            }
            let added = Set(types.indices.filter { types[$0] != 1 })
            self.init(
                file: metadata.path, spelling: .byteLevel,
                pieces: PieceArena(byteLevel: tokens, except: added),
                merging: .ranked(try reader.merges()), splits: splits)
            ignoresMerges = name.hasPrefix("llama")
            addsBeginning = metadata["tokenizer.ggml.add_bos_token"]?.bool ?? false
        case "llama":
            guard let scores = metadata["tokenizer.ggml.scores"]?.array?.floats(),
                scores.count == tokens.count
            else { throw reader.malformed("scores", "not \(tokens.count) numbers of type f32") }
            self.init(
                file: metadata.path, spelling: .sentencePiece, pieces: PieceArena(tokens),
                merging: .scored(scores), splits: .whole)
            let hasPrefix = metadata["tokenizer.ggml.add_space_prefix"]?.bool ?? true
            spacePrefix = hasPrefix ? .always : .never
            addsBeginning = metadata["tokenizer.ggml.add_bos_token"]?.bool ?? true
            byteTokens = try reader.byteTokens(tokens, types)
        default:
            throw TandemError(
                .unsupported, "tokenizer.ggml.model is \"\(kind)\"", file: metadata.path,
                remedy: "Tandem knows gpt2 and llama")
        }
        addsEnd = metadata["tokenizer.ggml.add_eos_token"]?.bool ?? false
        beginning = try reader.id("bos_token_id")
        end = try reader.id("eos_token_id")
        // Byte-level vocabularies leave out what they cannot spell, whatever the file calls unknown.
        unknown = kind == "llama" ? try reader.id("unknown_token_id") ?? 0 : nil
        added = types.indices.compactMap { id in
            let isControl = types[id] == TokenType.control || types[id] == TokenType.unknown
            guard isControl || types[id] == TokenType.userDefined,
                let bytes = tokens.stringBytes(at: id)
            else { return nil }
            return AddedToken(
                id: id, text: String(decoding: bytes, as: UTF8.self), isControl: isControl)
        }
    }

    private struct Reader {
        let metadata: GGUFMetadata

        func malformed(_ key: String, _ what: String) -> TandemError {
            TandemError(.malformed, "tokenizer.ggml.\(key) is \(what)", file: metadata.path)
        }

        func strings(_ key: String) throws(TandemError) -> GGUFArray {
            guard let array = metadata["tokenizer.ggml." + key]?.array,
                array.elementType == .string, array.count > 0
            else { throw malformed(key, "missing, or not an array of strings") }
            return array
        }

        func integers(_ key: String, count: Int) throws(TandemError) -> [Int] {
            guard let array = metadata["tokenizer.ggml." + key]?.array else {
                return [Int](repeating: 1, count: count)
            }
            guard let values = array.integers(), values.count == count else {
                throw malformed(key, "not \(count) integers")
            }
            return values
        }

        func id(_ key: String) throws(TandemError) -> Int32? {
            guard let value = metadata["tokenizer.ggml." + key] else { return nil }
            guard let id = value.integer.flatMap({ Int32(exactly: $0) }) else {
                throw malformed(key, "not a token id")
            }
            return id < 0 ? nil : id
        }

        func merges() throws(TandemError) -> PieceArena {
            let merges = try strings("merges")
            var arena = PieceArena()
            arena.reserve(pieces: 2 * merges.count, bytes: 10 * merges.count)
            for index in 0..<merges.count {
                guard let bytes = merges.stringBytes(at: index),
                    let space = bytes.firstIndex(of: 0x20)
                else { throw malformed("merges", "not made of pairs: entry \(index) has no space") }
                for part in [bytes[..<space], bytes[(space + 1)...]] {
                    arena.append(byteLevel: UnsafeRawBufferPointer(rebasing: part))
                }
            }
            return arena
        }

        func byteTokens(_ tokens: GGUFArray, _ types: [Int]) throws(TandemError) -> [Int32] {
            var ids = [Int32](repeating: -1, count: 256)
            for id in types.indices where types[id] == TokenType.byte {
                let name = tokens.stringBytes(at: id).map { String(decoding: $0, as: UTF8.self) }
                guard let name, name.hasPrefix("<0x"), name.utf8.count == 6,
                    let byte = UInt8(name.dropFirst(3).dropLast(), radix: 16)
                else {
                    throw malformed("tokens", "wrong: byte token \(id) has no name like <0x0A>")
                }
                ids[Int(byte)] = Int32(id)
            }
            if ids.allSatisfy({ $0 < 0 }) { return [] }
            if let missing = ids.firstIndex(of: -1) {
                throw malformed("tokens", "without a token for the byte \(missing)")
            }
            return ids
        }
    }
}

extension PieceArena {
    fileprivate init(_ strings: GGUFArray) {
        self.init()
        reserve(pieces: strings.count, bytes: 8 * strings.count)
        for index in 0..<strings.count {
            append(strings.stringBytes(at: index) ?? UnsafeRawBufferPointer(start: nil, count: 0))
        }
    }

    /// Pieces in the letters of byte-level vocabularies; those of `added` ids stand as they are.
    fileprivate init(byteLevel strings: GGUFArray, except added: Set<Int>) {
        self.init()
        reserve(pieces: strings.count, bytes: 8 * strings.count)
        for index in 0..<strings.count {
            let bytes =
                strings.stringBytes(at: index) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            if added.contains(index) { append(bytes) } else { append(byteLevel: bytes) }
        }
    }
}
