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
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from spacy.lang.en.stop_words import STOP_WORDS

from kg.errors import KgError
from kg.model import Modality
from kg.relations.modality import modality_of
from kg.relations.pairs import Pair, joinable, pairs, votes_of
from kg.relations.statement import Reading, Statement

VOICE = "learned"
# The probability from which the model states a relation by itself, and the one under which it
# overrules a rule.
ACCEPT = 0.7
OVERRULE = 0.25
# The same for a relation whose model was fitted on few examples.
ACCEPT_RARE = 0.8
# Fitted on fewer examples than this, a model must be surer to propose, and does not overrule.
ENOUGH_EXAMPLES = 150
# Features of what is said of two names, not of where they stand.
_WORDS = ("string", "two", "path", "role", "rule")
_SINGLE_WORD = ("between", "on path")
# What layout says plainly is not overruled.
_PLAIN = ("layout:post", "layout:affiliation", "layout:title", "layout:host")
# Who hosts and who visits is told by the episode's layout as a whole, not by a pair of names.
_NOT_PROPOSED = frozenset({"hostOf", "guestOf"})
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
    try:
        stored = json.loads(_WEIGHTS.read_text("utf-8"))["relations"]
        return {
            name: RelationModel(fitted["weights"], fitted["examples"])
            for name, fitted in stored.items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"{_WEIGHTS.name}: {error}. Reinstall the package.") from error


def judge(reading: Reading, found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rules' statements that hold, weighed anew, and those that the rules missed."""
    models = load_models()
    chances: dict[_Fact, float] = {}
    best: dict[_Fact, Pair] = {}
    for pair in pairs(reading, votes_of(found)):
        subject, object_ = pair.subject.entity, pair.object.entity
        for relation in joinable(reading, subject, object_):
            if relation in models:
                chance = models[relation].probability(pair.features)
                fact = (subject, relation, object_)
                if fact not in chances or chance > chances[fact]:
                    chances[fact], best[fact] = chance, pair
    kept = [statement for statement in found if not _overruled(statement, chances, models)]
    for statement in kept:
        chance = chances.get((statement.subject, statement.relation, statement.object), 0.0)
        yield replace(statement, confidence=round(max(statement.confidence, chance), 4))
    stated = {(statement.subject, statement.relation, statement.object) for statement in found}
    owned = {(statement.relation, statement.object) for statement in kept}
    for fact, chance in chances.items():
        _, relation, object_ = fact
        taken = reading.ontology.relations[relation].few_subjects and (relation, object_) in owned
        sure = chance >= (ACCEPT if models[relation].examples >= ENOUGH_EXAMPLES else ACCEPT_RARE)
        if taken or fact in stated or relation in _NOT_PROPOSED or not sure:
            continue
        if models[relation].says(best[fact].features):
            yield _statement(reading, best[fact], relation, chance)


_Fact = tuple[int, str, int]


def _overruled(
    statement: Statement, chances: Mapping[_Fact, float], models: Mapping[str, RelationModel]
) -> bool:
    """Tell whether the model, fitted on enough examples, all but excludes a rule's statement."""
    chance = chances.get((statement.subject, statement.relation, statement.object))
    return (
        chance is not None
        # The model was fitted on what is asserted; of a denial it knows nothing.
        and statement.modality is Modality.ASSERTED
        and not statement.voice.startswith(_PLAIN)
        and chance < OVERRULE
        and models[statement.relation].examples >= ENOUGH_EXAMPLES
    )


def _statement(reading: Reading, pair: Pair, relation: str, probability: float) -> Statement:
    trigger = pair.passage.doc[pair.trigger]
    mood = modality_of(trigger, reading.ontology)
    return Statement(
        subject=pair.subject.entity,
        relation=relation,
        object=pair.object.entity,
        evidence=pair.passage.span(trigger.sent),
        confidence=round(probability, 4),
        voice=VOICE,
        phrase=trigger.text if trigger.pos_ in {"VERB", "NOUN", "AUX"} else "",
        modality=mood,
    )
