"""``kg show`` from the outside."""

import json
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import export
from kg.graph import KnowledgeGraph
from kg.iri import mint
from kg.ontology import load_ontology
from tests.cli.conftest import Run
from tests.conftest import NORDLYS

HALDEN = mint("Organization", "Halden Labs")


def test_card_has_relations_both_ways_with_their_evidence(run: Run, small_graph_file: Path) -> None:
    shown = run("show", "halden-labs", "--graph", small_graph_file)
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[:2] == ["Halden Labs · Lab", f"  {HALDEN}"]
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings == [
        "Halden Labs · Lab",
        "acquired by",
        "competes with",
        "develops",
        "employs",
        "located in",
        "discussed in",
    ]
    made = lines[lines.index("develops") :]
    assert made[1] == "  Skald 2 · date 2026-02-28"
    assert made[2].startswith("    “Halden Labs, based in Bergen, released Skald 2")
    assert made[2].endswith("” — Models, #12 – Small Models & <b>Bold</b> Claims")
    assert made[4] == "  Skald 3 (negated)"
    assert "  Ada Holm · role head of research" in lines
    assert f"  {NORDLYS} (predicted)" in lines


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("moe", "  also: MoE"),
        ("bergen", "  same as: http://www.wikidata.org/entity/Q26793"),
        ("bergen", "  named 2 times in #12 – Small Models & <b>Bold</b> Claims"),
        (
            "Borealis 3",
            "  Mixture of Experts (background: known to the lexicon, said by no episode)",
        ),
        ("grace lund", "  Ada Holm met Grace Lund 🎙 (open relation)"),
        ("ada holm", "  Ada Holm met Grace Lund 🎙 (open relation)"),
        ("the queue", "has episode"),
        ("“Simple beats clever.”", "  “Simple beats clever.”"),
        ("#12 – Small Models & <b>Bold</b> Claims", "  published: 2026-03-03"),
    ],
)
def test_card_says(run: Run, small_graph_file: Path, name: str, line: str) -> None:
    assert line in run("show", name, "--graph", small_graph_file).stdout.splitlines()


def test_json_is_for_programs(run: Run, small_graph_file: Path) -> None:
    result = run("show", HALDEN, "--graph", small_graph_file, "--format", "json")
    (card,) = json.loads(result.stdout)
    assert (card["entity"]["id"], card["entity"]["type"]) == (HALDEN, "Lab")
    assert {"negated", "asserted"} == {relation["modality"] for relation in card["outgoing"]}
    assert card["names"][mint("Person", "Ada Holm")] == "Ada Holm"


def test_all_that_bear_the_name_are_shown(
    run: Run, small_graph: nx.MultiDiGraph, tmp_path: Path
) -> None:
    small_graph.add_node("urn:x", type="Product", label="Halden-Labs", origin="background")
    (tmp_path / "graph.json").write_bytes(export("json", small_graph, load_ontology()))
    result = run("show", "Halden Labs", "--graph", tmp_path)
    assert result.stderr == "2 entities have this name.\n"
    assert (
        "Halden-Labs · Product\n  urn:x\n  known to the lexicon; no episode names it"
        in result.stdout
    )


def test_text_of_a_guide_does_not_command_the_terminal(
    run: Run, small_graph: nx.MultiDiGraph, tmp_path: Path
) -> None:
    small_graph.nodes[HALDEN]["label"] = "Halden \x1b[2J\u202eLabs\r\n"
    (tmp_path / "graph.json").write_bytes(export("json", small_graph, load_ontology()))
    shown = run("show", HALDEN, "--graph", tmp_path).stdout
    assert shown.startswith("Halden \\x1b[2J\\u202eLabs · Lab\n")
    assert not {"\x1b", "\u202e", "\r"} & set(shown)


def test_unknown_name_names_what_is_close(run: Run, small_graph_file: Path) -> None:
    result = run("show", "Halden Laps", "--graph", small_graph_file)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'Halden Labs'?" in result.stderr


def test_every_entity_can_be_shown(run: Run, small_graph_file: Path) -> None:
    small_graph = json.loads(small_graph_file.read_text("utf-8"))
    for node in small_graph["nodes"]:
        assert run("show", node["id"], "--graph", small_graph_file).exit_code == 0


def test_relation_to_itself_is_shown_once(small_graph: nx.MultiDiGraph) -> None:
    from kg.cli.show import card

    small_graph.add_edge(HALDEN, HALDEN, key="competesWith", relation="competesWith")
    graph = KnowledgeGraph(small_graph)
    lines = list(card(graph.describe(HALDEN), graph.ontology))
    assert lines.count("  Halden Labs") == 1
