"""Records what rouge_score, nltk, sacrebleu and lm-eval give for the pairs of generated_pairs.py.
usage: record_scores.py   writes Tests/MetricsTests/References/texts.jsonl and scores.jsonl"""
import json
import pathlib
from importlib.metadata import version

from lm_eval.api.metrics import exact_match_hf_evaluate
from lm_eval.filters.extraction import RegexFilter
from lm_eval.tasks.qasper.metrics import f1_abstractive, normalize_answer
from nltk.metrics.distance import edit_distance
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF, TER

from generated_pairs import pairs

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/References"
ROUGE = ["rouge1", "rouge2", "rougeL", "rougeLsum"]
TOKENIZERS = ["13a", "intl", "char", "none"]
# How many pairs make one corpus, and one row with several references.
CORPUS, SEVERAL = 55, 3
# (pattern, which match counts): what lm-eval's filter captures in the answers; the last is GSM8K's.
CAPTURES = [
    (r"[A-Z]\w+", 0),
    (r"(\w+)ly\b|(\d+)", 0),
    (r"\b(?:the|a)\s+(\S+)", 0),
    (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", -1),
]

stemmed = rouge_scorer.RougeScorer(ROUGE, use_stemmer=True)
plain = rouge_scorer.RougeScorer(ROUGE, use_stemmer=False)
corpus_metrics = {f"sacrebleu:{name}": BLEU(tokenize=name, force=True) for name in TOKENIZERS}
sentence_metrics = {
    f"sacrebleu:{name}": BLEU(tokenize=name, effective_order=True) for name in TOKENIZERS
}
for both in (corpus_metrics, sentence_metrics):
    both |= {"chrf": CHRF(), "chrf++": CHRF(word_order=2), "ter": TER()}


def squad_f1(prediction, reference):
    """lm-eval's, and for empty answers the rule of SQuAD 2.0."""
    found, wanted = normalize_answer(prediction).split(), normalize_answer(reference).split()
    if not found or not wanted:
        return int(found == wanted)
    return f1_abstractive([prediction], [reference])


def scores(prediction, references):
    values = {}
    for end, scorer in (("", stemmed), ("_unstemmed", plain)):
        rouge = scorer.score_multi(references, prediction)
        values |= {name + end: rouge[name].fmeasure for name in ROUGE}
    values["bleu"] = sentence_bleu(
        [reference.lower().split() for reference in references],
        prediction.lower().split(),
        smoothing_function=SmoothingFunction().method1,
    )
    for name, metric in sentence_metrics.items():
        values[name] = metric.sentence_score(prediction, references).score
    values["f1"] = max(squad_f1(prediction, reference) for reference in references)
    values["squad_em"] = max(
        int(normalize_answer(prediction) == normalize_answer(r)) for r in references
    )
    values["exact_match"] = max(
        float(exact_match_hf_evaluate(predictions=[prediction], references=[reference])["exact_match"])
        for reference in references
    )
    if max(len(text) for text in [prediction, *references]) < 500:
        values["edit_distance"] = min(edit_distance(prediction, r) for r in references)
    return values


def short(value):
    """13 digits: the values are compared to 1e-9, and the largest are below 10,000."""
    value = float(f"{float(value):.13g}")
    return int(value) if value == int(value) else value


def line(kind, first, count, values):
    return json.dumps({kind: first, "n": count} | {k: short(v) for k, v in values.items()})


def main():
    texts = pairs()
    packages = ("rouge_score", "nltk", "sacrebleu", "lm_eval")
    lines = [json.dumps({name: version(name) for name in packages})]
    names = list(scores("a", ["a"]))
    lines.append(json.dumps({"names": names}))
    for prediction, reference in texts:
        values = scores(prediction, [reference])
        lines.append(json.dumps([short(values[n]) if n in values else None for n in names]))
    for first in range(0, len(texts), CORPUS):
        part = texts[first : first + CORPUS]
        predictions, references = [p for p, _ in part], [[r for _, r in part]]
        values = {
            name: metric.corpus_score(predictions, references).score
            for name, metric in corpus_metrics.items()
        }
        lines.append(line("corpus", first, len(part), values))
    for first in range(300, 900, SEVERAL):
        references = [reference for _, reference in texts[first : first + SEVERAL]]
        lines.append(line("several", first, SEVERAL, scores(texts[first][0], references)))
    rows = [texts[first : first + SEVERAL] for first in range(300, 900, SEVERAL)]
    streams = [[row[k][1] for row in rows] for k in range(SEVERAL)]
    values = {
        name: metric.corpus_score([row[0][0] for row in rows], streams).score
        for name, metric in corpus_metrics.items()
    }
    lines.append(line("several_corpus", 300, SEVERAL, values))
    answers = [[prediction] for prediction, _ in texts]
    for pattern, which in CAPTURES:
        captured = RegexFilter(pattern, group_select=which).apply(answers, [{}] * len(answers))
        places = {i: c for i, [c] in enumerate(captured) if c != "[invalid]" and i < 1000}
        lines.append(
            json.dumps({"captures": pattern, "match": which, "n": 1000, "found": places})
        )
    (OUT / "scores.jsonl").write_text("\n".join(lines) + "\n")
    rows = (json.dumps(pair, ensure_ascii=False) for pair in texts)
    (OUT / "texts.jsonl").write_text("\n".join(rows) + "\n")
    print(f"{len(texts)} pairs, {len(names)} values each")


main()
