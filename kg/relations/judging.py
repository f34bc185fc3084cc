"""Which relations are stated: what the rules, the pair model and the encoder say, weighed together.

A logistic regression over the voices' chances (``training/fit_judge.py``, fitted on annotated
passages that no voice was fitted on, with the names that the recogniser finds there). Domain and
range, modality and evidence stay with the rules: only relations that the classes allow are asked,
and the mood of the place that speaks for one is judged like that of any other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.logistic import logit, probability, shipped
from kg.model import Modality, Span
from kg.relations import contextual, learned
from kg.relations.modality import modality_of
from kg.relations.statement import EPISODE, Reading, Statement

VOICE = "learned"
# The probability from which the voices together state what no rule states: high, for in guides they
# are surer than they should be, and a relation that nobody stated is the worse fault.
ACCEPT = 0.8
# The pair model's probability under which it overrules a rule, if it was fitted on enough facts.
# The encoder overrules none: it doubts many of the rules' statements in the seed guide that hold.
OVERRULE, ENOUGH_EXAMPLES = 0.05, 150
# A pair of which no voice says more than this is not looked at.
LEAST = 0.05
# Who hosts and who visits is told by the episode's layout as a whole, not by a pair of names.
_NOT_JUDGED = frozenset({"hostOf", "guestOf", "relatedTo"})
# What layout says plainly is not overruled.
_PLAIN = ("layout:post", "layout:affiliation", "layout:title", "layout:host")
_WEIGHTS = Path(__file__).with_name("judge.json")

Fact = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A fact that some voice speaks for: the rules' statements, the two models' chances."""

    fact: Fact
    stated: tuple[Statement, ...]
    pair: learned.Chance | None
    context: contextual.Chance | None


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """Read the fitted weights, by feature, that come with the package."""
    with shipped(_WEIGHTS) as stored:
        weights: dict[str, float] = stored["weights"]
        return weights


def judge(reading: Reading, found: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the rules' statements that hold, weighed anew, and those that the rules missed."""
    weights = load_weights()
    for statement in found:
        if not _judged(statement):
            yield statement
    denied = {
        (statement.subject, statement.relation, statement.object)
        for statement in found
        if statement.modality is not Modality.ASSERTED
    }
    all_cases = cases(reading, found)
    owned = {(case.fact[1], case.fact[2]) for case in all_cases if case.stated}
    for case, seen in zip(all_cases, features(reading, all_cases), strict=True):
        chance = probability(weights, seen)
        if case.stated:
            plain = any(statement.voice.startswith(_PLAIN) for statement in case.stated)
            if plain or not _overruled(case):
                for statement in case.stated:
                    doubt = (1.0 - statement.confidence) * (1.0 - chance / 2)
                    yield replace(statement, confidence=round(1.0 - doubt, 4))
            continue
        _, relation, object_ = case.fact
        taken = reading.ontology.relations[relation].few_subjects and (relation, object_) in owned
        if chance >= ACCEPT and case.fact not in denied and not taken:
            statement = _statement(reading, case, chance)
            if not _hedged(reading, statement):
                yield statement


def _overruled(case: Case) -> bool:
    """Tell whether the pair model all but excludes what a rule states."""
    return (
        case.pair is not None
        and case.pair.probability < OVERRULE
        and learned.load_models()[case.fact[1]].examples >= ENOUGH_EXAMPLES
    )


def is_judged(relation: str) -> bool:
    """Tell whether a relation is decided by the voices together."""
    return relation not in _NOT_JUDGED


def _judged(statement: Statement) -> bool:
    return (
        statement.modality is Modality.ASSERTED
        and is_judged(statement.relation)
        and EPISODE not in (statement.subject, statement.object)
    )


def cases(reading: Reading, found: Sequence[Statement]) -> list[Case]:
    """Return every fact that a voice speaks for, in a stable order."""
    stated: dict[Fact, list[Statement]] = defaultdict(list)
    for statement in found:
        if _judged(statement):
            stated[statement.subject, statement.relation, statement.object].append(statement)
    pairs = learned.chances(reading, found)
    contexts = contextual.chances(reading)
    facts = {fact for fact, chance in pairs.items() if chance.probability >= LEAST}
    facts |= {fact for fact, chance in contexts.items() if chance.probability >= LEAST}
    facts |= set(stated)
    return [
        Case(fact, tuple(sorted(stated.get(fact, ()))), pairs.get(fact), contexts.get(fact))
        for fact in sorted(facts)
        if is_judged(fact[1])
    ]


def features(reading: Reading, found: Sequence[Case]) -> Iterator[dict[str, float]]:
    """Yield what is seen of each fact: feature to value."""
    rivals: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    for case in found:
        if case.context is not None:
            subject, relation, object_ = case.fact
            rivals[subject, object_].append((case.context.probability, relation))
    for case in found:
        subject, relation, object_ = case.fact
        seen = {"bias": 1.0, f"relation {relation}": 1.0}
        if case.pair is not None:
            seen["has pair"] = 1.0
            seen["pair"] = logit(case.pair.probability)
            if not case.pair.says:
                seen["pair says nothing"] = 1.0
        if case.context is not None:
            seen["has context"] = 1.0
            seen["context"] = logit(case.context.probability)
            seen[f"context {relation}"] = 0.3 * logit(case.context.probability)
            one, other = case.context.subject, case.context.object
            seen[f"gap {min(4, abs(one.rank - other.rank))}"] = 1.0
            if one.text != other.text:
                seen["two texts"] = 1.0
        for voice in sorted({statement.voice.split()[0] for statement in case.stated}):
            seen["rule"] = 1.0
            seen[f"rule {voice.split(':')[0]}"] = 1.0
            seen[f"rule {relation}"] = 1.0
        others = [p for p, name in rivals[subject, object_] if name != relation]
        seen["rival"] = max(others, default=0.0)
        seen["reverse"] = max((p for p, _ in rivals[object_, subject]), default=0.0)
        doubt = [1.0 - reading.entities[end].confidence for end in (subject, object_)]
        seen["doubt"] = max(doubt)
        seen["doubts"] = sum(doubt)
        yield seen


def _statement(reading: Reading, case: Case, confidence: float) -> Statement:
    subject, relation, object_ = case.fact
    spoken = case.context
    pair = case.pair
    if pair is not None and (spoken is None or pair.probability >= spoken.probability):
        trigger = pair.pair.passage.doc[pair.pair.trigger]
        evidence = pair.pair.passage.span(trigger.sent)
    elif spoken is not None:
        passage = reading.parsed.passages[max(spoken.subject, spoken.object).text]
        later = passage.tokens(max(spoken.subject, spoken.object).span)
        trigger = later.root.head if later is not None else passage.doc[0]
        evidence = _evidence(reading, spoken)
    else:
        raise AssertionError("a case without a statement has a chance")
    return Statement(
        subject=subject,
        relation=relation,
        object=object_,
        evidence=evidence,
        confidence=round(confidence, 4),
        voice=VOICE,
        phrase=trigger.text if trigger.pos_ in {"VERB", "NOUN", "AUX"} else "",
        modality=modality_of(trigger, reading.ontology),
    )


def _hedged(reading: Reading, statement: Statement) -> bool:
    """Tell whether a denial, a condition or a question stands anywhere in the evidence.

    The models were fitted on what is asserted, and what a cue far from the pair does to it they do
    not know.
    """
    evidence = statement.evidence.of(reading.parsed.guide.text)
    lowered = evidence.lower().replace("’", "'")
    words = re.sub(r"[^a-z']+", " ", re.sub(r"(n't|'\w+)", r" \1", lowered))
    cues = (cue for found in reading.ontology.modality_cues.values() for cue in found)
    return evidence.rstrip("\"”') ").endswith("?") or any(
        f" {cue} " in f" {words} " for cue in cues
    )


def _evidence(reading: Reading, chance: contextual.Chance) -> Span:
    """From the sentence of the first mention to that of the second."""
    first, last = sorted((chance.subject, chance.object))
    spans = []
    for place in (first, last):
        passage = reading.parsed.passages[place.text]
        tokens = passage.tokens(place.span)
        spans.append(passage.span(tokens.root.sent) if tokens is not None else place.span)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
