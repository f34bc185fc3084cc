"""``kg open``: the explorer page in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.errors import GraphError


@click.command("open", short_help="Open the explorer page in the browser.")
@graph_option
def open_explorer(graph: Path) -> None:
    """Open the explorer page of a built graph in the browser, and print where it is.

    The page is one file that works without a network. Where there is no browser, the printed path
    is still right:

        kg open --graph exports
    """
    import webbrowser

    page = find_explorer(graph)
    click.echo(page)
    if not webbrowser.open(page.absolute().as_uri()):
        click.echo("No browser was found here; open the file by hand.", err=True)


def find_explorer(graph: Path) -> Path:
    """Return the ``graph.html`` of a build, given its folder or any file in it."""
    if graph.suffix == ".html":
        page = graph
    elif graph.is_dir() or not graph.suffix:
        page = graph / "graph.html"
    else:
        page = graph.parent / "graph.html"
    if not page.is_file():
        raise GraphError(
            f"There is no explorer page at {page}. "
            "Make one with `kg build`, or name the right folder with --graph."
        )
    return page
