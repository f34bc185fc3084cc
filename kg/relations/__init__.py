"""RELATIONS: what a guide says of its entities, each statement with the text that says it.

Extractors propose, the relation model weighs and adds; domain and range, modality and evidence
dispose. A further extractor is a
module with a function ``find(reading) -> Iterable[Statement]`` and its line in ``EXTRACTORS``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from importlib import import_module

from kg.model import Modality, Span
from kg.relations.statement import EPISODE, Extractor, Reading, Statement

EXTRACTORS = {
    "episode": "kg.relations.episode",
    "posts": "kg.relations.posts",
    "layout": "kg.relations.layout",
    "syntax": "kg.relations.syntax",
    "open": "kg.relations.open",
}
# Where both are read for one pair, the first says all that the second does.
SPECIFIC = {"basedOn": "uses", "trainedOn": "uses", "evaluatedOn": "uses", "acquires": "uses"}


def propose(reading: Reading) -> list[Statement]:
    """Return what the rules read."""
    found: list[Statement] = []
    for path in EXTRACTORS.values():
        extractor: Extractor = import_module(path).find
        found.extend(extractor(reading))
    return found


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """Return the statements of a guide in a stable order, open ones only where no other fits."""
    from kg.relations.judging import judge

    judged = [_with_head(statement, reading) for statement in judge(reading, propose(reading))]
    return tuple(sorted(set(_without_weaker(_directed(judged, reading)))))


def _with_head(statement: Statement, reading: Reading) -> Statement:
    """Let the evidence begin with the item's head where that alone names one of the two."""
    passage = reading.parsed.passage_at(statement.evidence)
    if passage is None or passage.head < 0 or passage.block.head is None:
        return statement
    ends = [end for end in (statement.subject, statement.object) if end != EPISODE]
    if all(_named_in(reading, end, statement.evidence) for end in ends):
        return statement
    if not any(_named_in(reading, end, passage.block.head) for end in ends):
        return statement
    return replace(statement, evidence=Span(passage.block.head.start, statement.evidence.end))


def _named_in(reading: Reading, entity: int, span: Span) -> bool:
    return any(span.contains(mention.span) for mention in reading.entities[entity].mentions)


def _directed(found: list[Statement], reading: Reading) -> list[Statement]:
    """Give symmetric statements one direction."""
    kinds = reading.ontology.relations
    return [
        replace(statement, subject=statement.object, object=statement.subject)
        if kinds[statement.relation].symmetric and statement.object < statement.subject
        else statement
        for statement in found
    ]


def _without_weaker(found: list[Statement]) -> list[Statement]:
    typed: dict[frozenset[int], set[str]] = defaultdict(set)
    directed: dict[tuple[int, int], set[str]] = defaultdict(set)
    for statement in found:
        if statement.relation != "relatedTo":
            typed[frozenset((statement.subject, statement.object))].add(statement.relation)
            if statement.modality is Modality.ASSERTED:
                directed[statement.subject, statement.object].add(statement.relation)
    hosts = {
        statement.subject
        for statement in found
        if statement.relation == "hostOf" and statement.modality is Modality.ASSERTED
    }
    kept = []
    for statement in found:
        if statement.relation == "guestOf" and statement.subject in hosts:
            continue
        pair = frozenset((statement.subject, statement.object))
        if statement.relation == "relatedTo" and typed[pair]:
            continue
        stronger = {
            strong
            for strong, weak in SPECIFIC.items()
            if weak == statement.relation
            and strong in directed[statement.subject, statement.object]
        }
        if not stronger:
            kept.append(statement)
    return kept


__all__ = ["EPISODE", "EXTRACTORS", "Reading", "Statement", "find_statements", "propose"]
