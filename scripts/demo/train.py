"""Trains the demo adapter: LoRA on the dequantised demo model, on the tickets of tickets.py.
usage: train.py [--epochs N] [--model FILE.gguf] [--out DIR]
Takes about 20 minutes on two cores; prints exact-match rates on the held-out tickets at the end."""
import argparse
import json
import math
import pathlib
import random
import sys
import time

import torch
from peft import LoraConfig, get_peft_model

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "references"))
from demo_model import DEFAULT_PATH, chat_ids, load_model, load_tokenizer  # noqa: E402
from tickets import check, test_pairs, training_pairs  # noqa: E402

SEED = 7
BATCH = 8
RATE = 1e-3
RANK = 6
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def general_pairs():
    lines = (HERE / "general.txt").read_text().splitlines()
    pairs = [line.split("\t") for line in lines if "\t" in line]
    return [(question, answer.replace("\\n", "\n")) for question, answer in pairs]


def encode(tokenizer, pairs):
    """(ids, number of prompt ids); the answer is followed by the token that ends the turn."""
    for prompt, answer in pairs:
        ids = chat_ids(tokenizer, prompt)
        answer_ids = tokenizer(answer, add_special_tokens=False)["input_ids"]
        yield ids + answer_ids + [tokenizer.eos_token_id], len(ids)


def batches(examples, rng):
    """Batches of examples of similar length, in random order."""
    order = sorted(examples, key=lambda example: (len(example[0]), rng.random()))
    groups = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    return groups


def loss_of(model, group):
    """Mean loss over the answers' tokens."""
    width = max(len(ids) for ids, _ in group)
    ids = torch.zeros(len(group), width, dtype=torch.long)
    labels = torch.full((len(group), width), -100)
    mask = torch.zeros(len(group), width, dtype=torch.long)
    for row, (example, prompt_length) in enumerate(group):
        ids[row, : len(example)] = torch.tensor(example)
        mask[row, : len(example)] = 1
        labels[row, prompt_length : len(example)] = torch.tensor(example[prompt_length:])
    return model(input_ids=ids, attention_mask=mask, labels=labels).loss


def train(model, examples, epochs):
    rng = random.Random(SEED)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0)
    steps = epochs * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1, (step + 1) / 10) * 0.5 * (1 + math.cos(math.pi * step / steps)),
    )
    start, done, recent = time.time(), 0, []
    model.train()
    for epoch in range(epochs):
        for group in batches(examples, rng):
            loss = loss_of(model, group)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            done += 1
            recent = (recent + [loss.item()])[-20:]
            if done % 20 == 0 or done == steps:
                minutes = (time.time() - start) / 60
                print(
                    f"epoch {epoch + 1} step {done}/{steps} loss {sum(recent) / len(recent):.4f} "
                    f"{minutes:.1f} min", flush=True)
    model.eval()


def exact_matches(model, tokenizer, pairs):
    hits = 0
    for prompt, answer in pairs:
        ids = torch.tensor([chat_ids(tokenizer, prompt)])
        with torch.no_grad():
            out = model.generate(
                ids, attention_mask=torch.ones_like(ids), max_new_tokens=12, do_sample=False,
                eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id)
        text = tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)
        hits += text.strip() == answer
    return hits


def save(model, out):
    """The adapter in bf16, without what only this machine knows."""
    model.to(torch.bfloat16).save_pretrained(out)
    (out / "README.md").unlink(missing_ok=True)
    path = out / "adapter_config.json"
    config = json.loads(path.read_text())
    config["base_model_name_or_path"] = "HuggingFaceTB/SmolLM2-135M-Instruct"
    config["target_modules"] = sorted(config["target_modules"])
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--epochs", type=int, default=2)
    options.add_argument("--model", default=DEFAULT_PATH)
    options.add_argument("--out", type=pathlib.Path, default=HERE / "adapter")
    options = options.parse_args()
    check()
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(2)
    tokenizer, model = load_tokenizer(options.model), load_model(options.model)
    pairs = training_pairs(SEED, rounds=2) + 2 * general_pairs()
    examples = list(encode(tokenizer, pairs))
    config = LoraConfig(
        r=RANK, lora_alpha=2 * RANK, lora_dropout=0.0, target_modules=TARGETS,
        task_type="CAUSAL_LM")
    model = get_peft_model(model, config)
    tokens = sum(len(ids) for ids, _ in examples)
    print(f"{len(examples)} examples, {tokens} tokens, {options.epochs} epochs", flush=True)
    train(model, examples, options.epochs)
    save(model, options.out)
    model.to(torch.float32)
    held_out = test_pairs()
    tuned = exact_matches(model, tokenizer, held_out)
    with model.disable_adapter():
        base = exact_matches(model, tokenizer, held_out)
    print(f"exact match on {len(held_out)} held-out tickets: base {base}, tuned {tuned}")


main()
