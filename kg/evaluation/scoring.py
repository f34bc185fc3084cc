"""Precision, recall and F1 of built graphs against gold annotation.

A predicted entity is right when its class is a gold one's and one of its names folds (``kg.names``)
to one of the gold one's; a second node for the same gold entity is a false alarm. A relation is
right when both ends and the relation are; symmetric ones count in either order. What reasonable
readers see differently is neither rewarded nor punished: gold that is not ``core`` and everything
that touches it, what a chain of a transitive relation implies, and ``uses`` for ``basedOn`` of the
same pair or the reverse. Background, open relations and what is not asserted are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg.errors import SourceError
from kg.evaluation.predicted import Predicted, read_graph
from kg.evaluation.values import (
    Counts,
    EntityOutcome,
    Evaluation,
    RelationOutcome,
    Score,
    Statement,
    Verdict,
)
from kg.gold import EPISODE, Gold, read_gold
from kg.names import fold
from kg.ontology import Ontology

UNSCORED_CLASSES = frozenset({"Episode", "Phrase", "Quote", "Thing", "Topic"})
UNSCORED_RELATIONS = frozenset({"about", "discusses", "partOfSeries", "relatedTo", "said"})
_SCORED_ORIGINS = frozenset({"text", "layout"})
_TWINS = {"uses": "basedOn", "basedOn": "uses"}


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


def score(gold: Gold, predicted: Predicted, ontology: Ontology) -> Score:
    """Compare one document's graph with its annotation."""
    stands_for, entities = _match_entities(gold, predicted, ontology)
    relations = _match_relations(gold, predicted, ontology, stands_for)
    return Score(
        classes=_count((outcome.type, outcome.verdict) for outcome in entities),
        relations=_count((outcome.relation, outcome.verdict) for outcome in relations),
        entity_outcomes=tuple(entities),
        relation_outcomes=tuple(relations),
    )


def _count(verdicts: Iterable[tuple[str, Verdict]]) -> dict[str, Counts]:
    times = Counter(verdicts)
    names = sorted({name for name, verdict in times if verdict is not Verdict.UNCOUNTED})
    return {
        name: Counts(
            times[name, Verdict.HIT], times[name, Verdict.FALSE], times[name, Verdict.MISSED]
        )
        for name in names
    }


def _match_entities(
    gold: Gold, predicted: Predicted, ontology: Ontology
) -> tuple[dict[str, tuple[str, ...]], list[EntityOutcome]]:
    """Judge the entities; return also which gold ones each node may stand for as a relation's end.

    That is the one it matches, or else every one of its names, whatever the class: a wrong class
    is one mistake, not one more in each of its relations.
    """
    annotated = {entity.id: entity for entity in gold.entities}
    by_class: dict[tuple[str, str], str] = {}
    by_name: dict[str, dict[str, None]] = {}
    for entity in gold.entities:
        for name in entity.names:
            by_class.setdefault((fold(name), entity.type), entity.id)
            by_name.setdefault(fold(name), {})[entity.id] = None

    found: set[str] = set()
    stands_for: dict[str, tuple[str, ...]] = {}
    outcomes: list[EntityOutcome] = []
    for node in predicted.nodes:
        kind = ontology.root(node.type) if node.type in ontology.classes else node.type
        folded = [fold(name) for name in node.names if name]
        same = next((by_class[f, kind] for f in folded if (f, kind) in by_class), None)
        named = tuple(dict.fromkeys(id_ for f in folded for id_ in by_name.get(f, ())))
        if kind == "Episode":
            stands_for[node.id] = (EPISODE,)
        else:
            stands_for.setdefault(node.id, (same,) if same else named)
        if node.origin == "background":
            continue
        if kind in UNSCORED_CLASSES:
            verdict = Verdict.UNCOUNTED
        elif (same or named) and not annotated[same or named[0]].core:
            verdict = Verdict.UNCOUNTED
            found.update((same,) if same else ())
        elif same and same not in found:
            verdict = Verdict.HIT
            found.add(same)
        else:
            verdict = Verdict.FALSE
        meant = (same, *(id_ for id_ in named if id_ != same)) if same else named
        gold_type = annotated[meant[0]].type if meant else ""
        outcomes.append(EntityOutcome(verdict, kind, node.names[0], node.id, meant, gold_type))
    outcomes += [
        EntityOutcome(
            Verdict.MISSED, entity.type, entity.names[0], gold=(entity.id,), gold_type=entity.type
        )
        for entity in gold.entities
        if entity.core and entity.id not in found
    ]
    return stands_for, outcomes


def _match_relations(
    gold: Gold,
    predicted: Predicted,
    ontology: Ontology,
    stands_for: Mapping[str, tuple[str, ...]],
) -> list[RelationOutcome]:
    """Judge the relations: hits, false alarms, misses, and what does not count, each sorted."""
    symmetric = {name for name, relation in ontology.relations.items() if relation.symmetric}

    def statement(subject: str, relation: str, object_: str) -> Statement:
        if relation in symmetric and object_ < subject:
            return object_, relation, subject
        return subject, relation, object_

    scored = ontology.relations.keys() - UNSCORED_RELATIONS
    core = {entity.id: entity.core for entity in gold.entities} | {EPISODE: True}
    required, allowed = _demands(gold, ontology, statement)
    hits: dict[Statement, dict[Statement, None]] = {}
    others: dict[tuple[Verdict, Statement], dict[Statement, None]] = {}
    meanings: dict[Statement, tuple[Statement, ...]] = {}
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
        own = (edge.source, edge.relation, edge.target)
        if right:
            hits.setdefault(right, {})[own] = None
            continue
        counts = allowed.isdisjoint(readings) and all(core[end] for end in (*subjects, *objects))
        verdict = Verdict.FALSE if counts else Verdict.UNCOUNTED
        others.setdefault((verdict, statement(*own)), {})[own] = None
        meanings.setdefault(statement(*own), tuple(readings))

    labels = {node.id: node.names[0] for node in predicted.nodes}
    names = {entity.id: entity.names[0] for entity in gold.entities} | {EPISODE: EPISODE}
    return [
        *(
            RelationOutcome(Verdict.HIT, names[s], p, names[o], tuple(hits[s, p, o]), ((s, p, o),))
            for s, p, o in sorted(hits)
        ),
        *(
            RelationOutcome(
                verdict,
                labels.get(s, s),
                p,
                labels.get(o, o),
                tuple(others[verdict, (s, p, o)]),
                meanings[s, p, o],
            )
            for verdict, (s, p, o) in sorted(others)
        ),
        *(
            RelationOutcome(Verdict.MISSED, names[s], p, names[o], readings=((s, p, o),))
            for s, p, o in sorted(required - hits.keys())
        ),
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
