"""What a build found and where to look next, in words."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

SHOWN_ENTITIES = 10
# An episode, its series and its quotations frame the conversation; they are not what it is about.
_FRAME_CLASSES = frozenset({"Episode", "Quote", "Series"})
_FRAME_RELATIONS = frozenset({"about", "discusses", "partOfSeries", "said"})
_BACKGROUND = "background"
_OPEN_RELATION = "relatedTo"


def summarize(graph: nx.MultiDiGraph, *, guides: int, out: Path) -> str:
    """Count what the graph holds, name what is most connected in it, and say what to do next.

    ``out`` is the folder that it was written to.
    """
    nodes = {id_: data for id_, data in graph.nodes(data=True) if data["origin"] != _BACKGROUND}
    edges = [edge for edge in graph.edges(data=True) if edge[2]["origin"] != _BACKGROUND]
    asserted = [edge for edge in edges if edge[2]["modality"] == "asserted"]
    stated = [edge for edge in asserted if edge[2]["relation"] != _OPEN_RELATION]

    counts = [
        _count(len(nodes), "entity", "entities"),
        _count(len(stated), "stated relation"),
        _count(len(asserted) - len(stated), "open relation"),
        _count(len(edges) - len(asserted), "negated, hypothetical or predicted statement"),
    ]
    lines = [f"Read {_count(guides, 'guide')}: {', '.join(counts)}.", ""]
    lines += _columns("Entities", Counter(data["type"] for data in nodes.values()))
    lines += ["", *_columns("Relations", Counter(data["relation"] for *_, data in stated))]

    degree = Counter(
        end for *ends, data in stated if data["relation"] not in _FRAME_RELATIONS for end in ends
    )
    connected = sorted(
        (id_ for id_, data in nodes.items() if data["type"] not in _FRAME_CLASSES),
        key=lambda id_: (-degree[id_], -len(nodes[id_]["mentions"]), nodes[id_]["label"], id_),
    )[:SHOWN_ENTITIES]
    if connected:
        names = [f"{nodes[id_]['label']} ({nodes[id_]['type']})" for id_ in connected]
        width = max(map(len, names))
        lines += ["", "Most connected"]
        for name, id_ in zip(names, connected, strict=True):
            mentions = _count(len(nodes[id_]["mentions"]), "mention")
            lines.append(f"  {name:<{width}}  {_count(degree[id_], 'relation')}, {mentions}")

    spelled = Counter(data["label"] for data in nodes.values())
    unique = [nodes[id_]["label"] for id_ in connected if spelled[nodes[id_]["label"]] == 1]
    return "\n".join([*lines, "", "Where to look", *_next_commands(out, unique)])


def sources_without_entities(graph: nx.MultiDiGraph) -> list[str]:
    """Return the guides in which nothing was recognised, by the name of their file."""
    return sorted(
        data.get("source", data["label"])
        for id_, data in graph.nodes(data=True)
        if data["type"] == "Episode"
        and not any(
            edge["relation"] == "discusses" for _, _, edge in graph.out_edges(id_, data=True)
        )
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _columns(title: str, counts: Counter[str]) -> list[str]:
    """Lay out names and numbers, the largest first, equal ones by name."""
    ordered = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if not ordered:
        return [title, "  none"]
    width = max(len(name) for name, _ in ordered)
    return [title, *(f"  {name:<{width}}  {number:>6,}" for name, number in ordered)]


def _next_commands(out: Path, labels: Sequence[str]) -> list[str]:
    where = "" if out == Path("exports") else f" --graph {shlex.quote(str(out))}"
    commands = [(f"kg open{where}", "the explorer, in the browser")]
    if labels:
        commands.append(
            (f"kg show {shlex.quote(labels[0])}{where}", "one entity with its evidence")
        )
    if len(labels) > 1:
        pair = f"{shlex.quote(labels[0])} {shlex.quote(labels[1])}"
        commands.append((f"kg path {pair}{where}", "how two are linked"))
    commands.append(("kg query --help", "questions in SPARQL, with examples"))
    width = max(len(command) for command, _ in commands)
    return [f"  {command:<{width}}  {meaning}" for command, meaning in commands]
