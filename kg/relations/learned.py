"""The pair model: how likely each relation holds between two names of a sentence.

For every relation a logistic regression over the features of ``pairs.py``, the rules' votes among
them, fitted on the annotated passages of ``training/`` (``training/fit_relations.py``, where the
scores stand too). Domain and range, modality and evidence stay with the rules: a pair is only
asked for relations that its classes allow, and its mood is judged like any other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS

from kg.logistic import shipped
from kg.relations.pairs import Pair, joinable, pairs, votes_of
from kg.relations.statement import Reading, Statement

# Features of what is said of two names, not of where they stand.
_WORDS = ("string", "two", "path", "role", "rule")
_SINGLE_WORD = ("between", "on path")
_WEIGHTS = Path(__file__).with_name("learned.json")


@dataclass(frozen=True, slots=True)
class RelationModel:
    """The fitted model of one relation: what each feature adds, and on how many facts."""

    weights: Mapping[str, float]
    examples: int

    def says(self, features: Sequence[str]) -> bool:
        """Tell whether what stands between the names speaks for it, not only where they stand.

        A lone small word ("in", "and") between distant names says nothing.
        """
        return sum(self.weights.get(f, 0.0) for f in features if _of_words(f)) > 0.0

    def probability(self, features: Sequence[str]) -> float:
        """Return the probability that a pair with these features states the relation."""
        logit = sum(self.weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-logit))


def _of_words(feature: str) -> bool:
    if feature.startswith(_SINGLE_WORD):
        return feature.rsplit(" ", 1)[-1] not in STOP_WORDS
    return feature.startswith(_WORDS)


@lru_cache(maxsize=1)
def load_models() -> Mapping[str, RelationModel]:
    """Read the fitted models, by relation, that come with the package."""
    with shipped(_WEIGHTS) as stored:
        return {
            name: RelationModel(fitted["weights"], fitted["examples"])
            for name, fitted in stored["relations"].items()
        }


@dataclass(frozen=True, slots=True)
class Chance:
    """A relation's probability, the pair of places that speaks for it, and whether words do."""

    probability: float
    pair: Pair
    says: bool


def chances(reading: Reading, found: Sequence[Statement]) -> dict[tuple[int, str, int], Chance]:
    """Return the likeliest pair of places of every (subject, relation, object) allowed."""
    models = load_models()
    best: dict[tuple[int, str, int], tuple[float, Pair]] = {}
    for pair in pairs(reading, votes_of(found)):
        subject, object_ = pair.subject.entity, pair.object.entity
        for relation in joinable(reading, subject, object_):
            if relation in models:
                chance = models[relation].probability(pair.features)
                fact = (subject, relation, object_)
                if fact not in best or chance > best[fact][0]:
                    best[fact] = (chance, pair)
    return {
        fact: Chance(chance, pair, models[fact[1]].says(pair.features))
        for fact, (chance, pair) in best.items()
    }
