"""Writes a model of TinyLlama's shape (1.1 billion parameters, random BF16 weights) as GGUF, and a LoRA
adapter for it (r = 16 on all seven projections, random, f32). Speed does not depend on the values.

usage: make_1b.py [FOLDER]     (numpy, gguf and safetensors; by default the peers' model folder)
writes FOLDER/tinyllama-shape-bf16.gguf (2.2 GB) and FOLDER/tinyllama-shape-lora unless they are there.
"""
import json
import os
import sys

import gguf
import numpy as np
from safetensors.numpy import save_file

HIDDEN, FEED_FORWARD, LAYERS, HEADS, KV_HEADS, VOCABULARY = 2048, 5632, 22, 32, 4, 32000
KV = HIDDEN // HEADS * KV_HEADS
RANK = 16
# GGUF name, PEFT name, outputs, inputs.
PROJECTIONS = [
    ('attn_q', 'self_attn.q_proj', HIDDEN, HIDDEN),
    ('attn_k', 'self_attn.k_proj', KV, HIDDEN),
    ('attn_v', 'self_attn.v_proj', KV, HIDDEN),
    ('attn_output', 'self_attn.o_proj', HIDDEN, HIDDEN),
    ('ffn_gate', 'mlp.gate_proj', FEED_FORWARD, HIDDEN),
    ('ffn_up', 'mlp.up_proj', FEED_FORWARD, HIDDEN),
    ('ffn_down', 'mlp.down_proj', HIDDEN, FEED_FORWARD),
]
# What is added to the residual stream is smaller, so that it does not grow with the layers.
RESIDUAL = {'attn_output', 'ffn_down'}


def bfloat16(values):
    """f32 rounded to the nearest BF16 (ties to even), as its 16 bits."""
    bits = values.view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def weights(random, outputs, inputs, deviation=0.02):
    values = random.standard_normal((outputs, inputs), dtype=np.float32) * np.float32(deviation)
    return bfloat16(values).view(np.uint8)


def add_vocabulary(writer):
    """A SentencePiece vocabulary without merges: the bytes spell every text, the rest is filler."""
    kind = gguf.TokenType
    tokens = [('<unk>', kind.UNKNOWN), ('<s>', kind.CONTROL), ('</s>', kind.CONTROL)]
    tokens += [(f'<0x{byte:02X}>', kind.BYTE) for byte in range(256)]
    tokens += [(c, kind.NORMAL) for c in ['▁'] + [chr(c) for c in range(0x21, 0x7F)]]
    tokens += [(f'<filler_{n}>', kind.NORMAL) for n in range(VOCABULARY - len(tokens))]
    writer.add_tokenizer_model('llama')
    writer.add_tokenizer_pre('default')
    writer.add_token_list([text for text, _ in tokens])
    writer.add_token_scores([-float(n) for n in range(len(tokens))])
    writer.add_token_types([int(of) for _, of in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(True)


def write_model(path):
    random = np.random.default_rng(0)
    writer = gguf.GGUFWriter(path + '.part', 'llama', use_temp_file=False)
    writer.add_name('TinyLlama shape, random weights')
    writer.add_vocab_size(VOCABULARY)
    writer.add_context_length(8192)
    writer.add_embedding_length(HIDDEN)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_rope_dimension_count(HIDDEN // HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_BF16)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    add_vocabulary(writer)

    # Described first and made one by one as they are written: never two in memory.
    made = []

    def describe(name, outputs, inputs, deviation=0.02):
        writer.add_tensor_info(name, (outputs, 2 * inputs), np.dtype(np.uint8), 2 * outputs * inputs,
                               raw_dtype=gguf.GGMLQuantizationType.BF16)
        made.append(lambda: weights(random, outputs, inputs, deviation))

    def describe_norm(name):
        writer.add_tensor_info(name, (HIDDEN,), np.dtype(np.float32), 4 * HIDDEN)
        made.append(lambda: np.ones(HIDDEN, dtype=np.float32))

    describe('token_embd.weight', VOCABULARY, HIDDEN)
    for layer in range(LAYERS):
        describe_norm(f'blk.{layer}.attn_norm.weight')
        describe_norm(f'blk.{layer}.ffn_norm.weight')
        for name, _, outputs, inputs in PROJECTIONS:
            deviation = 0.02 / (2 * LAYERS) ** 0.5 if name in RESIDUAL else 0.02
            describe(f'blk.{layer}.{name}.weight', outputs, inputs, deviation)
    describe_norm('output_norm.weight')
    describe('output.weight', VOCABULARY, HIDDEN)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_ti_data_to_file()
    for make in made:
        writer.write_tensor_data(make())
    writer.close()
    os.rename(path + '.part', path)


def write_adapter(folder):
    random = np.random.default_rng(1)
    tensors = {}
    for layer in range(LAYERS):
        for _, name, outputs, inputs in PROJECTIONS:
            prefix = f'base_model.model.model.layers.{layer}.{name}'
            a = random.standard_normal((RANK, inputs), dtype=np.float32)
            b = random.standard_normal((outputs, RANK), dtype=np.float32)
            tensors[f'{prefix}.lora_A.weight'] = a * np.float32(0.02)
            tensors[f'{prefix}.lora_B.weight'] = b * np.float32(0.01)
    os.makedirs(folder, exist_ok=True)
    save_file(tensors, f'{folder}/adapter_model.safetensors.part')
    os.rename(f'{folder}/adapter_model.safetensors.part', f'{folder}/adapter_model.safetensors')
    with open(f'{folder}/adapter_config.json', 'w') as file:
        json.dump({
            'peft_type': 'LORA', 'task_type': 'CAUSAL_LM', 'r': RANK, 'lora_alpha': 2 * RANK,
            'lora_dropout': 0.0, 'bias': 'none', 'fan_in_fan_out': False, 'inference_mode': True,
            'base_model_name_or_path': 'tinyllama-shape-bf16',
            'target_modules': [name.split('.')[1] for _, name, _, _ in PROJECTIONS],
        }, file, indent=2)


cache = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
peers = os.environ.get('TANDEM_PEERS') or f'{cache}/tandem-peers'
target = sys.argv[1] if len(sys.argv) > 1 else f'{peers}/models'
os.makedirs(target, exist_ok=True)
if not os.path.exists(f'{target}/tinyllama-shape-bf16.gguf'):
    write_model(f'{target}/tinyllama-shape-bf16.gguf')
if not os.path.exists(f'{target}/tinyllama-shape-lora/adapter_config.json'):
    write_adapter(f'{target}/tinyllama-shape-lora')
