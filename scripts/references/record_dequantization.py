"""Records what gguf-py makes of random blocks of every supported type.
usage: record_dequantization.py   writes Tests/ModelFilesTests/References/dequantization.json

Bytes are random, except the blocks' f16 scales: those are finite and of ordinary size, as in a model;
each type's last block has its scales zero, subnormal or negative."""
import json
import pathlib
from importlib.metadata import version

import gguf
import numpy as np
from gguf.quants import dequantize

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/ModelFilesTests/References"
BLOCKS = 6

# Type → byte offsets of the f16 numbers in its block.
SCALES = {
    "Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2],
    "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208],
}
EDGE_SCALES = np.array([0x0000, 0x8000, 0x0001, 0x83FF, 0xBC00, 0x7BFF], dtype="<u2")


def floats(kind):
    """64 numbers of a half-precision type: random finite ones, then the edges of the format."""
    rng = np.random.default_rng(7)
    exponent_mask, edges = {
        "F16": (0x7C00, [0x0000, 0x8000, 0x0001, 0x03FF, 0x0400, 0x7BFF, 0xFBFF, 0x3C00, 0x3555]),
        "BF16": (0x7F80, [0x0000, 0x8000, 0x0001, 0x007F, 0x0080, 0x7F7F, 0xFF7F, 0x3F80, 0x3EAB]),
    }[kind]
    bits = rng.integers(0, 1 << 16, 200, dtype=np.uint16)
    finite = bits[(bits & exponent_mask) != exponent_mask][: 64 - len(edges)]
    return np.concatenate([finite, np.array(edges, dtype=np.uint16)]).view(np.uint8)


def blocks(kind):
    """Raw bytes of `BLOCKS` blocks."""
    rng = np.random.default_rng(list(SCALES).index(kind))
    size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType[kind]][1]
    raw = rng.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
    for block in range(BLOCKS):
        for offset in SCALES[kind]:
            if block < BLOCKS - 1:
                scale = rng.normal(0, 0.02, 1).astype("<f2").view("<u2")[0]
            else:
                scale = rng.choice(EDGE_SCALES)
            raw[block, offset : offset + 2] = np.array([scale], dtype="<u2").view(np.uint8)
    return raw.reshape(-1)


def main():
    items = []
    for kind in ["F16", "BF16", *SCALES]:
        raw = blocks(kind) if kind in SCALES else floats(kind)
        quantisation = gguf.GGMLQuantizationType[kind]
        values = dequantize(raw.view(np.float16) if kind == "F16" else raw, quantisation)
        values = np.asarray(values, dtype=np.float32).reshape(-1)
        elements, size = gguf.GGML_QUANT_SIZES[quantisation]
        assert values.size == raw.size // size * elements and np.isfinite(values).all()
        items.append(
            {
                "type": kind,
                "bytes": raw.tobytes().hex(),
                "float32": values.astype(">f4").tobytes().hex(),
            }
        )
    OUT.mkdir(parents=True, exist_ok=True)
    head = json.dumps(
        {
            "gguf": version("gguf"),
            "about": "bytes: as in the file; float32: the values' bit patterns, eight hex digits each",
        }
    )[:-1]
    lines = ",\n".join(json.dumps(item) for item in items)
    (OUT / "dequantization.json").write_text(f'{head}, "tensors": [\n{lines}\n]}}\n')


main()
