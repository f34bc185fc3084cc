"""What a build says it found."""

from pathlib import Path

import networkx as nx

from kg.cli.summary import sources_without_entities, summarize


def test_summary_counts_what_the_text_states(small_graph: nx.MultiDiGraph) -> None:
    lines = summarize(small_graph, guides=1, out=Path("exports")).splitlines()
    assert lines[0] == (
        "Read 1 guide: 20 entities, 35 stated relations, 1 open relation, "
        "2 negated, hypothetical or predicted statements."
    )
    assert lines[2:5] == ["Entities", "  Model              4", "  Person             3"]
    assert "  develops           2" in lines  # the negated third is not stated
    assert "  uses               1" in lines  # nor is the one that only the lexicon knows


def test_summary_names_what_is_most_connected(small_graph: nx.MultiDiGraph) -> None:
    lines = summarize(small_graph, guides=1, out=Path("exports")).splitlines()
    first = lines.index("Most connected") + 1
    assert lines[first].split() == ["Skald", "2", "(Model)", "6", "relations,", "4", "mentions"]
    assert not any("(Episode)" in line or "(Quote)" in line for line in lines[first:])


def test_next_commands_name_entities_and_the_folder(small_graph: nx.MultiDiGraph) -> None:
    shown = summarize(small_graph, guides=1, out=Path("my graphs"))
    assert "  kg open --graph 'my graphs'" in shown
    assert "  kg path 'Skald 2' 'Halden Labs' --graph 'my graphs'" in shown
    assert "--graph" not in summarize(small_graph, guides=1, out=Path("exports"))


def test_name_that_two_entities_share_is_not_suggested() -> None:
    graph = nx.MultiDiGraph()
    for id_, class_ in (("1", "Model"), ("2", "Organization")):
        graph.add_node(id_, type=class_, label="DeepSeek", origin="text", mentions=[])
    shown = summarize(graph, guides=1, out=Path("exports"))
    assert "DeepSeek (Model)" in shown
    assert "kg show" not in shown


def test_summary_of_an_empty_graph() -> None:
    shown = summarize(nx.MultiDiGraph(), guides=0, out=Path("exports"))
    assert "Read 0 guides: 0 entities, 0 stated relations" in shown
    assert "Entities\n  none\n" in shown


def test_guide_in_which_nothing_was_recognised_is_named(small_graph: nx.MultiDiGraph) -> None:
    assert sources_without_entities(small_graph) == []
    small_graph.add_node("empty", type="Episode", label="#13", source="the-queue-13.txt")
    assert sources_without_entities(small_graph) == ["the-queue-13.txt"]
