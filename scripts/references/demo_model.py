"""The demo model as transformers runs it: the GGUF's weights dequantised to f32."""
import os
import pathlib

import torch
from tokenizers import pre_tokenizers
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()

DEFAULT_PATH = pathlib.Path(
    os.environ.get("XDG_DATA_HOME") or pathlib.Path.home() / ".local/share"
) / "tandem/models/SmolLM2-135M-Instruct.Q4_1.gguf"
DEFAULT_ADAPTER = pathlib.Path(__file__).resolve().parents[1] / "demo/adapter"


def load_tokenizer(path):
    """The tokenizer in the GGUF, with the pre-tokenizer that its `tokenizer.ggml.pre = smollm` names.

    transformers ignores that key and splits as GPT-2 does; SmolLM2 splits digits off first.
    """
    path = pathlib.Path(path)
    tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
    tokenizer.backend_tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    return tokenizer


def load_model(path):
    """The model in f32, as a plain (not quantised) transformers model."""
    path = pathlib.Path(path)
    model = AutoModelForCausalLM.from_pretrained(
        path.parent, gguf_file=path.name, dtype=torch.float32
    )
    model.is_quantized, model.hf_quantizer, model.quantization_method = False, None, None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    return model.eval()


def chat_ids(tokenizer, prompt):
    """The ids of a single-turn chat with this user message, ready for the assistant's answer."""
    rendered = tokenizer.apply_chat_template(
        [{"role": "user", "content": prompt}], add_generation_prompt=True, tokenize=False
    )
    return tokenizer(rendered, add_special_tokens=False)["input_ids"]


def greedy(model, tokenizer, ids, max_new_tokens):
    """Greedy continuation of `ids`: new ids (with the final end-of-turn id), gaps of the two best logits."""
    with torch.no_grad():
        out = model.generate(
            torch.tensor([ids]),
            attention_mask=torch.ones(1, len(ids), dtype=torch.long),
            max_new_tokens=max_new_tokens,
            do_sample=False,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.eos_token_id,
            output_logits=True,
            return_dict_in_generate=True,
        )
    new = out.sequences[0, len(ids):].tolist()
    best = [step[0].float().topk(2).values for step in out.logits]
    return new, [float(values[0] - values[1]) for values in best]
