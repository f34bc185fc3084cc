"""graph.json: networkx's node-link form, indented for diffs, in one order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.normal import EDGE_KEYS, EPISODE_KEYS, NODE_KEYS, normalize

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology


def export(graph: nx.MultiDiGraph, ontology: Ontology) -> bytes:  # noqa: ARG001 (the contract)
    """Write the graph so that ``networkx.node_link_graph(…, edges="edges")`` gives it back."""
    normal = normalize(graph)
    document = {
        "directed": True,
        "multigraph": True,
        "graph": normal.graph,
        "nodes": [
            {"id": id_} | _ordered(data, NODE_KEYS, EPISODE_KEYS)
            for id_, data in normal.nodes(data=True)
        ],
        "edges": [
            {"source": source, "target": target, "key": key} | _ordered(data, EDGE_KEYS)
            for source, target, key, data in sorted(
                normal.edges(keys=True, data=True), key=lambda edge: edge[:3]
            )
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _ordered(data: dict[str, Any], *known: tuple[str, ...]) -> dict[str, Any]:
    """Put what the format names first, in its order."""
    order = [key for keys in known for key in keys if key in data]
    return {key: data[key] for key in (*order, *sorted(data.keys() - set(order)))}
