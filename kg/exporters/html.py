"""The explorer: the whole graph as one HTML page that opens from disk without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

    from kg.ontology import Ontology


def export(graph: networkx.MultiDiGraph, ontology: Ontology) -> bytes:
    """Return the page in UTF-8; the same graph gives the same bytes."""
    from kg.explorer.page import render

    return render(graph, ontology).encode("utf-8")
