"""``kg evaluate``: how good graphs are, measured against gold annotation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import ontology_option
from kg.cli.printing import printable
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.evaluation.confusions import Confusion
    from kg.evaluation.tables import Table
    from kg.evaluation.values import Counts, Evaluation, Score

MOST = 10
"""How many kinds of mistakes are printed without ``--details``."""


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
@click.option(
    "--details", is_flag=True, help="List every false alarm (+), every miss (-) and all mistakes."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="Write a report with the guides' texts too: a .html or .md file, or a folder for both.",
)
@ontology_option
def evaluate(
    gold: Path,
    graphs: Path,
    format_: str,
    details: bool,
    report: Path | None,
    ontology: Path | None,
) -> None:
    """Print precision, recall and F1 of graphs against gold annotation, and the usual mistakes.

    GOLD is a folder of NAME.json files; GRAPHS holds a NAME/graph.json for each, as written by
    `kg build NAME.txt --out GRAPHS/NAME`. Totals are over all documents, classes and relations:

        kg evaluate gold graphs --report evaluation.html
    """
    from kg import evaluation
    from kg.evaluation.report import report_files, write_report
    from kg.files import ensure_writable_folder
    from kg.ontology import load_ontology

    if report is not None:
        for path in report_files(report):
            ensure_writable_folder(path.parent)
    result = evaluation.evaluate(gold, graphs, load_ontology(ontology))
    if report is not None:
        for path in write_report(result, gold, graphs, report):
            click.echo(path, err=True)
    click.echo(FORMATS[format_](result, details))
    if result.missing:
        raise GraphError(
            f"{graphs} holds no graph for {', '.join(result.missing)}. "
            f"Build each with `kg build NAME.txt --out {graphs}/NAME`."
        )


def as_text(result: Evaluation, details: bool) -> str:
    """Render aligned tables for a terminal, each document's differences below its line."""
    from kg.evaluation.confusions import confusions
    from kg.evaluation.tables import tables

    *parts, total = (_text_table(table) for table in tables(result))
    found = confusions(result)
    for title, kinds in (("entities", found.entities), ("relations", found.relations)):
        if kinds:
            parts.append(_text_mistakes(f"{title}, mistakes", kinds[: None if details else MOST]))
    parts.append(total)
    if details:
        for name, score in result.documents.items():
            parts.append([name, *(f"  {difference}" for difference in score.differences)])
    return "\n\n".join("\n".join(part) for part in parts)


def as_markdown(result: Evaluation, details: bool) -> str:
    """Render the same tables for a page."""
    from kg.evaluation.confusions import confusions
    from kg.evaluation.markdown import confusion_tables, count_table
    from kg.evaluation.tables import tables

    *first, total = tables(result)
    lines: list[str] = []
    for table in first:
        lines += [*count_table(table), ""]
    lines += confusion_tables(confusions(result), None if details else MOST)
    lines += [*count_table(total), ""]
    if details:
        for name, score in result.documents.items():
            lines += [f"## {name}", "", "```", *score.differences, "```", ""]
    return "\n".join(lines).rstrip()


def as_json(result: Evaluation, details: bool) -> str:
    """Render every number unrounded, and every kind of mistake, for another program."""
    from kg.evaluation.confusions import confusions

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
    found = confusions(result)
    report = {
        "documents": documents,
        "missing": result.missing,
        "mistakes": {
            "entities": _mistakes(found.entities),
            "relations": _mistakes(found.relations),
        },
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


def _text_table(table: Table) -> list[str]:
    width = max([len(table.title), *(len(name) for name, _ in table.rows)])
    return [
        f"{table.title:<{width}}      P      R     F1  right  false missed",
        *(
            f"{name:<{width}}  {counts.precision:.3f}  {counts.recall:.3f}  {counts.f1:.3f}"
            f"  {counts.right:5}  {counts.false:5}  {counts.missed:5}"
            for name, counts in table.rows
        ),
    ]


def _text_mistakes(title: str, kinds: Sequence[Confusion]) -> list[str]:
    names = [printable(str(kind)) for kind in kinds]
    width = max(len(title), *map(len, names))
    return [
        f"{title:<{width}}  times  for example",
        *(
            f"{name:<{width}}  {kind.times:5}  {printable(kind.examples[0])}"
            for name, kind in zip(names, kinds, strict=True)
        ),
    ]


def _mistakes(kinds: Sequence[Confusion]) -> list[dict[str, object]]:
    return [
        {"gold": kind.gold, "read": kind.read, "times": kind.times, "examples": kind.examples}
        for kind in kinds
    ]
