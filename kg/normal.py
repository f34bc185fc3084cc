"""The normal form of a graph: what graph.json and graph.ttl both carry, no more and no less.

A graph in normal form has every attribute that the format knows, with its default where nothing
is stated; optional text that is empty is left out; lists are sorted and hold nothing twice; numbers
have at most four decimals; nodes and edges come in the order of their ids. Two graphs that say the
same have equal normal forms, so that comparing bytes compares meaning.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError

if TYPE_CHECKING:
    import networkx as nx

Record = dict[str, Any]  # a JSON object; its keys are those of the format

NODE_KEYS = (
    "type",
    "label",
    "aliases",
    "origin",
    "confidence",
    "sameAs",
    "mentions",
    "reasons",
)
EPISODE_KEYS = (
    "source",
    "sha256",
    "title",
    "series",
    "number",
    "published",
    "updated",
    "duration",
    "sections",
    "text",
)
EDGE_KEYS = (
    "relation",
    "origin",
    "modality",
    "confidence",
    "phrase",
    "voice",
    "literals",
    "evidence",
)
PLACE_KEYS = ("episode", "start", "end", "text")
SECTION_KEYS = ("start", "end", "title", "level")
DECIMALS = 4


def normalize(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return a graph's normal form, without changing the graph.

    Raises ``GraphError`` where a node or an edge lacks what it must have, or holds what no file
    can carry.
    """
    import networkx as nx

    normal = nx.MultiDiGraph()
    normal.graph.update(_further(graph.graph, (), "the graph"))
    for id_, data in sorted(graph.nodes(data=True), key=lambda node: str(node[0])):
        normal.add_node(_text(id_, "a node's id"), **_node(data, f"the node {id_}"))
    edges = graph.edges(keys=True, data=True)
    for source, target, key, data in sorted(edges, key=lambda edge: (*map(str, edge[:3]),)):
        where = f"the edge {key} from {source} to {target}"
        normal.add_edge(source, target, key=_text(key, where), **_edge(data, where))
    return normal


def canonical_json(value: object) -> str:
    """Write a JSON value in one way: keys sorted, no spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _node(data: Mapping[str, Any], where: str) -> Record:
    type_ = _required(data, "type", where)
    normal: Record = {
        "type": type_,
        "label": _required(data, "label", where),
        "aliases": _names(data.get("aliases"), where),
        "origin": _text(data.get("origin") or "text", where),
        "confidence": _number(data.get("confidence", 1.0), where),
        "sameAs": _names(data.get("sameAs"), where),
        "mentions": _records(data.get("mentions"), where, _place, _place_order),
    }
    if data.get("reasons"):
        normal["reasons"] = _names(data["reasons"], where)
    for key in EPISODE_KEYS:
        if key == "sections":
            if type_ == "Episode" or data.get(key):
                normal[key] = _records(data.get(key), where, _section, _section_order)
        elif data.get(key) not in (None, ""):
            normal[key] = _text(str(data[key]), where)
    return normal | _further(data, (*NODE_KEYS, *EPISODE_KEYS), where)


def _edge(data: Mapping[str, Any], where: str) -> Record:
    literals = data.get("literals") or {}
    return {
        "relation": _required(data, "relation", where),
        "origin": _text(data.get("origin") or "text", where),
        "modality": _text(data.get("modality") or "asserted", where),
        "confidence": _number(data.get("confidence", 1.0), where),
        "phrase": _text(data.get("phrase") or "", where),
        "voice": _text(data.get("voice") or "", where),
        "literals": {
            _text(name, where): _text(_scalar(value), where)
            for name, value in sorted(literals.items())
        },
        "evidence": _records(data.get("evidence"), where, _passage, _place_order),
    } | _further(data, EDGE_KEYS, where)


def _place(record: Mapping[str, Any], where: str) -> Record:
    return {
        "episode": _required(record, "episode", where),
        "start": _offset(record, "start", where),
        "end": _offset(record, "end", where),
        "text": _text(record.get("text", ""), where),
    } | _further(record, PLACE_KEYS, where)


def _passage(record: Mapping[str, Any], where: str) -> Record:
    normal = _place(record, where)
    return normal | {"section": _text(record.get("section") or "", where)}


def _section(record: Mapping[str, Any], where: str) -> Record:
    return {
        "start": _offset(record, "start", where),
        "end": _offset(record, "end", where),
        "title": _text(record.get("title", ""), where),
        "level": int(record.get("level", 1)),
    } | _further(record, SECTION_KEYS, where)


def _place_order(record: Record) -> tuple[Any, ...]:
    return (record["episode"], record["start"], record["end"], canonical_json(record))


def _section_order(record: Record) -> tuple[Any, ...]:
    return (record["start"], -record["end"], record["level"], canonical_json(record))


def _records(
    values: Any,
    where: str,
    normal: Callable[[Mapping[str, Any], str], Record],
    order: Callable[[Record], tuple[Any, ...]],
) -> list[Record]:
    records = sorted((normal(value, where) for value in values or ()), key=order)
    unique = {canonical_json(record): record for record in records}
    return list(unique.values())


def _names(values: Any, where: str) -> list[str]:
    return sorted({_text(value, where) for value in values or ()})


def _further(data: Mapping[str, Any], known: tuple[str, ...], where: str) -> Record:
    """Return what the format does not name, in the order of its names."""
    return {
        _text(key, where): _value(value, where)
        for key, value in sorted(data.items())
        if key not in known and value not in (None, "")
    }


def _value(value: Any, where: str) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case float():
            return _number(value, where)
        case str():
            return _text(value, where)
        case list() | tuple():
            return [_value(item, where) for item in value]
        case dict():
            return {_text(key, where): _value(value[key], where) for key in sorted(value)}
    raise GraphError(
        f"{_start(where)} holds a {type(value).__name__}, which JSON cannot carry. "
        "Store text, numbers, lists or objects."
    )


def _number(value: Any, where: str) -> float:
    number = round(float(value), DECIMALS)
    if not math.isfinite(number):
        raise GraphError(f"{_start(where)} holds the number {number}. Store a finite one.")
    return number + 0.0  # no minus zero


def _scalar(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return str(round(value, DECIMALS) if isinstance(value, float) else value)


def _offset(record: Mapping[str, Any], key: str, where: str) -> int:
    try:
        return int(record[key])
    except (KeyError, TypeError, ValueError) as error:
        raise GraphError(
            f"{_start(where)} has a mention, passage or section without a whole number as its "
            f"{key}. Build the graph again."
        ) from error


def _required(data: Mapping[str, Any], key: str, where: str) -> str:
    if not data.get(key):
        raise GraphError(f"{_start(where)} has no {key}. Build the graph again.")
    return _text(data[key], where)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise GraphError(
            f"{_start(where)} holds {value!r} where text is needed. Build the graph again."
        )
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise GraphError(
            f"{_start(where)} holds half of a UTF-16 pair at character {error.start} of "
            f"{value[:40]!r}, which no file can carry. Clean the text when it is read."
        ) from error
    return str(value)


def _start(where: str) -> str:
    return where[:1].upper() + where[1:]
