"""Records what nltk's Porter stemmer gives for the words of pair_texts.py.
usage: record_stems.py   writes Tests/MetricsTests/References/stems.json"""
import json
import pathlib

import nltk
from nltk.stem.porter import PorterStemmer

from pair_texts import ENDINGS, PASSAGES, ROOTS, WORDS

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/References"

stemmer = PorterStemmer()
words = list(WORDS) + [root + ending for root in ROOTS for ending in ENDINGS]
for passage in PASSAGES:
    words += [w for w in passage.lower().split() if w.isascii() and w.isalnum()]
stems = {word: stemmer.stem(word) for word in sorted(set(words))}
lines = ",\n".join(f"{json.dumps(w)}: {json.dumps(s)}" for w, s in stems.items())
(OUT / "stems.json").write_text(f'{{"nltk": "{nltk.__version__}", "stems": {{\n{lines}\n}}}}\n')
print(f"{len(stems)} stems")
