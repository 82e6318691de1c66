import ModelFiles

extension TinyLlama {
    /// A file in which all tokens from `first` on have the embedding of `first`, and so the same logit.
    public func gguf(repeatingTokensFrom first: Int) -> GGUFWriter {
        let size = configuration.hiddenSize
        var values = values(of: .tokenEmbedding)
        for token in first..<configuration.vocabularySize {
            for column in 0..<size { values[token * size + column] = values[first * size + column] }
        }
        var writer = gguf()
        let name = LlamaTensor.tokenEmbedding.ggufName
        writer.removeTensor(name)
        writer.add(name, .f32, shape: LlamaTensor.tokenEmbedding.shape(in: configuration), values)
        return writer
    }
}
