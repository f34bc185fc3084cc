"""What the score needs of a built graph, read from its file without loading networkx."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GraphError


@dataclass(frozen=True, slots=True)
class Node:
    """What the score needs of a graph's node; the label is the first of the names."""

    id: str
    type: str
    names: tuple[str, ...]
    origin: str = "text"

    def __post_init__(self) -> None:
        if not all(isinstance(text, str) for text in (self.id, self.type, *self.names)):
            raise TypeError(f"the id, class and names of node {self.id!r} must be strings")


@dataclass(frozen=True, slots=True)
class Edge:
    """What the score needs of a graph's edge."""

    source: str
    relation: str
    target: str
    origin: str = "text"
    modality: str = "asserted"


@dataclass(frozen=True, slots=True)
class Predicted:
    """The nodes and edges of one document's graph, in the file's order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def read_graph(path: Path) -> Predicted:
    """Read what the score needs of a ``graph.json``; ``GraphError`` where it is damaged."""
    try:
        return _parse_graph(json.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise GraphError(f"{path}: {error} is missing. Build the graph again.") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise GraphError(f"{path}: {error}. Build the graph again.") from error


def _parse_graph(data: Any) -> Predicted:
    return Predicted(
        nodes=tuple(
            Node(n["id"], n["type"], (n["label"], *n.get("aliases", ())), n.get("origin", "text"))
            for n in data["nodes"]
        ),
        edges=tuple(
            Edge(
                e["source"],
                e["relation"],
                e["target"],
                e.get("origin", "text"),
                e.get("modality", "asserted"),
            )
            for e in data["edges"]
        ),
    )
