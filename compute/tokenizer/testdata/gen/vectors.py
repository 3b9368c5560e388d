#!/usr/bin/env python3
"""Trains small tokenizers of each family with PyPI's `tokenizers` and writes, for each, its
tokenizer.json and the ids it gives for the strings of texts.py.

Run from this folder:  python3 vectors.py CORPUS...

CORPUS are text files to train on (Go's own sources and the OWASP sections were used; neither
is stored). Written to ..:

    texts.gz               the strings
    FAMILY.tokenizer.gz    its tokenizer.json
    FAMILY.vectors.gz      {"ids": ids with special tokens added, "plain": {index: ids where special
                           tokens are text}, "decoded": {index: text that the
                           ids without special tokens decode to, where it is not the string}}
    variants.gz            the same for other settings, and every 7th string
    trained.gz             the vocabulary and merges that BpeTrainer makes of the strings
"""

import copy
import gzip
import json
import sys

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors, trainers
from tokenizers.models import BPE

from texts import SPECIALS, texts

GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
])
DEEPSEEK = r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""

TEXTS = texts()
WITH_SPECIALS = range(len(TEXTS) - 400, len(TEXTS))


def corpus():
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            yield f.read()


def trainer(size, specials, **more):
    return trainers.BpeTrainer(vocab_size=size, special_tokens=specials, show_progress=False, **more)


def train_bytes(pretok, size, specials, normalizer=None):
    t = Tokenizer(BPE())
    t.pre_tokenizer = pretok
    if normalizer:
        t.normalizer = normalizer
    t.decoder = decoders.ByteLevel()
    # TEXTS bring the scripts that the corpus lacks.
    t.train_from_iterator(list(corpus()) + TEXTS, trainer(size, specials, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return t


def byte_level(prefix=False, regex=False):
    return pre_tokenizers.ByteLevel(add_prefix_space=prefix, use_regex=regex)


def split(pattern, behavior="isolated", invert=False):
    return pre_tokenizers.Split(Regex(pattern), behavior, invert=invert)


def special(s, **flags):
    return AddedToken(s, special=True, normalized=False, **flags)


def gpt2():
    t = train_bytes(byte_level(regex=True), 2400, ["<|endoftext|>"])
    t.post_processor = processors.ByteLevel(trim_offsets=True)
    t.add_special_tokens([special("<mask>", lstrip=True), special("<fim>", rstrip=True)])
    t.add_tokens([AddedToken("<one>", single_word=True), AddedToken("OpenLedger", single_word=True, normalized=False), AddedToken("two words")])
    j = json.loads(t.to_str())
    j["model"]["merges"] = [" ".join(m) for m in j["model"]["merges"]]  # the old spelling
    return j


def llama3():
    t = train_bytes(pre_tokenizers.Sequence([split(LLAMA3), byte_level()]), 2400, [])
    names = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"] + [f"<|reserved_special_token_{i}|>" for i in range(20)]
    t.add_special_tokens([special(s) for s in names])
    bos = t.token_to_id("<|begin_of_text|>")
    t.post_processor = processors.Sequence([
        processors.ByteLevel(trim_offsets=True),
        processors.TemplateProcessing(single="<|begin_of_text|> $A", pair="<|begin_of_text|> $A <|begin_of_text|>:1 $B:1", special_tokens=[("<|begin_of_text|>", bos)]),
    ])
    j = json.loads(t.to_str())
    m = j["model"]
    m["ignore_merges"] = True
    # Some tokens no merge leads to: only ignore_merges finds them.
    used = {p for merge in m["merges"] for p in merge}
    m["merges"] = [p for i, p in enumerate(m["merges"]) if i % 7 or "".join(p) in used]
    return j


def qwen2():
    t = train_bytes(pre_tokenizers.Sequence([split(QWEN2), byte_level()]), 2400, [], normalizers.NFC())
    t.add_special_tokens([special(s) for s in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]])
    t.add_tokens([AddedToken(s, normalized=False) for s in ["<think>", "</think>", "<tool_call>"]])
    t.add_tokens([AddedToken("caf\u00e9"), AddedToken("cafe\u0301s")])
    t.post_processor = processors.ByteLevel(trim_offsets=False)
    return json.loads(t.to_str())


def llama2():
    t = Tokenizer(BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    bytes_ = [f"<0x{b:02X}>" for b in range(256)]
    t.train_from_iterator(list(corpus()) + TEXTS, trainer(2400, ["<unk>", "<s>", "</s>"] + bytes_, limit_alphabet=220))
    t.pre_tokenizer = None
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
    t.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)])
    j = json.loads(t.to_str())
    j["added_tokens"] = [a for a in j["added_tokens"] if a["id"] < 3]
    t = Tokenizer.from_str(json.dumps(j))
    t.add_tokens([AddedToken("two words")])
    return json.loads(t.to_str())


def part(component):
    """The JSON of a pre-tokenizer, normalizer, decoder or post-processor."""
    return json.loads(component.__getstate__())


def variants(families):
    """Other settings over a family's model: name -> (family, keys that differ)."""
    space = lambda **k: part(pre_tokenizers.Metaspace(replacement="▁", **k))
    spm = families["llama2"]["model"]
    # Merges over word boundaries, a vocabulary with some bytes only, unknown tokens apart.
    crossing = copy.deepcopy(spm)
    size = len(crossing["vocab"])
    added = families["llama2"]["added_tokens"][:3]
    for left, right in [("e", "▁"), ("s", "▁t"), ("▁", "▁"), ("▁▁", "▁▁"), ("▁the", "▁")]:
        if left + right not in crossing["vocab"]:
            crossing["vocab"][left + right] = size
            size += 1
        crossing["merges"].insert(40, [left, right])
    crossing["fuse_unk"] = False
    for b in (0x98, 0xA9, 0xE5):
        crossing["vocab"][f"<gone{b}>"] = crossing["vocab"].pop(f"<0x{b:02X}>")
    fused = dict(crossing, fuse_unk=True)
    yield "crossing", "llama2", {"model": crossing, "added_tokens": added}
    yield "fused", "llama2", {"model": fused, "added_tokens": added, "normalizer": part(normalizers.Sequence([normalizers.NFC(), normalizers.Replace(" ", "▁")]))}
    none = {"normalizer": None}
    yield "metaspace-first", "llama2", none | {"pre_tokenizer": space(prepend_scheme="first", split=False)}
    yield "metaspace-always", "llama2", none | {"pre_tokenizer": space(prepend_scheme="always", split=True), "decoder": part(decoders.Metaspace())}
    yield "metaspace-never", "llama2", none | {"pre_tokenizer": space(prepend_scheme="never", split=True), "decoder": part(decoders.Metaspace(prepend_scheme="never"))}
    yield "gemma", "llama2", {
        "normalizer": part(normalizers.Replace(" ", "▁")),
        "pre_tokenizer": {"type": "Split", "pattern": {"String": " "}, "behavior": "MergedWithPrevious", "invert": False},
        "decoder": part(decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])),
    }
    seq = lambda *p: {"pre_tokenizer": part(pre_tokenizers.Sequence(list(p)))}
    yield "smollm2", "gpt2", seq(pre_tokenizers.Digits(individual_digits=True), byte_level(regex=True))
    yield "digits", "gpt2", seq(pre_tokenizers.Digits(individual_digits=False), byte_level(regex=True))
    yield "prefix-space", "gpt2", seq(byte_level(prefix=True, regex=True))
    yield "o200k", "gpt2", seq(split(O200K), byte_level())
    yield "qwen35", "gpt2", seq(split(QWEN2.replace(r"\p{L}+", r"[\p{L}\p{M}]+").replace(r"[^\s\p{L}\p{N}]", r"[^\s\p{L}\p{M}\p{N}]")), byte_level())
    yield "deepseek", "gpt2", seq(split(r"\p{N}{1,3}"), split(r"[一-龥぀-ゟ゠-ヿ]+"), split(DEEPSEEK), byte_level())
    yield "removed", "gpt2", seq(split(LLAMA3, "removed", True), byte_level())
    yield "spaces-removed", "gpt2", seq(split(r"\s+", "removed"), byte_level())
    yield "with-next", "gpt2", seq(split(r"[a-f]", "merged_with_next"), byte_level())
    yield "with-previous", "gpt2", seq(split(r"[a-f]", "merged_with_previous"), byte_level())
    yield "contiguous", "gpt2", seq(split(r"[a-f]", "contiguous"), byte_level())
    yield "empty-matches", "gpt2", seq(split(r"x*|[A-Z]", "isolated"), byte_level())
    # \p{L} and \p{N} by the general engine, not by hand.
    yield "general", "gpt2", seq(split("(?:" + LLAMA3.replace("|\\s+(?!\\S)|\\s+", ")|\\s+(?!\\S)|\\s+")), byte_level())
    lossy = copy.deepcopy(families["gpt2"]["model"])
    dropped = {c for c in "ÃâðĠq"}
    lossy["vocab"] = {f"<gone{v}>" if dropped & set(k) else k: v for k, v in lossy["vocab"].items()}
    lossy["merges"] = [m for m in lossy["merges"] if not dropped & set(m)]
    yield "lossy", "gpt2", {"model": lossy}


def dump(name, value):
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    with open(f"../{name}.gz", "wb") as f, gzip.GzipFile(fileobj=f, mode="wb", compresslevel=9, mtime=0, filename="") as z:
        z.write(data)


def vectors(j, chosen):
    t = Tokenizer.from_str(json.dumps(j))
    ids = [t.encode(TEXTS[i]).ids for i in chosen]
    bare = [t.encode(TEXTS[i], add_special_tokens=False).ids for i in chosen]
    # tokenizers takes an added token of non-ASCII letters for bytes when it decodes; Decode does not.
    right = "caf\u00e9" if t.token_to_id("caf\u00e9") is not None else "caf\ufffd"
    text = lambda ids: t.decode(ids, skip_special_tokens=False).replace("caf\ufffd", right)
    decoded = {n: d for n, i in enumerate(chosen) if (d := text(bare[n])) != TEXTS[i]}
    t.encode_special_tokens = True
    plain = {n: p for n, i in enumerate(chosen) if i in WITH_SPECIALS and (p := t.encode(TEXTS[i]).ids) != ids[n]}
    return {"ids": ids, "plain": plain, "decoded": decoded}


families = {"gpt2": gpt2(), "llama3": llama3(), "qwen2": qwen2(), "llama2": llama2()}
dump("texts", {"made_by": f"tokenizers {tokenizers.__version__}", "texts": TEXTS})
everything = range(len(TEXTS))
for name, j in families.items():
    dump(name + ".tokenizer", j)
    v = vectors(j, everything)
    dump(name + ".vectors", v)
    print(name, len(v["ids"]), "strings", sum(map(len, v["ids"])), "ids", len(v["plain"]), "plain", len(v["decoded"]), "decoded otherwise")
some = list(range(0, len(TEXTS), 7))
out = {}
for name, family, diff in variants(families):
    v = vectors(families[family] | diff, some)
    if "model" in diff:  # only what differs from the family's
        base, own = families[family]["model"], diff["model"]
        diff = diff | {"model": {k: v for k, v in own.items() if v != base[k]}}
    out[name] = {"family": family, "differs": diff, **v}
    print(name, len(v["ids"]), "strings", sum(map(len, v["ids"])), "ids")
dump("variants", {"every": 7, "variants": out})
trained = {}
for name, pattern in {"gpt2": GPT2, "llama3": LLAMA3, "qwen2": QWEN2}.items():
    t = Tokenizer(BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence([split(pattern), byte_level()])
    if name == "qwen2":
        t.normalizer = normalizers.NFC()
    t.train_from_iterator(TEXTS, trainer(1500, ["<|bos|>", "<|eos|>"], min_frequency=2, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    model = json.loads(t.to_str())["model"]
    trained[name] = {"tokens": sorted(model["vocab"], key=model["vocab"].get), "merges": model["merges"]}
dump("trained", trained)
