"""Records what transformers, and peft (not merged), answer greedily to 100 prompts, in f32.
usage: record_greedy.py [--model FILE.gguf] [--adapter DIR]
writes Tests/LanguageModelsTests/References/greedy.json and logits.json; without an adapter, base alone"""
import argparse
import json
import pathlib
import sys
from importlib.metadata import version

import torch

from demo_model import DEFAULT_ADAPTER, DEFAULT_PATH, chat_ids, greedy, load_model, load_tokenizer
from prompts import CHAT, LONG

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "demo"))
from tickets import test_pairs  # noqa: E402

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/LanguageModelsTests/References"
NEW_TOKENS = 64
LONG_TOKENS = 512
TOP = 5


def prompts():
    """100 prompts: those of prompts.py, the questions of the demo's general.txt, held-out tickets."""
    lines = (HERE.parent / "demo/general.txt").read_text().splitlines()
    questions = [line.split("\t")[0] for line in lines if "\t" in line]
    tickets = [prompt for prompt, _ in test_pairs()][::4][: 100 - len(CHAT) - len(questions)]
    return CHAT + questions + tickets


def answers(model, tokenizer):
    """For each prompt: new ids, their text, why it ended, and the gaps between the two best logits."""
    for prompt in prompts():
        new, gaps = greedy(model, tokenizer, chat_ids(tokenizer, prompt), NEW_TOKENS)
        yield {
            "ids": new,
            "text": tokenizer.decode(new, skip_special_tokens=True),
            "finish": "stop" if new[-1] == tokenizer.eos_token_id else "length",
            "gaps": [float(f"{gap:.6g}") for gap in gaps],
        }


def top_logits(model, ids):
    """The best logits at every position of `ids`."""
    with torch.no_grad():
        logits = model(torch.tensor([ids])).logits[0].float()
    for position in range(len(ids)):
        values, best = logits[position].topk(TOP)
        yield {
            "position": position,
            "ids": best.tolist(),
            "logits": [float(f"{value:.9g}") for value in values.tolist()],
            "logSumExp": float(f"{torch.logsumexp(logits[position].double(), 0).item():.9g}"),
        }


def write(name, head, key, items):
    OUT.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    (OUT / name).write_text(f'{json.dumps(head)[:-1]}, "{key}": [\n{lines}\n]}}\n')


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", default=DEFAULT_PATH)
    options.add_argument("--adapter", default=DEFAULT_ADAPTER, type=pathlib.Path)
    options = options.parse_args()
    torch.set_num_threads(2)
    tokenizer, model = load_tokenizer(options.model), load_model(options.model)
    head = {"versions": {name: version(name) for name in ("torch", "transformers", "peft")}}
    long_ids = tokenizer(LONG, add_special_tokens=False)["input_ids"][:LONG_TOKENS]
    assert len(long_ids) == LONG_TOKENS

    records = [
        {"prompt": prompt, "promptIDs": chat_ids(tokenizer, prompt), "base": answer}
        for prompt, answer in zip(prompts(), answers(model, tokenizer))
    ]
    logits = [{"variant": "base", "positions": list(top_logits(model, long_ids))}]
    if options.adapter.is_dir():
        from peft import PeftModel

        tuned = PeftModel.from_pretrained(model, options.adapter).eval()
        for record, answer in zip(records, answers(tuned, tokenizer)):
            record["tuned"] = answer
        logits.append({"variant": "tuned", "positions": list(top_logits(tuned, long_ids))})
    write("greedy.json", {**head, "newTokens": NEW_TOKENS}, "prompts", records)
    write("logits.json", {**head, "text": LONG, "ids": long_ids}, "variants", logits)
    for record in records:
        for name in ("base", "tuned"):
            if name in record:
                answer = record[name]
                print(f"{name:5} min gap {min(answer['gaps']):9.5f} {answer['finish']:6} {answer['text']!r:.150}")


main()
