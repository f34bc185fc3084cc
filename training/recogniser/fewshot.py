"""Train a tagger on few sentences, if wanted from an encoder that is first tuned on the corpus.

The two stages have heads of their own, since the corpus has other classes. The word embeddings are
frozen, and lower layers learn more slowly. Where the processor has bfloat16 it is used; results
repeat on the same kind of processor with the same number of threads.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from kg.encoder.words import words_of
from kg.ontology import load_ontology
from training.passages import Passage, read_corpus
from training.recogniser.augment import Tagged, plain, swapped
from training.recogniser.columns import Sentence
from training.recogniser.encoders import Encoder, load
from training.recogniser.examples import TAGS as CORPUS_TAGS
from training.recogniser.fit import lexicon_names
from training.recogniser.tagger import Encoded, Tagger, encode, tensors

# The share of a stage's steps in which its rates rise; then they fall to nothing.
_WARM = 0.1
_SWAP_PASSAGES = 0.5
OWN, CORPUS = "own", "corpus"
"""The heads: for the types of the sentences, and for the classes of the corpus."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; the rates are the peaks, of the top layer and of what is new."""

    corpus_epochs: float = 0.0
    epochs: int = 20
    rate: float = 2e-4
    head_rate: float = 1e-3
    rate_decay: float = 0.95
    last_layers: int = 4
    corpus_batch: int = 16
    batch: int = 8


SETTINGS: Mapping[str, Settings] = {
    "mpnet": Settings(),
    "minilm": Settings(epochs=30, rate=3e-4),
}
"""The settings for each encoder."""


def tags_of(train: Sequence[Sentence]) -> tuple[str, ...]:
    """The tags that a tagger of these sentences can give: O, and B and I of every type."""
    types = sorted({tag[2:] for sentence in train for tag in sentence.tags if tag != "O"})
    return ("O", *(f"{prefix}-{name}" for name in types for prefix in "BI"))


def tuned_on_corpus(
    encoder: str, settings: Settings, seed: int, say: Callable[[str], None]
) -> dict[str, Any]:
    """Tune an encoder on the corpus; returns its weights, none when the settings want no epoch."""
    if not settings.corpus_epochs:
        return {}
    loaded, rng = load(encoder), random.Random(seed)  # noqa: S311  # a training run, no secret
    torch.manual_seed(seed)
    tagger = Tagger(loaded, {CORPUS: len(CORPUS_TAGS)}, settings.last_layers)
    corpus, names = read_corpus(), lexicon_names(load_ontology())

    def epoch() -> list[Encoded]:
        return [
            _encode_tagged(sentence, loaded)
            for passage in corpus
            for sentence in _read(passage, names, rng)
        ]

    steps = math.ceil(settings.corpus_epochs * len(epoch()) / settings.corpus_batch)
    batches = _batches(epoch, settings.corpus_batch, rng)
    _run(tagger, CORPUS, batches, steps, loaded.padding, settings, say)
    return dict(tagger.state_dict())


def _read(passage: Passage, names: dict[str, list[str]], rng: random.Random) -> list[Tagged]:
    swap = rng.random() < _SWAP_PASSAGES
    return [swapped(passage, names, rng) if swap else plain(passage)]


def _encode_tagged(sentence: Tagged, encoder: Encoder) -> Encoded:
    places = list(words_of(sentence.text))
    tags = [CORPUS_TAGS.index(_tag(sentence, start, end)) for start, end in places]
    return encode([sentence.text[start:end] for start, end in places], tags, encoder)


def _tag(sentence: Tagged, start: int, end: int) -> str:
    for first, last, type_, _ in sentence.spans:
        if type_ and first <= start and end <= last:
            return f"{'B' if start == first else 'I'}-{type_}"
    return "O"


def fitted(
    encoder: str,
    tuned: dict[str, Any],
    train: Sequence[Sentence],
    settings: Settings,
    seed: int,
    say: Callable[[str], None],
) -> tuple[Tagger, Encoder]:
    """Train a tagger on the sentences, from weights that ``tuned_on_corpus`` returned."""
    loaded, rng = load(encoder), random.Random(seed)  # noqa: S311  # a training run, no secret
    torch.manual_seed(seed)
    tags = tags_of(train)
    tagger = Tagger(loaded, {OWN: len(tags), CORPUS: len(CORPUS_TAGS)}, settings.last_layers)
    if tuned:
        tagger.load_state_dict(tuned, strict=False)
    items = [
        encode(sentence.words, [tags.index(tag) for tag in sentence.tags], loaded)
        for sentence in train
    ]
    batches = _batches(lambda: items, settings.batch, rng)
    steps = settings.epochs * math.ceil(len(items) / settings.batch)
    _run(tagger, OWN, batches, steps, loaded.padding, settings, say)
    return tagger, loaded


def _batches(
    epoch: Callable[[], list[Encoded]], size: int, rng: random.Random
) -> Iterator[list[Encoded]]:
    """Yield batches for ever: of like lengths, so that little is padding, in random order."""
    while True:
        order = sorted(epoch(), key=lambda item: len(item.pieces) + rng.random() * 8)
        made = [order[at : at + size] for at in range(0, len(order), size)]
        rng.shuffle(made)
        yield from made


def _run(
    tagger: Tagger,
    head: str,
    batches: Iterator[list[Encoded]],
    steps: int,
    padding: int,
    settings: Settings,
    say: Callable[[str], None],
) -> None:
    """Take a number of steps; the rates rise and fall once."""
    tagger.train()
    optimizer = torch.optim.AdamW(_rates(tagger, settings), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM * steps)) * (1 - step / steps)
    )
    for step in range(steps):
        pieces, mask, shapes, tags = tensors(next(batches), padding)
        logits = tagger(pieces, mask, shapes, head)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), tags.flatten())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if (step + 1) % 50 == 0:
            say(f"step {step + 1} of {steps}, loss {loss.item():.3f}")


def _rates(tagger: Tagger, settings: Settings) -> list[dict[str, Any]]:
    """What is tuned and how fast: a layer by its distance from the top, the embeddings least."""
    layers = tagger.encoder.config.num_hidden_layers
    groups = []
    for name, parameter in tagger.named_parameters():
        if "word_embeddings" in name:
            parameter.requires_grad = False
            continue
        rate = settings.head_rate
        if name.startswith("encoder."):
            _, found, rest = name.partition(".layer.")
            below = layers - 1 - int(rest.split(".")[0]) if found else layers
            rate = settings.rate * settings.rate_decay**below
        groups.append({"params": [parameter], "lr": rate})
    return groups
