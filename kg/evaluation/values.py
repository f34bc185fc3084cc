"""The values of an evaluation: what became of each entity and relation, and the counts of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Statement = tuple[str, str, str]
"""Subject, relation, object."""


class Verdict(StrEnum):
    """What became of an entity or a relation."""

    HIT = "hit"  # in the graph and in the gold annotation
    FALSE = "false"  # in the graph only: a false alarm
    MISSED = "missed"  # in the gold annotation only
    UNCOUNTED = "uncounted"  # in the graph, and neither rewarded nor punished


@dataclass(frozen=True, slots=True)
class EntityOutcome:
    """What became of a node of the graph, or of an annotated entity that no node is.

    ``type`` is the class under which it counts. ``node`` is the node's id, empty for a miss.
    ``gold`` holds the ids of the annotated entities of its name, the one that is meant first;
    ``gold_type`` is that one's class. Both are empty where the annotation lacks the name.
    """

    verdict: Verdict
    type: str
    name: str
    node: str = ""
    gold: tuple[str, ...] = ()
    gold_type: str = ""

    @property
    def reason(self) -> str:
        """Say of a false alarm why it is one; empty for all else."""
        if self.verdict is not Verdict.FALSE:
            return ""
        if not self.gold:
            return "not in gold"
        kind = "duplicate of" if self.type == self.gold_type else "wrong class, gold"
        return f"{kind} {self.gold_type}"

    def __str__(self) -> str:
        sign = "-" if self.verdict is Verdict.MISSED else "+"
        reason = f" ({self.reason})" if self.reason else ""
        return f"{sign} entity {self.type}: {self.name!r}{reason}"


@dataclass(frozen=True, slots=True)
class RelationOutcome:
    """What became of a relation of the graph, or of an annotated one that the graph lacks.

    ``subject`` and ``object`` are names. ``edges`` are the graph's statements, by the ids of its
    nodes, and empty for a miss. ``readings`` are the statements about annotated entities that it
    can be read as: the annotated one for a hit or a miss, and otherwise all that the names allow.
    """

    verdict: Verdict
    subject: str
    relation: str
    object: str
    edges: tuple[Statement, ...] = ()
    readings: tuple[Statement, ...] = ()

    def __str__(self) -> str:
        sign = "-" if self.verdict is Verdict.MISSED else "+"
        return f"{sign} relation {self.subject!r} {self.relation} {self.object!r}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, false alarms and misses; ``+`` pools them (micro-average)."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.false + other.false, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share of what is there that was found; 0 where nothing is there."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts by class and by relation, and what they count."""

    classes: Mapping[str, Counts]
    relations: Mapping[str, Counts]
    entity_outcomes: tuple[EntityOutcome, ...] = ()
    relation_outcomes: tuple[RelationOutcome, ...] = ()

    @property
    def entities_total(self) -> Counts:
        """All classes together."""
        return sum(self.classes.values(), Counts())

    @property
    def relations_total(self) -> Counts:
        """All relations together."""
        return sum(self.relations.values(), Counts())

    @property
    def differences(self) -> tuple[str, ...]:
        """Every false alarm (``+``) and miss (``-``) in words."""
        mistakes = (Verdict.FALSE, Verdict.MISSED)
        return (
            *(str(outcome) for outcome in self.entity_outcomes if outcome.verdict in mistakes),
            *(str(outcome) for outcome in self.relation_outcomes if outcome.verdict in mistakes),
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The score of each document, by name, and the names of those that have no graph."""

    documents: Mapping[str, Score]
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Score:
        """All documents pooled, without what became of their entities and relations."""
        return Score(
            classes=_pool(score.classes for score in self.documents.values()),
            relations=_pool(score.relations for score in self.documents.values()),
        )


def _pool(scores: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    pooled: dict[str, Counts] = {}
    for counts in scores:
        for name, count in counts.items():
            pooled[name] = pooled.get(name, Counts()) + count
    return dict(sorted(pooled.items()))
