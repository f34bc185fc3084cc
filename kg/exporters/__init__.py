"""The formats in which a graph can be written, one module each, loaded when it is used.

Every exporter is ``export(graph: networkx.MultiDiGraph, ontology: Ontology) -> bytes``. It never
changes the graph, and the same graph gives the same bytes in every process. A new format is a new
module and its line in ``EXPORTERS``; ``tests/exporters/test_contract.py`` then tests it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.errors import UnknownNameError

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

Export: TypeAlias = "Callable[[nx.MultiDiGraph, Ontology], bytes]"


class Format(NamedTuple):
    """Where a format's exporter is, the suffix of its files, and what it is good for."""

    target: str
    suffix: str
    description: str


EXPORTERS: Mapping[str, Format] = {
    "html": Format("kg.exporters.html:export", ".html", "The explorer: one page, no network."),
    "json": Format("kg.exporters.json:export", ".json", "networkx node-link JSON, lossless."),
    "ntriples": Format("kg.exporters.ntriples:export", ".nt", "RDF, one sorted triple a line."),
    "turtle": Format("kg.exporters.turtle:export", ".ttl", "RDF for people and for any store."),
}


def get_format(name: str) -> Format:
    """Return a format by its name. Raises ``UnknownNameError``."""
    if name not in EXPORTERS:
        raise UnknownNameError("export format", name, EXPORTERS)
    return EXPORTERS[name]


def load_exporter(name: str) -> Export:
    """Import a format's exporter. Raises ``UnknownNameError``."""
    module, function = get_format(name).target.split(":")
    exporter: Export = getattr(import_module(module), function)
    return exporter


def export(name: str, graph: nx.MultiDiGraph, ontology: Ontology) -> bytes:
    """Write a graph in a format. Raises ``UnknownNameError`` and ``GraphError``."""
    return load_exporter(name)(graph, ontology)
