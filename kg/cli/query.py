"""``kg query``: SPARQL over the built graph."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.printing import printable, table
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.store import Answer

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


@click.command(short_help="Ask the graph a SPARQL question.")
@click.argument("sparql", required=False)
@click.option("--file", type=click.File("rb"), help="Read the query from a file; - is stdin.")
@click.option("--example", metavar="NAME", help="Run one of the example queries.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a parameter of the example; may be repeated.",
)
@click.option("--list-examples", is_flag=True, help="List the example queries and stop.")
@graph_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to write the answer; the graph of a CONSTRUCT or DESCRIBE is always turtle.",
)
def query(
    sparql: str | None,
    file: IO[bytes] | None,
    example: str | None,
    settings: tuple[str, ...],
    list_examples: bool,
    graph: Path,
    format_: str,
) -> None:
    """Ask the graph a SPARQL question.

    SELECT, ASK, CONSTRUCT and DESCRIBE are answered. Prefixes are declared: kg: for classes and
    relations, rdfs:, skos:, schema: and so on, and one for the entities of each class, such as
    model: and person:.

        kg query 'SELECT ?lab ?model { ?lab kg:develops ?model }'

        kg query --example models-by-lab --set lab=OpenAI --format csv
    """
    if list_examples:
        click.echo(_examples())
        return
    text = _text(sparql, file, example, settings)

    from kg.store import load_store, run_query, unknown_terms

    store = load_store(graph)
    answer = run_query(store, text)
    for warning in unknown_terms(store, text):
        click.echo(f"Warning: {warning}", err=True)
    if format_ == "table" and answer.kind != "graph":
        _print_table(answer)
    else:
        click.echo(answer.serialize("turtle" if format_ == "table" else format_), nl=False)


def _text(
    sparql: str | None, file: IO[bytes] | None, example: str | None, settings: tuple[str, ...]
) -> str:
    """Return the query, from whichever of its sources is given."""
    if sum(source is not None for source in (sparql, file, example)) != 1:
        raise click.UsageError("Give a query, or --file, or --example; one of them.")
    if settings and example is None:
        raise click.UsageError("--set is for the parameters of an --example.")
    if example is not None:
        from kg.examples import example_query

        return example_query(example, _values(settings))
    if file is None:
        return sparql or ""
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            f"{file.name} is not text in UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error


def _values(settings: tuple[str, ...]) -> Mapping[str, str]:
    for setting in settings:
        if "=" not in setting:
            raise click.BadParameter(f"{setting!r} is not NAME=VALUE.", param_hint="--set")
    return {name: value for name, _, value in (setting.partition("=") for setting in settings)}


def _examples() -> str:
    from kg.examples import load_examples

    lines = []
    for example in load_examples():
        lines += [example.name, f"    {example.description}"]
        lines += [f"    --set '{name}={default}'" for name, default in example.parameters]
    return "\n".join(lines)


def _print_table(answer: Answer) -> None:
    from kg.store import cell

    if answer.kind == "truth":
        click.echo("yes" if answer else "no")
        return
    rows = [[cell(term) for term in row] for row in answer.terms()]
    count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    if not sys.stdout.isatty():
        click.echo(table(answer.variables, rows) if answer.variables else "")
    else:
        from rich import box
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(*answer.variables, box=box.SIMPLE_HEAD)
        for row in rows:
            drawn.add_row(*(Text(printable(value)) for value in row))
        Console().print(drawn)
    click.echo(count, err=True)
