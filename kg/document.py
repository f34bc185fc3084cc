"""graph.json as it is read: checked to be a whole graph before anything relies on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.model import Modality, Origin

if TYPE_CHECKING:
    import networkx as nx

GRAPH_FILE = "graph.json"


def graph_file(path: Path) -> Path:
    """Return the graph.json of a folder; any other path is taken to be one itself."""
    return path / GRAPH_FILE if path.is_dir() else path


def read_graph(file: Path) -> nx.MultiDiGraph:
    """Return the graph that a file holds.

    Raises ``GraphError`` where it is missing, is no JSON, or is not a graph of ours.
    """
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise GraphError(
            f"{file} cannot be read: {error.strerror}. Make a graph with `kg build`, or name the "
            "right folder or file with --graph."
        ) from error
    except json.JSONDecodeError as error:
        raise GraphError(
            f"{file} is damaged: {error.msg} at line {error.lineno}, column {error.colno}. "
            "Run `kg build` again."
        ) from error
    except UnicodeDecodeError as error:
        raise GraphError(
            f"{file} is not text in UTF-8 (byte {error.start}). Run `kg build` again."
        ) from error
    except RecursionError as error:
        raise GraphError(f"{file} is nested too deeply. Run `kg build` again.") from error
    return graph_from_document(document, str(file))


def graph_from_document(document: object, where: str) -> nx.MultiDiGraph:
    """Return the graph that a node-link document holds.

    ``where`` names the document in the ``GraphError`` that is raised when it is not whole.
    """
    import networkx as nx

    try:
        _check(document)
    except _FaultError as fault:
        raise GraphError(f"{where} is not a graph of kg: {fault}. Run `kg build` again.") from fault
    graph: nx.MultiDiGraph = nx.node_link_graph(document, edges="edges")
    return graph


class _FaultError(Exception):
    """What is wrong with a document, and where in it."""


def _check(document: object) -> None:
    if not isinstance(document, dict):
        raise _FaultError("it is no JSON object")
    for key in ("directed", "multigraph"):
        if document.get(key) is not True:
            raise _FaultError(f"{key!r} is not true")
    _object(document.get("graph", {}), "'graph'")
    ids: set[str] = set()
    for number, node in enumerate(_list(document.get("nodes"), "'nodes'")):
        _check_node(node, f"nodes[{number}]")
        if node["id"] in ids:
            raise _FaultError(f"nodes[{number}] has the id of another node, {node['id']}")
        ids.add(node["id"])
    for number, edge in enumerate(_list(document.get("edges"), "'edges'")):
        _check_edge(edge, f"edges[{number}]")
        for end in (edge["source"], edge["target"]):
            if end not in ids:
                raise _FaultError(f"edges[{number}] refers to {end}, which is no node")


def _check_node(node: object, place: str) -> None:
    attributes = _object(node, place)
    for key in ("id", "type", "label"):
        _text(attributes.get(key), f"{place}.{key}")
        if not attributes[key]:
            raise _FaultError(f"{place}.{key} is empty")
    _check_common(attributes, place)
    for key in ("aliases", "sameAs"):
        for number, name in enumerate(_list(attributes.get(key, []), f"{place}.{key}")):
            _text(name, f"{place}.{key}[{number}]")
    _check_places(attributes.get("mentions", []), f"{place}.mentions")
    for number, section in enumerate(_list(attributes.get("sections", []), f"{place}.sections")):
        _check_span(section, f"{place}.sections[{number}]")
        _text(section.get("title"), f"{place}.sections[{number}].title")


def _check_edge(edge: object, place: str) -> None:
    attributes = _object(edge, place)
    for key in ("source", "target", "key", "relation"):
        _text(attributes.get(key), f"{place}.{key}")
    _check_common(attributes, place)
    modality = attributes.get("modality", "asserted")
    if modality not in [known.value for known in Modality]:
        raise _FaultError(
            f"{place}.modality is {modality!r}, which is none of {', '.join(Modality)}"
        )
    _object(attributes.get("literals", {}), f"{place}.literals")
    _check_places(attributes.get("evidence", []), f"{place}.evidence")


def _check_common(attributes: Mapping[str, Any], place: str) -> None:
    origin = attributes.get("origin", "text")
    if origin not in [known.value for known in Origin]:
        raise _FaultError(f"{place}.origin is {origin!r}, which is none of {', '.join(Origin)}")
    confidence = attributes.get("confidence", 1.0)
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise _FaultError(f"{place}.confidence is no number")


def _check_places(records: object, place: str) -> None:
    for number, record in enumerate(_list(records, place)):
        _check_span(record, f"{place}[{number}]")
        for key in ("episode", "text"):
            _text(record.get(key), f"{place}[{number}].{key}")


def _check_span(record: object, place: str) -> None:
    span = _object(record, place)
    for key in ("start", "end"):
        if type(span.get(key)) is not int:
            raise _FaultError(f"{place}.{key} is no whole number")


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _FaultError(f"{place} is no object")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _FaultError(f"{place} is no list")
    return value


def _text(value: object, place: str) -> None:
    if not isinstance(value, str):
        raise _FaultError(f"{place} is no text")
