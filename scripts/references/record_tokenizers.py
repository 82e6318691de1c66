"""Records the ids that Hugging Face's tokenizers gives.
usage: record_tokenizers.py   writes Tests/TokenizersTests/References/tokenizers.json

Small vocabularies with the steps of popular Llama models around them: SmolLM2's, Llama 3's, Llama 2's and
Mistral's. Byte-level ones have no piece for bytes that no training text had, as SmolLM2's."""
import json
import pathlib
import random
from importlib.metadata import version

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
from tokenizers import pre_tokenizers, processors, trainers

from prompts import CHAT, LONG

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/TokenizersTests/References"
SPECIAL = ["<|begin|>", "<|end|>"]
LLAMA3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEXTS = CHAT + [LONG] + [
    "!! ?? -- == ... (a) [b] {c} naïve café – “quoted” 12 345 6789 ½ ²",
    "Grüße aus Köln, Москва, 東京 und ελληνικά; 🫖 tea\tand\ncoffee\r\n\n  indented",
]


def byte_level(splits, ignore_merges=False, special=SPECIAL):
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(splits)
    tokenizer.decoder = decoders.ByteLevel()
    # No initial alphabet: bytes that TEXTS have not are in no piece.
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(TEXTS, trainer)
    return tokenizer


def smollm2():
    return byte_level(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )


def with_unknown():
    """As smollm2, but what no piece spells becomes a token."""
    described = json.loads(smollm2().to_str())
    described["model"]["unk_token"] = SPECIAL[1]
    return Tokenizer.from_str(json.dumps(described))


def llama3():
    tokenizer = byte_level(
        [
            pre_tokenizers.Split(Regex(LLAMA3), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ],
        ignore_merges=True,
    )
    begin = processors.TemplateProcessing(
        single=f"{SPECIAL[0]} $A", special_tokens=[(SPECIAL[0], 0)]
    )
    tokenizer.post_processor = processors.Sequence([processors.ByteLevel(trim_offsets=False), begin])
    return tokenizer


def sentence_piece():
    """Pieces of characters, with the 256 byte tokens."""
    special = ["<unk>", "<s>", "</s>"]
    trained = Tokenizer(models.BPE())
    trained.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    trained.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")
    trained.train_from_iterator(
        TEXTS[:-1], trainers.BpeTrainer(vocab_size=400, special_tokens=special, show_progress=False)
    )
    described = json.loads(trained.to_str())
    pieces = special + [f"<0x{byte:02X}>" for byte in range(256)]
    names = sorted(described["model"]["vocab"], key=described["model"]["vocab"].get)
    pieces += [name for name in names if name not in special]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={piece: number for number, piece in enumerate(pieces)},
            merges=[tuple(merge) for merge in described["model"]["merges"]],
            unk_token="<unk>", fuse_unk=True, byte_fallback=True,
        )
    )
    tokenizer.add_special_tokens([AddedToken(name, normalized=False) for name in special])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 1)]
    )
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)]
    )
    return tokenizer


def llama2():
    tokenizer = sentence_piece()
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    return tokenizer


def mistral():
    tokenizer = sentence_piece()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    return tokenizer


def inputs():
    yield from TEXTS
    yield from ["", " ", "\n\n", "  two  spaces ", "\x04", "a\x04b", "!\x04!", "-\x06-\x04-", "\x00\x1f\x7f"]
    yield from ["\U00040000x", "\U0010ffff", "x\u00ff\u0085y", "tab\tand\u00a0space", "It's 12345678 o'clock, DON'T"]
    yield from ["e\u0301 é", "ﬁ ｆｕｌｌ", "नमस्ते दुनिया", "안녕 세상", "👩‍👩‍👧‍👦 🇩🇪", "<|end|> <s> </s>"]
    draw = random.Random(5)
    letters = "ab Ab1! \x04\x14é東\n\t.'s=-\U00040001"
    for _ in range(60):
        yield "".join(draw.choice(letters) for _ in range(draw.randint(1, 24)))


def main():
    OUT.mkdir(exist_ok=True)
    result = {"versions": {"tokenizers": version("tokenizers")}, "texts": list(inputs()), "vocabularies": []}
    for make in [smollm2, with_unknown, llama3, llama2, mistral]:
        tokenizer = make()
        encodings = [tokenizer.encode(text) for text in result["texts"]]
        result["vocabularies"].append(
            {
                "name": make.__name__,
                "tokenizer": json.loads(tokenizer.to_str()),
                "ids": [encoding.ids for encoding in encodings],
                "decoded": [tokenizer.decode(encoding.ids) for encoding in encodings],
            }
        )
    text = json.dumps(result, ensure_ascii=True, separators=(",", ":"))
    (OUT / "tokenizers.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
