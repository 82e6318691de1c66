import Basics
import Inference
import ModelFiles
import Tokenizers

/// A model on disk: what its variants share. Its weights can be in memory or out.
final class LocalModel {
    /// Stays open while the weights are out, so that the same bytes come in again.
    let file: ModelFile
    let quantization: Quantization?
    /// Of the files beside the weights that answers depend on; a GGUF file has everything in it.
    let configurationDigests: FileDigests
    let tokenizer: Tokenizer
    /// Nil while the weights are out.
    private(set) var stepper: Stepper?
    /// Bytes that the weights take in memory: those of the file before they were in for the first
    /// time.
    private(set) var weightByteCount: Int
    /// Whether the weights have been in memory.
    private(set) var wasLoaded = false
    /// Counts up over all variants and models of a pool.
    var lastAsked = 0
    /// What conversations that ended leave for the next ones.
    let prefixes = PrefixCache()
    /// Nil where the model has none.
    let template: ChatTemplate?
    /// The SHA-256 of its text.
    let templateDigest: String?
    private let beginningText: String
    private let endText: String
    /// The tokens that end an answer.
    let endTokens: Set<Int32>

    /// Opens the model without its weights.
    /// - Throws: `notFound`, `malformed`, `unsupported`; `mismatch` for a tokenizer that has tokens
    ///   beyond the model's embeddings.
    init(path: String, quantization: Quantization?) throws(TandemError) {
        file = try ModelFile.open(path: path)
        self.quantization = quantization
        let source: (text: String?, file: String)
        switch file.vocabulary {
        case .gguf(let metadata):
            configurationDigests = try FileDigests([], in: metadata.path)
            tokenizer = try Tokenizer(VocabularyData(metadata))
            source = (metadata["tokenizer.chat_template"]?.string, metadata.path)
            beginningText = tokenizer.beginningOfSequence.map(tokenizer.name) ?? ""
            endText = tokenizer.endOfSequence.map(tokenizer.name) ?? ""
        case .huggingFace(let folder):
            configurationDigests = try FileDigests(
                [
                    "config.json", "generation_config.json", "tokenizer.json",
                    "tokenizer_config.json", "chat_template.jinja",
                ], in: folder)
            let files = try TokenizerFolder(folder)
            tokenizer = files.tokenizer
            source = (files.chatTemplate, files.chatTemplateFile)
            (beginningText, endText) = (files.beginningText, files.endText)
        }
        let rows = file.configuration.vocabularySize
        guard tokenizer.vocabularySize <= rows else {
            throw TandemError(
                .mismatch,
                "the tokenizer has \(tokenizer.vocabularySize) tokens, the model has embeddings for "
                    + "\(rows)",
                file: tokenizer.file, remedy: "the tokenizer belongs to another model")
        }
        templateDigest = source.text.map { SHA256.hex($0) }
        if let text = source.text {
            template = try ChatTemplate(text, name: source.file)
        } else {
            template = nil
        }
        var ends = Set(file.generation.endOfSequence)
        if let end = tokenizer.endOfSequence { ends.insert(end) }
        endTokens = ends
        if let type = quantization?.type {
            weightByteCount = file.parameterCount / type.blockElements * type.blockBytes
        } else {
            weightByteCount = file.byteCount
        }
    }

    /// Loads the weights where they are out.
    /// - Parameters:
    ///   - engines: what they hold already is not held again.
    ///   - folder: where packed weights are kept.
    /// - Throws: `malformed`, `unsupported`, `numeric`; `limit` without memory.
    /// - Complexity: O(weights).
    func bringIn(_ workers: Workers, sharing engines: [Engine], keptIn folder: PackedFolder?)
        throws(TandemError) -> Stepper
    {
        if let stepper { return stepper }
        let engine = try Engine(
            file, workers: workers, quantization: quantization, sharing: engines, keptIn: folder)
        // Norms and the vocabulary were read; their pages need not stay.
        file.releasePages()
        weightByteCount = engine.byteCount
        let loaded = Stepper(engine, workers: workers)
        stepper = loaded
        wasLoaded = true
        return loaded
    }

    /// The type of most weights in memory.
    var typeLabel: String {
        quantization.map { "\($0.type.rawValue) (from \(file.typeLabel))" } ?? file.typeLabel
    }

    /// The SHA-256 of the vocabulary and what belongs to it.
    /// - Complexity: O(bytes of all pieces).
    func tokenizerDigest() -> String? {
        switch file.vocabulary {
        case .gguf(let metadata): metadata.digest(of: "tokenizer.ggml.")
        case .huggingFace:
            configurationDigests.lines.first { $0.hasPrefix("tokenizer.json ") }
                .map { String($0.dropFirst("tokenizer.json ".count)) }
        }
    }

    /// Lets the weights go, and what was computed with them; nobody else may hold the engine.
    func letGo() {
        stepper = nil
        prefixes.evict(to: 0)
    }

    /// The ids that the model is given for `prompt`.
    /// - Throws: `unsupported` for a conversation where the model has no chat template; what the
    ///   template or the tokenizer refuses.
    func encode(_ prompt: Prompt) throws(TandemError) -> [Int32] {
        switch prompt {
        case .completion(let text):
            let ids = try tokenizer.encode(text, isTrusted: true, addsSpecialTokens: true)
            if !ids.isEmpty { return ids }
            guard let first = tokenizer.beginningOfSequence ?? tokenizer.endOfSequence else {
                throw TandemError(.usage, "there is nothing to continue", remedy: "give some text")
            }
            return [first]
        case .chat(let messages): return try encode(messages, opening: "")
        }
    }

    /// What ``encode(_:)`` makes tokens of.
    func render(_ prompt: Prompt) throws(TandemError) -> String {
        switch prompt {
        case .completion(let text): text
        case .chat(let messages): try render(messages).text
        }
    }

    private func render(_ messages: [Message]) throws(TandemError) -> PromptText {
        guard let template else {
            throw TandemError(
                .unsupported, "the model has no chat template", file: file.path,
                remedy: "continue text as it stands with /complete TEXT")
        }
        return try template.render(
            messages, addGenerationPrompt: true, bosToken: beginningText, eosToken: endText)
    }

    /// The ids of a conversation whose answer begins with `opening`.
    func encode(_ messages: [Message], opening: String) throws(TandemError) -> [Int32] {
        var rendered = try render(messages)
        rendered.append(opening, isTrusted: false)
        return try tokenizer.encode(rendered, addsSpecialTokens: false)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
