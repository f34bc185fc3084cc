"""What every exporter promises; a new format is tested by being in the table."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from html.parser import HTMLParser

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.errors import UnknownNameError
from kg.exporters import EXPORTERS, export, get_format, load_exporter
from kg.ontology import load_ontology
from tests.conftest import EPISODE, make_small_graph

ONTOLOGY = load_ontology()


def parse_html(content: bytes) -> None:
    parser = HTMLParser()
    parser.feed(content.decode("utf-8"))
    parser.close()
    assert content.lstrip().lower().startswith(b"<!doctype html>")


def parse_json(content: bytes) -> None:
    graph = nx.node_link_graph(json.loads(content), edges="edges")
    assert nx.utils.graphs_equal(graph, make_small_graph())


def parse_turtle(content: bytes) -> None:
    assert len(list(ox.parse(content, ox.RdfFormat.TURTLE))) > 500


def parse_ntriples(content: bytes) -> None:
    assert len(list(ox.parse(content, ox.RdfFormat.N_TRIPLES))) > 500


PARSERS: Mapping[str, Callable[[bytes], None]] = {
    "html": parse_html,
    "json": parse_json,
    "ntriples": parse_ntriples,
    "turtle": parse_turtle,
}


@pytest.mark.parametrize("name", EXPORTERS)
def test_graph_is_left_as_it_was(name: str, small_graph: nx.MultiDiGraph) -> None:
    export(name, small_graph, ONTOLOGY)
    assert nx.utils.graphs_equal(small_graph, make_small_graph())
    assert small_graph.graph == make_small_graph().graph


@pytest.mark.parametrize("name", EXPORTERS)
def test_output_parses(name: str, small_graph: nx.MultiDiGraph) -> None:
    PARSERS[name](export(name, small_graph, ONTOLOGY))


@pytest.mark.parametrize("name", EXPORTERS)
def test_order_of_nodes_and_edges_does_not_count(name: str, small_graph: nx.MultiDiGraph) -> None:
    turned = nx.MultiDiGraph(**small_graph.graph)
    turned.add_nodes_from(reversed(list(small_graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.edges(data=True, keys=True))))
    assert export(name, turned, ONTOLOGY) == export(name, small_graph, ONTOLOGY)


@pytest.fixture(scope="module")
def digests() -> list[dict[str, str]]:
    """The hash of every format's output, from two processes with hash seeds of their own."""
    code = (
        "import hashlib, json\n"
        "from kg.exporters import EXPORTERS, export\n"
        "from kg.ontology import load_ontology\n"
        "from tests.conftest import make_small_graph\n"
        "print(json.dumps({name: hashlib.sha256(export(name, make_small_graph(), "
        "load_ontology())).hexdigest() for name in EXPORTERS}))"
    )
    path = os.pathsep.join(sys.path)
    found = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        found.append(json.loads(done.stdout))
    return found


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_process_writes_the_same_bytes(name: str, digests: list[dict[str, str]]) -> None:
    here = hashlib.sha256(export(name, make_small_graph(), ONTOLOGY)).hexdigest()
    assert [digest[name] for digest in digests] == [here, here]


@pytest.mark.parametrize("name", EXPORTERS)
def test_graph_without_anything_is_written_too(name: str) -> None:
    assert export(name, nx.MultiDiGraph(), ONTOLOGY)


@pytest.mark.parametrize("name", EXPORTERS)
def test_table_has_what_it_needs(name: str) -> None:
    format_ = get_format(name)
    assert format_.suffix.startswith(".")
    assert format_.description.endswith(".")
    assert callable(load_exporter(name))


def test_table_is_sorted_and_its_suffixes_are_unique() -> None:
    assert list(EXPORTERS) == sorted(EXPORTERS) == sorted(PARSERS)
    assert len({format_.suffix for format_ in EXPORTERS.values()}) == len(EXPORTERS)


def test_unknown_format_names_those_that_exist() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'turtle'"):
        get_format("turtel")
    with pytest.raises(UnknownNameError, match="choose from html, json, ntriples, turtle"):
        load_exporter("powerpoint")


def test_json_keeps_the_order_of_the_contract(small_graph: nx.MultiDiGraph) -> None:
    document = json.loads(export("json", small_graph, ONTOLOGY))
    assert list(document) == ["directed", "multigraph", "graph", "nodes", "edges"]
    ids = [node["id"] for node in document["nodes"]]
    assert ids == sorted(ids)
    ends = [(edge["source"], edge["target"], edge["key"]) for edge in document["edges"]]
    assert ends == sorted(ends)
    episode = document["nodes"][ids.index(EPISODE)]
    assert list(episode)[:3] == ["id", "type", "label"]
    assert list(episode)[-2:] == ["sections", "text"]
    assert list(document["edges"][0]) == [
        *("source", "target", "key", "relation", "origin", "modality", "confidence"),
        *("phrase", "voice", "literals", "evidence"),
    ]


def test_json_is_utf8_on_lines_with_rounded_numbers(small_graph: nx.MultiDiGraph) -> None:
    small_graph.nodes[EPISODE]["confidence"] = 0.123456789
    content = export("json", small_graph, ONTOLOGY).decode("utf-8")
    assert '"Łukasz Öst"' in content
    assert '\n   "confidence": 0.1235,\n' in content
    assert content.endswith("\n}\n")
