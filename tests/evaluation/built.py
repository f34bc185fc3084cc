"""A small document with every kind of outcome, and its graph in the form of a build.

Alpha is found, Beta is read as a product, Gamma is missed, Delta stands nowhere in the text, and
Epsilon is a false alarm. One relation is right, one is read as another, one is missed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.scored import write_json

EPISODE = "https://example.org/episode/1"
TEXT = "Alpha of the Institute uses Beta. Gamma-s and gamma beat Epsilon. The Institute made Beta."

GOLD = {
    "entities": [
        {"id": "lab", "type": "Organization", "names": ["Institute"]},
        {"id": "alpha", "type": "Person", "names": ["Alpha"]},
        {"id": "beta", "type": "Model", "names": ["Beta"]},
        {"id": "gamma", "type": "Model", "names": ["Gamma"]},
        {"id": "delta", "type": "Model", "names": ["Delta"]},
    ],
    "relations": [
        {"s": "alpha", "p": "worksFor", "o": "lab", "evidence": "Alpha of the Institute"},
        {"s": "lab", "p": "develops", "o": "beta", "evidence": "The Institute made Beta"},
        {"s": "lab", "p": "develops", "o": "gamma", "evidence": "what the gold quotes"},
    ],
}


def graph(text: str = TEXT) -> dict[str, Any]:
    """Return the graph; with another text only the names that stand in it are mentioned."""
    nodes = [
        {"id": EPISODE, "type": "Episode", "label": "One", "text": text},
        _node("lab", "Lab", "Institute", text),
        _node("alpha", "Person", "Alpha", text),
        _node("beta", "Product", "Beta", text),
        _node("epsilon", "Model", "Epsilon", text),
    ]
    edges = [
        _edge("alpha", "worksFor", "lab", "Alpha of the Institute uses Beta."),
        _edge("lab", "uses", "beta", "The Institute made Beta."),
    ]
    return {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}


def write_built(folder: Path, name: str = "one", **changes: Any) -> tuple[Path, Path]:
    """Write the document, with the members of gold or graph that are given instead."""
    gold, graphs = folder / "gold", folder / "graphs"
    write_json(gold / f"{name}.json", changes.get("gold", GOLD))
    write_json(graphs / name / "graph.json", changes.get("graph", graph()))
    return gold, graphs


def _node(id_: str, type_: str, label: str, text: str) -> dict[str, Any]:
    mentions = []
    start = text.find(label)
    while start >= 0:
        end = start + len(label)
        mentions.append({"episode": EPISODE, "start": start, "end": end, "text": label})
        start = text.find(label, end)
    return {"id": id_, "type": type_, "label": label, "aliases": [], "mentions": mentions}


def _edge(source: str, relation: str, target: str, words: str) -> dict[str, Any]:
    evidence = {"episode": EPISODE, "start": 0, "end": len(words), "text": words}
    return {
        "source": source,
        "target": target,
        "key": relation,
        "relation": relation,
        "evidence": [evidence],
    }
