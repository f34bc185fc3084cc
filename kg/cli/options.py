"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="The folder of the built graph, or a file in it.",
)

ontology_option = click.option(
    "--ontology",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of another ontology than the one that comes with kg.",
)
