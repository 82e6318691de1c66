"""Records what gguf-py rounds rows to.
usage: record_quantization.py   writes Tests/InferenceTests/References/quantization.json

Rows of 64 values: random ones of several sizes, as F32, BF16 and F16; zeros; values half-way between two
codes; one value alone in its block."""
import json
import pathlib
from importlib.metadata import version

import gguf
import numpy as np
from gguf.quants import quantize

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/InferenceTests/References"
COLUMNS = 64


def rows():
    rng = np.random.default_rng(3)
    for size in [0.02, 1.0, 300.0]:
        yield rng.normal(0, size, COLUMNS)
    yield rng.uniform(-1, 1, COLUMNS)
    yield np.zeros(COLUMNS)
    halves = np.arange(COLUMNS) % 32 * 0.5 - 8
    halves[[5, 40]] = [127, -127]
    yield halves
    fourths = np.arange(COLUMNS) % 32 * 0.25 - 3.5
    fourths[[5, 40]] = [8, -8]
    yield fourths
    yield np.where(np.arange(COLUMNS) == 33, -0.7, 0)
    yield rng.normal(0, 1e-6, COLUMNS)


def stored(values, kind):
    """The row as a file of this type holds it, and its exact values."""
    values = values.astype(np.float32)
    if kind == "F32":
        return values.astype("<f4").tobytes(), values
    if kind == "F16":
        half = values.astype("<f2")
        return half.tobytes(), half.astype(np.float32)
    bits = values.view(np.uint32)
    half = ((bits + 0x7FFF + (bits >> 16 & 1)) >> 16).astype("<u2")
    return half.tobytes(), (half.astype(np.uint32) << 16).view(np.float32)


def main():
    items = []
    for kind in ["F32", "F16", "BF16"]:
        for row in rows():
            data, values = stored(row, kind)
            item = {"type": kind, "row": data.hex()}
            for target in ["Q8_0", "Q4_0"]:
                blocks = quantize(values, gguf.GGMLQuantizationType[target])
                item[target] = blocks.tobytes().hex()
            items.append(item)
    OUT.mkdir(parents=True, exist_ok=True)
    head = json.dumps({"gguf": version("gguf"), "columns": COLUMNS})[:-1]
    lines = ",\n".join(json.dumps(item) for item in items)
    (OUT / "quantization.json").write_text(f'{head}, "rows": [\n{lines}\n]}}\n')


main()
