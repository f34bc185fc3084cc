"""The graph as N-Triples: for stores that load in bulk, and for line-by-line comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology


def export(graph: nx.MultiDiGraph, ontology: Ontology) -> bytes:
    """Write the graph as N-Triples, the lines sorted."""
    from kg.rdf import to_ntriples

    return to_ntriples(graph, ontology)
