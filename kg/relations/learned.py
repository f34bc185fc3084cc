"""The relation model: weighs what the rules propose and proposes what they miss.

For every relation a logistic regression over the features of ``pairs.py``, the rules' votes among
them, fitted on the annotated passages of ``training/`` (``training/fit_relations.py``, where the
scores stand too). Domain and range, modality and evidence stay with the rules: a pair is only
asked for relations that its classes allow, and its mood is judged like any other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.model import Span
from kg.relations.modality import modality_of
from kg.relations.pairs import Pair, joinable, pairs, votes_of
from kg.relations.statement import Reading, Statement

VOICE = "learned"
# The probability from which the model states a relation by itself, and the one under which it
# overrules a rule.
ACCEPT = 0.6
OVERRULE = 0.08
_WEIGHTS = Path(__file__).with_name("learned.json")


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, Mapping[str, float]]:
    """Read the fitted weights, relation → feature → weight, that come with the package."""
    try:
        weights: Mapping[str, Mapping[str, float]] = json.loads(_WEIGHTS.read_text("utf-8"))[
            "relations"
        ]
    except (OSError, ValueError, KeyError) as error:
        raise KgError(f"{_WEIGHTS.name}: {error}. Reinstall the package.") from error
    return weights


def judge(reading: Reading, found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rules' statements that hold, weighed anew, and those that the rules missed."""
    weights = load_weights()
    probabilities: dict[tuple[int, str, int], float] = {}
    proposed: dict[tuple[int, str, int], tuple[float, Pair]] = {}
    for pair in pairs(reading, votes_of(found)):
        for relation in joinable(reading, pair.subject.entity, pair.object.entity):
            if relation not in weights:
                continue
            probability = _probability(weights[relation], pair.features)
            key = (pair.subject.entity, relation, pair.object.entity)
            probabilities[key] = max(probability, probabilities.get(key, 0.0))
            if probability >= ACCEPT and probability > proposed.get(key, (0.0, pair))[0]:
                proposed[key] = (probability, pair)
    for statement in found:
        key = (statement.subject, statement.relation, statement.object)
        probability = probabilities.get(key, 0.0)
        if key in probabilities and probability < OVERRULE:
            continue
        yield replace(statement, confidence=round(max(statement.confidence, probability), 4))
    stated = {(found.subject, found.relation, found.object) for found in found}
    for (subject, relation, object_), (probability, pair) in proposed.items():
        if (subject, relation, object_) not in stated:
            yield _statement(reading, pair, relation, probability)


def _probability(weights: Mapping[str, float], features: Sequence[str]) -> float:
    logit = sum(weights.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-logit))


def _statement(reading: Reading, pair: Pair, relation: str, probability: float) -> Statement:
    trigger = pair.passage.doc[pair.trigger]
    evidence = pair.passage.span(trigger.sent)
    head = pair.passage.block.head
    if pair.in_head and head is not None:
        evidence = Span(head.start, evidence.end)
    mood = modality_of(trigger, reading.ontology)
    return Statement(
        subject=pair.subject.entity,
        relation=relation,
        object=pair.object.entity,
        evidence=evidence,
        confidence=round(probability, 4),
        voice=VOICE,
        phrase=trigger.text if trigger.pos_ in {"VERB", "NOUN", "AUX"} else "",
        modality=mood,
    )
