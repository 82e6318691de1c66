"""Scores the rows of a JSONL file (prediction, reference) as people do it in Python, with one package or
with all; bench_scores.py times it. Prints the means and corpus scores.
usage: score_pairs.py FILE rouge|nltk|sacrebleu|chrf|ter|squad|all"""
import json
import sys

path, package = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    rows = [json.loads(line) for line in file]
predictions = [row["prediction"] for row in rows]
references = [row["reference"] for row in rows]
result = {}


def mean(values):
    return sum(values) / len(values)


if package in ("rouge", "all"):
    from rouge_score import rouge_scorer

    names = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    scorer = rouge_scorer.RougeScorer(names, use_stemmer=True)
    scores = [scorer.score(r, p) for p, r in zip(predictions, references)]
    result |= {name: mean([score[name].fmeasure for score in scores]) for name in names}
if package in ("nltk", "all"):
    from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu

    smoothing = SmoothingFunction().method1
    result["bleu"] = mean(
        [
            sentence_bleu([r.lower().split()], p.lower().split(), smoothing_function=smoothing)
            for p, r in zip(predictions, references)
        ]
    )
if package in ("sacrebleu", "chrf", "ter", "all"):
    from sacrebleu.metrics import BLEU, CHRF, TER

    kinds = {"sacrebleu": (BLEU, {"effective_order": True}), "chrf": (CHRF, {}), "ter": (TER, {})}
    for name, (kind, options) in kinds.items():
        if package == name or (package == "all" and name != "ter"):
            metric = kind(**options)
            items = [metric.sentence_score(p, [r]).score for p, r in zip(predictions, references)]
            result[name] = kind().corpus_score(predictions, [references]).score
if package in ("squad", "all"):
    from lm_eval.tasks.qasper.metrics import f1_abstractive, normalize_answer

    result["f1"] = mean([f1_abstractive([p], [r]) for p, r in zip(predictions, references)])
    result["squad_em"] = mean(
        [normalize_answer(p) == normalize_answer(r) for p, r in zip(predictions, references)]
    )
print(json.dumps(result))
