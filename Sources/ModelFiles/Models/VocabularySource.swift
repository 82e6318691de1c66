/// Where a model's vocabulary and chat template are.
public enum VocabularySource: Sendable {
    case gguf(GGUFMetadata)
    /// The path of a folder with `tokenizer.json` and its companions.
    case huggingFace(folder: String)
}
