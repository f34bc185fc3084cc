"""``kg build``: guides in, a graph out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import ontology_option
from kg.errors import SourceError
from kg.files import ensure_writable_folder

if TYPE_CHECKING:
    from kg.pipeline import BuildResult


@click.command(short_help="Read guides and write their graph.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="The folder for the graph; made where it is missing.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many guides to read at a time.",
)
@click.option(
    "--strict/--no-strict",
    default=False,
    show_default=True,
    help="Write nothing when any guide fails.",
)
@click.option(
    "--spacy-model",
    metavar="NAME",
    help="Another spaCy pipeline than the default: a package, or the folder of a saved one.",
)
@click.option(
    "--recognizer",
    "recognizers",
    metavar="NAME",
    multiple=True,
    help="A further spaCy pipeline, whose names are candidates too; may be repeated.",
)
@ontology_option
@click.option("--quiet", is_flag=True, help="No progress and no summary on stderr.")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[str, ...],
    out: Path,
    jobs: int,
    strict: bool,
    spacy_model: str | None,
    recognizers: tuple[str, ...],
    ontology: Path | None,
    quiet: bool,
) -> None:
    """Read guides and write their graph.

    A SOURCE is a guide, a folder of guides, a pattern such as 'guides/*.txt', or - for a guide on
    stdin. The graph is written as graph.json, graph.ttl and graph.html, whose paths are printed. A
    guide that cannot be read is reported and passed over; the exit code is then 1:

        kg build guides --out exports --jobs 4
    """
    from kg import pipeline
    from kg.cli.summary import sources_without_entities, summarize

    ensure_writable_folder(out)
    with _progress(quiet) as progress:
        result = pipeline.build(
            sources,
            jobs=jobs,
            spacy_model=spacy_model,
            recognizers=recognizers,
            ontology=ontology,
            progress=progress,
        )
    _report_failures(result, strict=strict)
    for path in pipeline.write(result.graph, out, ontology):
        click.echo(path)
    for warning in result.warnings:
        click.echo(f"Warning: {warning}", err=True)
    for source in sources_without_entities(result.graph.graph):
        click.echo(f"Warning: {source}: no entity was recognised in it.", err=True)
    if not quiet:
        click.echo(summarize(result.graph.graph, guides=result.guides, out=out), err=True)
    if result.failures:
        ctx.exit(1)


def _report_failures(result: BuildResult, *, strict: bool) -> None:
    """Report the guides that failed; raise where nothing is to be written because of them."""
    if result.failures and (strict or not result.guides):
        messages = "\n".join(failure.message for failure in result.failures)
        raise SourceError(f"{messages}\nNothing was written.")
    for failure in result.failures:
        click.echo(f"Passed over: {failure.message}", err=True)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield what the pipeline calls with guides done, guides in all and the last one's name.

    None where stderr is no terminal: in a log or a pipe a bar would be noise.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return

    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        work = bar.add_task("Reading guides", total=None)

        def show(done: int, total: int, source: str) -> None:
            bar.update(work, completed=done, total=total, description=escape(source))

        yield show
