import Basics
import Inference
import ModelFiles
import Tokenizers

/// A model on disk, loaded: what its variants share.
final class LocalModel {
    let file: ModelFile
    let tokenizer: Tokenizer
    let stepper: Stepper
    /// What conversations that ended leave for the next ones.
    let prefixes = PrefixCache()
    /// Nil where the model has none.
    let template: ChatTemplate?
    private let beginningText: String
    private let endText: String
    /// The tokens that end an answer.
    let endTokens: Set<Int32>
    let loadSeconds: Double

    /// - Throws: `notFound`, `malformed`, `unsupported`, `numeric`; `mismatch` for a tokenizer that has
    ///   tokens beyond the model's embeddings.
    init(path: String, workers: Workers) throws(TandemError) {
        let start = ContinuousClock.now
        file = try ModelFile.open(path: path)
        let source: (text: String?, file: String)
        switch file.vocabulary {
        case .gguf(let metadata):
            tokenizer = try Tokenizer(VocabularyData(metadata))
            source = (metadata["tokenizer.chat_template"]?.string, metadata.path)
            beginningText = tokenizer.beginningOfSequence.map(tokenizer.name) ?? ""
            endText = tokenizer.endOfSequence.map(tokenizer.name) ?? ""
        case .huggingFace(let folder):
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
        if let text = source.text {
            template = try ChatTemplate(text, name: source.file)
        } else {
            template = nil
        }
        var ends = Set(file.generation.endOfSequence)
        if let end = tokenizer.endOfSequence { ends.insert(end) }
        endTokens = ends
        stepper = Stepper(try Engine(file, workers: workers), workers: workers)
        // The engine has its own copy; a second one of the file would only take memory.
        file.releasePages()
        loadSeconds = start.duration(to: .now).seconds
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
        case .chat(let messages):
            guard let template else {
                throw TandemError(
                    .unsupported, "the model has no chat template", file: file.path,
                    remedy: "continue text as it stands with /complete TEXT")
            }
            let rendered = try template.render(
                messages, addGenerationPrompt: true, bosToken: beginningText, eosToken: endText)
            return try tokenizer.encode(rendered, addsSpecialTokens: false)
        }
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
