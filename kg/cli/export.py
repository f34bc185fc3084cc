"""``kg export``: the built graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option, ontology_option
from kg.files import write_atomically


@click.command(short_help="Write the graph in another format.")
@click.argument("format_", metavar="FORMAT")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; stdout where none is named.",
)
@graph_option
@ontology_option
def export(format_: str, out: Path | None, graph: Path, ontology: Path | None) -> None:
    """Write the graph in another format.

    FORMAT is html, json, ntriples or turtle. The same graph gives the same bytes:

        kg export ntriples -o graph.nt
    """
    from kg import exporters
    from kg.graph import load_graph
    from kg.ontology import load_ontology

    exporters.get_format(format_)  # an unknown name is reported before a large graph is read
    content = exporters.export(format_, load_graph(graph).graph, load_ontology(ontology))
    if out is None:
        click.echo(content, nl=False)
    else:
        write_atomically(out, content)
        click.echo(out)
