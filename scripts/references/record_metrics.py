"""Records what rouge_score, nltk and sacrebleu give for the texts of pair_texts.py.
usage: record_metrics.py   writes Tests/MetricsTests/References/pairs.json and stems.json"""
import json
import pathlib
import random

import nltk
import sacrebleu
from importlib.metadata import version
from nltk.stem.porter import PorterStemmer
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from rouge_score import rouge_scorer

from pair_texts import ENDINGS, FILLERS, PAIRS, PASSAGES, ROOTS, WORDS

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/References"
ROUGE = ["rouge1", "rouge2", "rougeL", "rougeLsum"]


def perturbed(text, rng, rate):
    """The text with about `rate` of its words dropped, doubled, replaced or swapped."""
    words = text.split(" ")
    result = []
    for word in words:
        if rng.random() >= rate:
            result.append(word)
            continue
        kind = rng.randrange(5)
        if kind == 1:
            result += [word, word]
        elif kind == 2:
            result.append(rng.choice(FILLERS))
        elif kind == 3:
            result.insert(max(0, len(result) - 1), word)
        elif kind == 4:
            result.append(word.upper() if rng.random() < 0.5 else word.strip(".,;:!?"))
    return " ".join(result)


def pairs():
    rng = random.Random(20)
    yield from PAIRS
    for index, passage in enumerate(PASSAGES):
        for rate in (0.05, 0.2, 0.4, 0.7):
            yield f"passage {index}, {rate} of the words", perturbed(passage, rng, rate), passage
        words = passage.split(" ")
        yield f"passage {index}, first half", " ".join(words[: len(words) // 2]), passage
        shuffled = rng.sample(words, len(words))
        yield f"passage {index}, shuffled", " ".join(shuffled), passage
        other = PASSAGES[(index + 1) % len(PASSAGES)]
        yield f"passage {index} against another", passage, other
    everything = "\n".join(PASSAGES)
    yield "all passages", perturbed(everything, rng, 0.15), everything
    yield "all passages against one", everything, PASSAGES[0]


def scores(prediction, reference, scorer):
    rouge = scorer.score(reference, prediction)
    values = {name: rouge[name].fmeasure for name in ROUGE}
    values["bleu"] = float(
        sentence_bleu(
            [reference.lower().split()],
            prediction.lower().split(),
            smoothing_function=SmoothingFunction().method1,
        )
    )
    values["sacrebleu"] = float(sacrebleu.sentence_bleu(prediction, [reference]).score)
    return {name: float(value) for name, value in values.items()}


def main():
    scorer = rouge_scorer.RougeScorer(ROUGE, use_stemmer=True)
    made_by = {name: version(name) for name in ("rouge_score", "nltk", "sacrebleu")}
    items = [
        {"about": about, "prediction": p, "reference": r, **scores(p, r, scorer)}
        for about, p, r in pairs()
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(item, ensure_ascii=True) for item in items)
    head = json.dumps({"versions": made_by})[:-1]
    (OUT / "pairs.json").write_text(f'{head}, "pairs": [\n{lines}\n]}}\n')

    stemmer = PorterStemmer()
    words = list(WORDS) + [root + ending for root in ROOTS for ending in ENDINGS]
    for passage in PASSAGES:
        words += [w for w in passage.lower().split() if w.isascii() and w.isalnum()]
    stems = {word: stemmer.stem(word) for word in sorted(set(words))}
    lines = ",\n".join(f"{json.dumps(w)}: {json.dumps(s)}" for w, s in stems.items())
    (OUT / "stems.json").write_text(f'{{"nltk": "{nltk.__version__}", "stems": {{\n{lines}\n}}}}\n')
    print(f"{len(items)} pairs, {len(stems)} stems")


main()
