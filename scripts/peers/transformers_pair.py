"""The usual Python way to compare a model with its fine-tune: each prompt continued by the base, then
with the adapter. The whole process is timed by who starts it.

usage: transformers_pair.py MODEL ADAPTER PROMPTS [--tokens 64] [--threads 2]
PROMPTS is a JSON list of texts. Prints one JSON line.
"""
import argparse
import json

import peft
import torch
import transformers

parser = argparse.ArgumentParser()
parser.add_argument('model')
parser.add_argument('adapter')
parser.add_argument('prompts')
parser.add_argument('--tokens', type=int, default=64)
parser.add_argument('--threads', type=int, default=2)
options = parser.parse_args()

torch.set_num_threads(options.threads)
tokenizer = transformers.AutoTokenizer.from_pretrained(options.model)
model = transformers.AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.bfloat16)
generated = []


def answer_all(answering):
    for text in json.loads(options.prompts):
        inputs = tokenizer(text, return_tensors='pt')
        length = inputs['input_ids'].shape[1]
        with torch.inference_mode():
            output = answering.generate(
                **inputs, do_sample=False, max_new_tokens=options.tokens,
                min_new_tokens=options.tokens)
        generated.append(output.shape[1] - length)


answer_all(model)
answer_all(peft.PeftModel.from_pretrained(model, options.adapter).eval())
print(json.dumps({'tokens': sum(generated), 'torch': torch.__version__,
                  'transformers': transformers.__version__, 'peft': peft.__version__}))
