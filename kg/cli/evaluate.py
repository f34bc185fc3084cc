"""``kg evaluate``: how good graphs are, measured against gold annotation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import ontology_option
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.evaluation import Counts, Evaluation, Score


@click.command(short_help="Measure graphs against gold annotation.")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("graphs", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print the scores.",
)
@click.option("--details", is_flag=True, help="List every false alarm (+) and every miss (-).")
@ontology_option
def evaluate(gold: Path, graphs: Path, format_: str, details: bool, ontology: Path | None) -> None:
    """Print precision, recall and F1 of graphs against gold annotation.

    GOLD is a folder of NAME.json files; GRAPHS holds a NAME/graph.json for each, as written by
    `kg build NAME.txt --out GRAPHS/NAME`. Totals are over all documents, classes and relations:

        kg evaluate gold graphs --format markdown
    """
    from kg import evaluation
    from kg.ontology import load_ontology

    result = evaluation.evaluate(gold, graphs, load_ontology(ontology))
    click.echo(FORMATS[format_](result, details))
    if result.missing:
        raise GraphError(
            f"{graphs} holds no graph for {', '.join(result.missing)}. "
            f"Build each with `kg build NAME.txt --out {graphs}/NAME`."
        )


def as_text(result: Evaluation, details: bool) -> str:
    """Render aligned tables for a terminal, each document's differences below its line."""
    lines = []
    for title, rows in _tables(result):
        width = max([len(title), *(len(name) for name, _ in rows)])
        lines.append(f"{title:<{width}}      P      R     F1  right  false missed")
        for name, counts in rows:
            lines.append(
                f"{name:<{width}}  {counts.precision:.3f}  {counts.recall:.3f}  {counts.f1:.3f}"
                f"  {counts.right:5}  {counts.false:5}  {counts.missed:5}"
            )
        lines.append("")
    if details:
        for name, score in result.documents.items():
            lines += [name, *(f"  {difference}" for difference in score.differences), ""]
    return "\n".join(lines).rstrip()


def as_markdown(result: Evaluation, details: bool) -> str:
    """Render the same tables for a page."""
    lines = []
    for title, rows in _tables(result):
        lines.append(f"| {title} | P | R | F1 | right | false | missed |")
        lines.append("|---|---:|---:|---:|---:|---:|---:|")
        for name, counts in rows:
            numbers = f"{counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f}"
            tally = f"{counts.right} | {counts.false} | {counts.missed}"
            lines.append(f"| {name} | {numbers} | {tally} |")
        lines.append("")
    if details:
        for name, score in result.documents.items():
            lines += [f"## {name}", "", "```", *score.differences, "```", ""]
    return "\n".join(lines).rstrip()


def as_json(result: Evaluation, details: bool) -> str:
    """Render every number unrounded, for another program."""

    def score_object(score: Score) -> dict[str, object]:
        return {
            "entities": _numbers(score.entities_total),
            "relations": _numbers(score.relations_total),
            "by_class": {name: _numbers(counts) for name, counts in score.classes.items()},
            "by_relation": {name: _numbers(counts) for name, counts in score.relations.items()},
        }

    documents: dict[str, dict[str, object]] = {}
    for name, score in result.documents.items():
        documents[name] = score_object(score)
        if details:
            documents[name]["differences"] = score.differences
    report = {
        "documents": documents,
        "missing": result.missing,
        "total": score_object(result.total),
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


FORMATS: Mapping[str, Callable[[Evaluation, bool], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def _numbers(counts: Counts) -> dict[str, float]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "right": counts.right,
        "false": counts.false,
        "missed": counts.missed,
    }


def _tables(result: Evaluation) -> Iterator[tuple[str, list[tuple[str, Counts]]]]:
    """Yield each table's title and rows; the totals come last, where a terminal shows them."""
    total = result.total
    yield "entities, by document", [(n, s.entities_total) for n, s in result.documents.items()]
    yield "relations, by document", [(n, s.relations_total) for n, s in result.documents.items()]
    yield "entities, by class", list(total.classes.items())
    yield "relations, by relation", list(total.relations.items())
    yield "total", [("entities", total.entities_total), ("relations", total.relations_total)]
