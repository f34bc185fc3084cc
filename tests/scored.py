"""Two small annotated documents with their graphs, and what is right in them.

The first has 2 of 3 entities and 1 of 2 relations right, the other everything: one entity.
"""

import json
from pathlib import Path
from typing import Any

GOLD_ONE = {
    "doc": "one.txt",
    "entities": [
        {"id": "e1", "type": "Person", "names": ["Ada Lovelace"], "core": True},
        {"id": "e2", "type": "Organization", "names": ["EIA"]},
        {"id": "e3", "type": "Model", "names": ["Alpha"]},
    ],
    "relations": [
        {"s": "e1", "p": "worksFor", "o": "e2", "evidence": "Ada of the EIA"},
        {"s": "e2", "p": "develops", "o": "e3"},
    ],
}
GRAPH_ONE = {
    "nodes": [
        {"id": "a", "type": "Person", "label": "Ada", "aliases": ["Ada Lovelace"]},
        {"id": "b", "type": "Lab", "label": "EIA", "aliases": [], "origin": "text"},
        {"id": "c", "type": "Model", "label": "Beta", "aliases": []},
    ],
    "edges": [
        {"source": "a", "target": "b", "relation": "worksFor"},
        {"source": "b", "target": "c", "relation": "develops"},
    ],
}
GOLD_TWO = {"entities": [{"id": "e1", "type": "Model", "names": ["Beta"]}], "relations": []}
GRAPH_TWO = {"nodes": [{"id": "c", "type": "Model", "label": "Beta", "aliases": []}], "edges": []}


def write_json(path: Path, value: Any) -> None:
    """Write a value to a file, whose folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")


def write_scored_documents(folder: Path) -> tuple[Path, Path]:
    """Write the documents and return the folders of the gold annotation and of the graphs."""
    gold, graphs = folder / "gold", folder / "graphs"
    write_json(gold / "one.json", GOLD_ONE)
    write_json(gold / "two.json", GOLD_TWO)
    write_json(graphs / "one" / "graph.json", GRAPH_ONE)
    write_json(graphs / "two" / "graph.json", GRAPH_TWO)
    return gold, graphs
