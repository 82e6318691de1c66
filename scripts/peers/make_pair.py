"""Writes what transformers and peft need for the demo model: a Hugging Face folder in BF16, and a LoRA
adapter with random weights (r = 16 on all seven projections).

usage: make_pair.py MODEL.gguf FOLDER
writes FOLDER/smollm2-hf-bf16 and FOLDER/random-lora unless they are there.
"""
import os
import sys

import peft
import torch
import transformers

source, target = (os.path.abspath(path) for path in sys.argv[1:3])
model_folder, adapter_folder = f'{target}/smollm2-hf-bf16', f'{target}/random-lora'

if not os.path.exists(f'{model_folder}/config.json'):
    where = {'pretrained_model_name_or_path': os.path.dirname(source),
             'gguf_file': os.path.basename(source)}
    model = transformers.AutoModelForCausalLM.from_pretrained(**where, dtype=torch.float32)
    # Dequantised by now: what is saved must not say otherwise.
    model.hf_quantizer, model.is_quantized = None, False
    if hasattr(model.config, 'quantization_config'):
        del model.config.quantization_config
    transformers.AutoTokenizer.from_pretrained(**where).save_pretrained(model_folder)
    model.to(torch.bfloat16).save_pretrained(model_folder)

if not os.path.exists(f'{adapter_folder}/adapter_config.json'):
    torch.manual_seed(0)
    model = transformers.AutoModelForCausalLM.from_pretrained(model_folder, dtype=torch.float32)
    projections = [f'{name}_proj' for name in 'q k v o gate up down'.split()]
    adapted = peft.get_peft_model(model, peft.LoraConfig(
        task_type='CAUSAL_LM', r=16, lora_alpha=32, target_modules=projections))
    for name, weights in adapted.named_parameters():
        if 'lora_' in name:
            torch.nn.init.normal_(weights, std=0.02 if 'lora_A' in name else 0.01)
    adapted.save_pretrained(adapter_folder)
