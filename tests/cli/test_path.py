"""``kg path`` from the outside."""

from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import export
from kg.ontology import load_ontology
from tests.cli.conftest import Run

EPISODE = "#12 – Small Models & <b>Bold</b> Claims"


def test_each_step_has_its_evidence(run: Run, small_graph_file: Path) -> None:
    result = run("path", "mmlu", "halden labs", "--graph", small_graph_file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "1. Skald 2 — evaluated on — MMLU",
        f"     “reaches 71.5% on MMLU” — Models, {EPISODE}",
        "2. Halden Labs — develops — Skald 2",
        "     “Halden Labs, based in Bergen, released Skald 2, a member of the Skald family.”"
        f" — Models, {EPISODE}",
        f"     “Skald 2 is the work of Halden Labs alone.” — Models, {EPISODE}",
    ]


def test_open_relation_is_said_in_its_own_words(run: Run, small_graph_file: Path) -> None:
    shown = run("path", "Ada Holm", "Grace Lund 🎙", "--graph", small_graph_file).stdout
    assert shown.startswith("1. Ada Holm — met — Grace Lund 🎙 (open relation)\n")


def test_episode_is_the_last_resort(run: Run, small_graph_file: Path) -> None:
    shown = run("path", "bergen", "scaling laws", "--graph", small_graph_file).stdout
    assert f"1. {EPISODE} — discusses — Bergen" in shown
    assert f"2. {EPISODE} — about — scaling laws" in shown


def test_further_chains_on_request(run: Run, small_graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    for iri in ("urn:a", "urn:b"):
        small_graph.add_node(iri, type="Topic", label=iri)
        for other in ("urn:from", "urn:to"):
            small_graph.add_node(other, type="Topic", label=other)
            small_graph.add_edge(iri, other, key="uses", relation="uses")
    (tmp_path / "graph.json").write_bytes(export("json", small_graph, load_ontology()))
    arguments = ("path", "urn:from", "urn:to", "--graph", tmp_path)
    assert run(*arguments).stdout.count("1. ") == 1
    assert run(*arguments, "--limit", "5").stdout.count("1. ") == 2


@pytest.mark.parametrize(
    ("start", "end", "exit_code", "message"),
    [
        ("Halden Labs", "halden-labs", 1, "name the same entity"),
        ("Halden Labs", "Nobody", 1, "There is no entity named 'Nobody'"),
        ("Halden Labs", "alone", 1, "Nothing that the episodes say links Halden Labs and alone."),
    ],
)
def test_no_way(
    run: Run,
    small_graph: nx.MultiDiGraph,
    tmp_path: Path,
    start: str,
    end: str,
    exit_code: int,
    message: str,
) -> None:
    small_graph.add_node("urn:alone", type="Topic", label="alone")
    (tmp_path / "graph.json").write_bytes(export("json", small_graph, load_ontology()))
    result = run("path", start, end, "--graph", tmp_path)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert message in result.stderr
