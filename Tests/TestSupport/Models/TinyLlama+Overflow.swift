import ModelFiles

extension TinyLlama {
    /// A file of which one token alone overflows: it has something where the other embeddings are zero,
    /// and one weight makes it huge.
    public func gguf(overflowingAt token: Int) -> GGUFWriter {
        let size = configuration.hiddenSize
        var writer = gguf()
        func change(_ which: LlamaTensor, _ body: (inout [Float]) -> Void) {
            var values = values(of: which)
            body(&values)
            writer.removeTensor(which.ggufName)
            writer.add(which.ggufName, .f32, shape: which.shape(in: configuration), values)
        }
        change(.tokenEmbedding) { values in
            for other in 0..<configuration.vocabularySize {
                values[other * size] = other == token ? 8 : 0
            }
        }
        change(.attentionOutput(0)) { values in for column in 0..<size { values[column] = 0 } }
        change(.up(0)) { values in
            for row in 0..<configuration.intermediateSize { values[row * size] = 3e38 }
        }
        return writer
    }
}
