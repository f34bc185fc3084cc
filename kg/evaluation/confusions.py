"""What was taken for what: the kinds of mistakes, each with how often it was made.

An annotated entity is *read as* another class where the graph has its name in that class, be it one
that is not scored; it is *missed* where the graph lacks the name. A missed relation is read as
another where the graph states that one between the same two entities, or the same one the wrong way
round. One pair of names is one mistake in one document, however often it is made there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluation.values import EntityOutcome, Evaluation, RelationOutcome, Statement, Verdict
from kg.gold import EPISODE

MOST_EXAMPLES = 3
"""How many of a confusion's names are kept."""


@dataclass(frozen=True, order=True, slots=True)
class Confusion:
    """A kind of mistake: what the annotation has, what became of it, how often, for example.

    ``gold`` is a class or a relation, empty where the annotation has nothing of the kind;
    ``read`` is in words.
    """

    gold: str
    read: str
    times: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.gold} {self.read}".strip()


@dataclass(frozen=True, slots=True)
class Confusions:
    """All kinds of mistakes, the most frequent first."""

    entities: tuple[Confusion, ...]
    relations: tuple[Confusion, ...]


def confusions(result: Evaluation) -> Confusions:
    """Gather the mistakes of all documents."""
    entities: dict[tuple[str, str], list[str]] = defaultdict(list)
    relations: dict[tuple[str, str], list[str]] = defaultdict(list)
    for score in result.documents.values():
        for kind, name in _of_entities(score.entity_outcomes):
            entities[kind].append(name)
        found = {EPISODE, *(id_ for outcome in score.entity_outcomes for id_ in _named(outcome))}
        for kind, name in _of_relations(score.relation_outcomes, found):
            relations[kind].append(name)
    return Confusions(_ordered(entities), _ordered(relations))


def _of_entities(
    outcomes: tuple[EntityOutcome, ...],
) -> Iterable[tuple[tuple[str, str], str]]:
    missed = {outcome.gold[0]: outcome for outcome in outcomes if not outcome.node}
    taken: set[tuple[str, str]] = set()
    for outcome in outcomes:
        meant = outcome.gold[:1] if outcome.verdict is Verdict.FALSE else ()
        for id_ in dict.fromkeys((*meant, *(id_ for id_ in outcome.gold if id_ in missed))):
            gold_type = missed[id_].type if id_ in missed else outcome.gold_type
            if outcome.node and outcome.type != gold_type and (id_, outcome.type) not in taken:
                taken.add((id_, outcome.type))
                yield (gold_type, f"read as {outcome.type}"), outcome.name
        if outcome.verdict is Verdict.FALSE and outcome.type == outcome.gold_type:
            yield (outcome.type, "found twice"), outcome.name
        elif outcome.verdict is Verdict.FALSE and not outcome.gold:
            yield ("", f"false {outcome.type}"), outcome.name
    read = {id_ for id_, _ in taken}
    for id_, outcome in missed.items():
        if id_ not in read:
            yield (outcome.type, "missed"), outcome.name


def _of_relations(
    outcomes: tuple[RelationOutcome, ...], found: set[str]
) -> Iterable[tuple[tuple[str, str], str]]:
    missed = {outcome.readings[0]: outcome for outcome in outcomes if not outcome.edges}
    explained: set[Statement] = set()
    for outcome in outcomes:
        if not outcome.edges:
            continue
        instead = _instead(outcome, missed)
        explained.update(instead)
        for statement, read in instead.items():
            yield (statement[1], read), _words(missed[statement])
        if outcome.verdict is Verdict.FALSE and not instead:
            end = "" if outcome.readings else ", an end is not in gold"
            yield ("", f"false {outcome.relation}{end}"), _words(outcome)
    for statement, outcome in missed.items():
        if statement not in explained:
            lost = {statement[0], statement[2]} - found
            yield (outcome.relation, "missed, with an end" if lost else "missed"), _words(outcome)


def _instead(
    outcome: RelationOutcome, missed: Mapping[Statement, RelationOutcome]
) -> dict[Statement, str]:
    """Return the missed relations in whose place the graph states this one, and what it did."""
    if outcome.verdict is Verdict.HIT:
        return {}
    pairs = {(subject, object_) for subject, _, object_ in outcome.readings}
    instead: dict[Statement, str] = {}
    for statement in missed:
        subject, relation, object_ = statement
        other = "" if outcome.relation == relation else f"read as {outcome.relation}"
        if (subject, object_) in pairs and other:
            instead[statement] = other
        elif (object_, subject) in pairs:
            instead[statement] = f"{other}, the wrong way round" if other else "the wrong way round"
    return instead


def _named(outcome: EntityOutcome) -> tuple[str, ...]:
    return outcome.gold if outcome.node else ()


def _words(outcome: RelationOutcome) -> str:
    return f"{outcome.subject} {outcome.relation} {outcome.object}"


def _ordered(found: Mapping[tuple[str, str], list[str]]) -> tuple[Confusion, ...]:
    kinds = (
        Confusion(gold, read, len(names), tuple(names[:MOST_EXAMPLES]))
        for (gold, read), names in found.items()
    )
    return tuple(sorted(kinds, key=lambda kind: (-kind.times, kind.gold, kind.read)))
