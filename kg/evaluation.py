"""Precision, recall and F1 of built graphs against gold annotation.

A predicted entity is right when its class is a gold one's and one of its names folds (``kg.names``)
to one of the gold one's; a second node for the same gold entity is a false alarm. A relation is
right when both ends and the relation are; symmetric ones count in either order. What reasonable
readers see differently is neither rewarded nor punished: gold that is not ``core`` and everything
that touches it, what a chain of a transitive relation implies, and ``uses`` for ``basedOn`` of the
same pair or the reverse. Background, open relations and what is not asserted are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError, SourceError
from kg.gold import EPISODE, Gold, read_gold
from kg.names import fold
from kg.ontology import Ontology

UNSCORED_CLASSES = frozenset({"Episode", "Phrase", "Quote", "Thing", "Topic"})
UNSCORED_RELATIONS = frozenset({"about", "discusses", "partOfSeries", "relatedTo", "said"})
_SCORED_ORIGINS = frozenset({"text", "layout"})
_TWINS = {"uses": "basedOn", "basedOn": "uses"}

Statement = tuple[str, str, str]
"""Subject, relation, object."""


@dataclass(frozen=True, slots=True)
class Node:
    """What the score needs of a graph's node; the label is the first of the names."""

    id: str
    type: str
    names: tuple[str, ...]
    origin: str = "text"

    def __post_init__(self) -> None:
        if not all(isinstance(text, str) for text in (self.id, self.type, *self.names)):
            raise TypeError(f"the id, class and names of node {self.id!r} must be strings")


@dataclass(frozen=True, slots=True)
class Edge:
    """What the score needs of a graph's edge."""

    source: str
    relation: str
    target: str
    origin: str = "text"
    modality: str = "asserted"


@dataclass(frozen=True, slots=True)
class Predicted:
    """The nodes and edges of one document's graph, in the file's order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


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
    """Counts by class and by relation, and every false alarm (``+``) and miss (``-``) in words."""

    classes: Mapping[str, Counts]
    relations: Mapping[str, Counts]
    differences: tuple[str, ...] = ()

    @property
    def entities_total(self) -> Counts:
        """All classes together."""
        return sum(self.classes.values(), Counts())

    @property
    def relations_total(self) -> Counts:
        """All relations together."""
        return sum(self.relations.values(), Counts())


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The score of each document, by name, and the names of those that have no graph."""

    documents: Mapping[str, Score]
    missing: tuple[str, ...] = ()

    @property
    def total(self) -> Score:
        """All documents pooled, without their differences."""
        return Score(
            classes=_pool(score.classes for score in self.documents.values()),
            relations=_pool(score.relations for score in self.documents.values()),
        )


def evaluate(gold: Path, graphs: Path, ontology: Ontology) -> Evaluation:
    """Score ``graphs/NAME/graph.json`` for every ``gold/NAME.json``.

    Raises ``SourceError`` for a faulty or absent gold file, ``GraphError`` for a damaged graph.
    """
    annotated = sorted(gold.glob("*.json"))
    if not annotated:
        raise SourceError(f"{gold} holds no gold annotation. Name a folder of NAME.json files.")
    documents: dict[str, Score] = {}
    missing: list[str] = []
    for path in annotated:
        graph = graphs / path.stem / "graph.json"
        if graph.is_file():
            documents[path.stem] = score(read_gold(path), read_graph(graph), ontology)
        else:
            missing.append(path.stem)
    return Evaluation(documents, tuple(missing))


def read_graph(path: Path) -> Predicted:
    """Read what the score needs of a ``graph.json``; ``GraphError`` where it is damaged."""
    try:
        return _parse_graph(json.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise GraphError(f"{path}: {error} is missing. Build the graph again.") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GraphError(f"{path}: {error}. Build the graph again.") from error


def _parse_graph(data: Any) -> Predicted:
    return Predicted(
        nodes=tuple(
            Node(n["id"], n["type"], (n["label"], *n.get("aliases", ())), n.get("origin", "text"))
            for n in data["nodes"]
        ),
        edges=tuple(
            Edge(
                e["source"],
                e["relation"],
                e["target"],
                e.get("origin", "text"),
                e.get("modality", "asserted"),
            )
            for e in data["edges"]
        ),
    )


def score(gold: Gold, predicted: Predicted, ontology: Ontology) -> Score:
    """Compare one document's graph with its annotation."""
    entities = _Tally()
    stands_for = _match_entities(gold, predicted, ontology, entities)
    relations = _Tally()
    _match_relations(gold, predicted, ontology, stands_for, relations)
    return Score(
        entities.counts(), relations.counts(), (*entities.differences, *relations.differences)
    )


class _Tally:
    """Counts under way, by class or by relation."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()
        self.differences: list[str] = []

    def counts(self) -> dict[str, Counts]:
        names = sorted({*self.right, *self.false, *self.missed})
        return {n: Counts(self.right[n], self.false[n], self.missed[n]) for n in names}


def _match_entities(
    gold: Gold, predicted: Predicted, ontology: Ontology, tally: _Tally
) -> dict[str, tuple[str, ...]]:
    """Count the entities; return which gold entities each node may stand for as a relation's end.

    That is the one it matches, or else every one of its names, whatever the class: a wrong class
    is one mistake, not one more in each of its relations.
    """
    core = {entity.id: entity.core for entity in gold.entities}
    classes = {entity.id: entity.type for entity in gold.entities}
    by_class: dict[tuple[str, str], str] = {}
    by_name: dict[str, dict[str, None]] = {}
    for entity in gold.entities:
        for name in entity.names:
            by_class.setdefault((fold(name), entity.type), entity.id)
            by_name.setdefault(fold(name), {})[entity.id] = None

    found: set[str] = set()
    stands_for: dict[str, tuple[str, ...]] = {}
    for node in predicted.nodes:
        kind = ontology.root(node.type) if node.type in ontology.classes else node.type
        folded = [fold(name) for name in node.names if name]
        same = next((by_class[f, kind] for f in folded if (f, kind) in by_class), None)
        named = tuple(dict.fromkeys(id_ for f in folded for id_ in by_name.get(f, ())))
        if kind == "Episode":
            stands_for[node.id] = (EPISODE,)
        else:
            stands_for.setdefault(node.id, (same,) if same else named)
        if kind in UNSCORED_CLASSES or node.origin == "background":
            continue
        if same and same not in found:
            found.add(same)
            if core[same]:
                tally.right[kind] += 1
        elif same or named:
            meant = same or named[0]
            if core[meant]:
                why = "duplicate of" if same else "wrong class, gold"
                tally.false[kind] += 1
                tally.differences.append(
                    f"+ entity {kind}: {node.names[0]!r} ({why} {classes[meant]})"
                )
        else:
            tally.false[kind] += 1
            tally.differences.append(f"+ entity {kind}: {node.names[0]!r} (not in gold)")
    for entity in gold.entities:
        if entity.core and entity.id not in found:
            tally.missed[entity.type] += 1
            tally.differences.append(f"- entity {entity.type}: {entity.names[0]!r}")
    return stands_for


def _match_relations(
    gold: Gold,
    predicted: Predicted,
    ontology: Ontology,
    stands_for: Mapping[str, tuple[str, ...]],
    tally: _Tally,
) -> None:
    symmetric = {name for name, relation in ontology.relations.items() if relation.symmetric}

    def statement(subject: str, relation: str, object_: str) -> Statement:
        if relation in symmetric and object_ < subject:
            return object_, relation, subject
        return subject, relation, object_

    scored = ontology.relations.keys() - UNSCORED_RELATIONS
    core = {entity.id: entity.core for entity in gold.entities} | {EPISODE: True}
    required, allowed = _demands(gold, ontology, statement)
    hit: set[Statement] = set()
    false: set[Statement] = set()
    for edge in predicted.edges:
        if (
            edge.relation not in scored
            or edge.modality != "asserted"
            or edge.origin not in _SCORED_ORIGINS
        ):
            continue
        subjects, objects = stands_for.get(edge.source, ()), stands_for.get(edge.target, ())
        readings = [statement(s, edge.relation, o) for s in subjects for o in objects]
        right = next((reading for reading in readings if reading in required), None)
        if right:
            hit.add(right)
        elif allowed.isdisjoint(readings) and all(core[end] for end in (*subjects, *objects)):
            false.add(statement(edge.source, edge.relation, edge.target))

    tally.right.update(relation for _, relation, _ in hit)
    tally.false.update(relation for _, relation, _ in false)
    tally.missed.update(relation for _, relation, _ in required - hit)
    labels = {node.id: node.names[0] for node in predicted.nodes}
    names = {entity.id: entity.names[0] for entity in gold.entities} | {EPISODE: EPISODE}
    tally.differences += [
        f"+ relation {labels.get(s, s)!r} {p} {labels.get(o, o)!r}" for s, p, o in sorted(false)
    ]
    tally.differences += [
        f"- relation {names[s]!r} {p} {names[o]!r}" for s, p, o in sorted(required - hit)
    ]


def _demands(
    gold: Gold, ontology: Ontology, statement: Callable[[str, str, str], Statement]
) -> tuple[set[Statement], set[Statement]]:
    """Return the statements that must be found, and those that may be."""
    required = {statement(r.subject, r.relation, r.object) for r in gold.relations if r.core}
    known = {statement(r.subject, r.relation, r.object) for r in gold.relations}
    for name, relation in ontology.relations.items():
        if relation.transitive:
            pairs = {(s, o) for s, p, o in known if p == name}
            known |= {(s, name, o) for s, o in _closure(pairs)}
    known |= {(s, _TWINS[p], o) for s, p, o in known if p in _TWINS}
    return required, known - required


def _closure(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Add every pair that a chain implies, except of a thing with itself."""
    full = set(pairs)
    while more := {(a, d) for a, b in full for c, d in full if b == c and a != d} - full:
        full |= more
    return full


def _pool(scores: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    pooled: dict[str, Counts] = {}
    for counts in scores:
        for name, count in counts.items():
            pooled[name] = pooled.get(name, Counts()) + count
    return dict(sorted(pooled.items()))
