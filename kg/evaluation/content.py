"""What a report shows, before it is laid out in any format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import GraphError
from kg.evaluation.confusions import Confusions, confusions
from kg.evaluation.marks import Mark, Piece, cut
from kg.evaluation.occurrences import occurrences
from kg.evaluation.tables import Table, tables
from kg.evaluation.values import Counts, EntityOutcome, Evaluation, Score, Statement, Verdict
from kg.gold import Gold, read_gold
from kg.graph import KnowledgeGraph, load_graph
from kg.model import Span

ORDER = (Verdict.MISSED, Verdict.FALSE, Verdict.HIT)
"""What is shown, in this order: a reader of a report looks for the mistakes."""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity, and how often it is marked in the text: 0 where it stands nowhere."""

    verdict: Verdict
    type: str
    name: str
    reason: str
    places: int


@dataclass(frozen=True, slots=True)
class RelationRow:
    """A relation with the passages for it: the graph's, or for a miss the annotation's."""

    verdict: Verdict
    subject: str
    relation: str
    object: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document: its text in pieces (one text an episode), entities and relations."""

    name: str
    entities_total: Counts
    relations_total: Counts
    texts: tuple[tuple[Piece, ...], ...]
    entities: tuple[EntityRow, ...]
    relations: tuple[RelationRow, ...]

    @property
    def nowhere(self) -> tuple[EntityRow, ...]:
        """The entities that no place in the text can be shown for."""
        return tuple(row for row in self.entities if not row.places)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report shows; the tables' totals come first."""

    tables: tuple[Table, ...]
    confusions: Confusions
    documents: tuple[DocumentReport, ...]
    missing: tuple[str, ...]


def make_report(result: Evaluation, gold: Path, graphs: Path) -> Report:
    """Gather the content for the documents of an evaluation of these folders.

    Raises ``GraphError`` where a graph is not a whole one of ours, ``SourceError`` for the gold.
    """
    *by_document, classes, relations, total = tables(result)
    return Report(
        tables=(total, classes, relations, *by_document),
        confusions=confusions(result),
        documents=tuple(
            _document(name, score, read_gold(gold / f"{name}.json"), load_graph(graphs / name))
            for name, score in result.documents.items()
        ),
        missing=result.missing,
    )


def _document(name: str, score: Score, gold: Gold, graph: KnowledgeGraph) -> DocumentReport:
    texts = {
        episode.id: dict(episode.attributes).get("text", "")
        for episode in graph.entities("Episode")
    }
    marks = _Marks(texts, gold, graph)
    shown = [outcome for outcome in score.entity_outcomes if outcome.verdict in ORDER]
    places = [marks.add(outcome) for outcome in shown]
    read_as = _classes_read(score.entity_outcomes)
    rows = [
        EntityRow(
            outcome.verdict,
            outcome.type,
            outcome.name,
            outcome.reason or ("" if outcome.node else read_as.get(outcome.gold[0], "")),
            count,
        )
        for outcome, count in zip(shown, places, strict=True)
    ]
    return DocumentReport(
        name=name,
        entities_total=score.entities_total,
        relations_total=score.relations_total,
        texts=tuple(cut(text, marks.of[episode]) for episode, text in texts.items() if text),
        entities=tuple(
            sorted(rows, key=lambda row: (ORDER.index(row.verdict), row.type, row.name))
        ),
        relations=tuple(_relations(score, gold, graph)),
    )


def _classes_read(outcomes: Iterable[EntityOutcome]) -> dict[str, str]:
    """Say of the annotated entities which other classes the graph gives their names."""
    classes: dict[str, dict[str, None]] = defaultdict(dict)
    for outcome in outcomes:
        for id_ in outcome.gold if outcome.node else ():
            classes[id_][outcome.type] = None
    return {id_: f"read as {', '.join(types)}" for id_, types in classes.items()}


def _relations(score: Score, gold: Gold, graph: KnowledgeGraph) -> Iterator[RelationRow]:
    said: dict[Statement, list[str]] = defaultdict(list)
    for relation in graph.relations():
        key = (relation.subject, relation.relation, relation.object)
        said[key] += [evidence.text for evidence in relation.evidence]
    quoted = {(r.subject, r.relation, r.object): r.evidence for r in gold.relations}
    for verdict in ORDER:
        for outcome in score.relation_outcomes:
            if outcome.verdict is not verdict:
                continue
            if outcome.edges:
                passages = [text for edge in outcome.edges for text in said[edge]]
            else:
                subject, relation_, object_ = outcome.readings[0]
                # The ends of a symmetric relation may stand in either order.
                ways = ((subject, relation_, object_), (object_, relation_, subject))
                passages = [next(quoted[way] for way in ways if way in quoted)]
            yield RelationRow(
                verdict,
                outcome.subject,
                outcome.relation,
                outcome.object,
                tuple(dict.fromkeys(text.strip() for text in passages if text.strip())),
            )


class _Marks:
    """The marks of one document under way, by episode."""

    def __init__(self, texts: Mapping[str, str], gold: Gold, graph: KnowledgeGraph) -> None:
        self.of: dict[str, list[Mark]] = defaultdict(list)
        self._texts = texts
        self._graph = graph
        names = {entity.id: entity.names for entity in gold.entities}
        self._gold = {episode: occurrences(text, names) for episode, text in texts.items()}

    def add(self, outcome: EntityOutcome) -> int:
        """Mark where an entity stands; return at how many places that is."""
        places = list(self._mentioned(outcome.node) if outcome.node else self._named(outcome))
        for episode, span in places:
            self.of[episode].append(
                Mark(span, outcome.verdict, outcome.type, outcome.name, outcome.reason)
            )
        return len(places)

    def _named(self, missed: EntityOutcome) -> Iterator[tuple[str, Span]]:
        for episode, found in self._gold.items():
            for span in found[missed.gold[0]]:
                yield episode, span

    def _mentioned(self, node: str) -> Iterator[tuple[str, Span]]:
        for mention in self._graph.entity(node).mentions:
            length = len(self._texts.get(mention.episode, ""))
            if not 0 <= mention.start < mention.end <= length:
                raise GraphError(
                    f"The graph names {node} at {mention.start} to {mention.end} of "
                    f"{mention.episode}, where it has no text. Build it again."
                )
            yield mention.episode, Span(mention.start, mention.end)
