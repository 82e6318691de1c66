extension LlamaTensor {
    /// The name in a Hugging Face checkpoint.
    public var hfName: String { hfModule + ".weight" }

    /// The name of the module that has this tensor as its weight, as adapters spell it.
    public var hfModule: String {
        switch self {
        case .tokenEmbedding: "model.embed_tokens"
        case .outputNorm: "model.norm"
        case .output: "lm_head"
        case .attentionNorm(let layer): "model.layers.\(layer).input_layernorm"
        case .query(let layer): "model.layers.\(layer).self_attn.q_proj"
        case .key(let layer): "model.layers.\(layer).self_attn.k_proj"
        case .value(let layer): "model.layers.\(layer).self_attn.v_proj"
        case .attentionOutput(let layer): "model.layers.\(layer).self_attn.o_proj"
        case .feedForwardNorm(let layer): "model.layers.\(layer).post_attention_layernorm"
        case .gate(let layer): "model.layers.\(layer).mlp.gate_proj"
        case .up(let layer): "model.layers.\(layer).mlp.up_proj"
        case .down(let layer): "model.layers.\(layer).mlp.down_proj"
        }
    }

    /// The name in a GGUF file.
    public var ggufName: String {
        switch self {
        case .tokenEmbedding: "token_embd.weight"
        case .outputNorm: "output_norm.weight"
        case .output: "output.weight"
        case .attentionNorm(let layer): "blk.\(layer).attn_norm.weight"
        case .query(let layer): "blk.\(layer).attn_q.weight"
        case .key(let layer): "blk.\(layer).attn_k.weight"
        case .value(let layer): "blk.\(layer).attn_v.weight"
        case .attentionOutput(let layer): "blk.\(layer).attn_output.weight"
        case .feedForwardNorm(let layer): "blk.\(layer).ffn_norm.weight"
        case .gate(let layer): "blk.\(layer).ffn_gate.weight"
        case .up(let layer): "blk.\(layer).ffn_up.weight"
        case .down(let layer): "blk.\(layer).ffn_down.weight"
        }
    }

    /// Whether this is a matrix that an adapter can change.
    public var isLinear: Bool {
        switch self {
        case .tokenEmbedding, .outputNorm, .attentionNorm, .feedForwardNorm: false
        case .output, .query, .key, .value, .attentionOutput, .gate, .up, .down: true
        }
    }
}
