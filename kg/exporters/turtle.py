"""graph.ttl: the graph as Turtle, grouped by subject, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology


def export(graph: nx.MultiDiGraph, ontology: Ontology) -> bytes:
    """Write the graph as Turtle; ``kg.rdf.graph_from_rdf`` gives it back."""
    from kg.rdf import to_ntriples, to_turtle

    return to_turtle(to_ntriples(graph, ontology), ontology)
