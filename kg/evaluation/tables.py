"""The tables of an evaluation, for every way of showing it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.evaluation.values import Counts, Evaluation


@dataclass(frozen=True, slots=True)
class Table:
    """A title, and named counts."""

    title: str
    rows: tuple[tuple[str, Counts], ...]


def tables(result: Evaluation) -> tuple[Table, ...]:
    """Return the tables; the totals come last, where a terminal shows them."""
    total = result.total
    documents = result.documents.items()
    return (
        Table("entities, by document", tuple((n, s.entities_total) for n, s in documents)),
        Table("relations, by document", tuple((n, s.relations_total) for n, s in documents)),
        Table("entities, by class", tuple(total.classes.items())),
        Table("relations, by relation", tuple(total.relations.items())),
        Table("total", (("entities", total.entities_total), ("relations", total.relations_total))),
    )
