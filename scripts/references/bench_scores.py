"""Times `tandem score` beside Python's packages: whole process against whole process, on generated
pairs, the median of several runs in turns; checks that both give the same scores.
usage: bench_scores.py [--pairs 10000] [--runs 3] [PACKAGE…]   (after `swift build -c release`)"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

from generated_pairs import changed, sentence

HERE = pathlib.Path(__file__).resolve().parent
TANDEM = HERE.parents[1] / ".build/release/tandem"
METRICS = {
    "rouge": "rouge1,rouge2,rougeL,rougeLsum",
    "nltk": "bleu",
    "sacrebleu": "sacrebleu",
    "chrf": "chrf",
    "squad": "f1,squad_em",
}
# Without TER, which takes Python minutes by itself.
METRICS["all"] = ",".join(METRICS.values())
METRICS["ter"] = "ter"


def timed(command):
    start = time.perf_counter()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return time.perf_counter() - start, json.loads(output)


def write_pairs(path, count):
    rng = random.Random(10)
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(count):
            text = sentence(rng, rng.randrange(8, 60))
            prediction = changed(text, rng, rng.choice([0.1, 0.25, 0.5]), [])
            file.write(json.dumps({"prediction": prediction, "reference": text}) + "\n")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--pairs", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("packages", nargs="*", default=[])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/pairs.jsonl"
        write_pairs(path, arguments.pairs)
        print(f"{arguments.pairs} pairs, medians of {arguments.runs} runs, seconds")
        print(f"{'package':<10}{'Python':>9}{'tandem':>9}{'times':>7}")
        for package in arguments.packages or METRICS:
            own = [TANDEM, "score", path, "--metrics", METRICS[package], "--json"]
            peer = [sys.executable, HERE / "score_pairs.py", path, package]
            times = ([], [])
            for _ in range(arguments.runs):
                seconds, theirs = timed(peer)
                times[0].append(seconds)
                seconds, ours = timed(own)
                times[1].append(seconds)
                for name, value in theirs.items():
                    if abs(ours["metrics"][name] - value) > 1e-9 * max(1, abs(value)):
                        sys.exit(f"{name}: {ours['metrics'][name]}, not {value}")
            python, tandem = (statistics.median(list_) for list_ in times)
            print(f"{package:<10}{python:>9.2f}{tandem:>9.3f}{python / tandem:>7.0f}", flush=True)


main()
