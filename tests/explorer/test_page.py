from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from pathlib import Path

import networkx
import pytest

from kg.errors import OutputError
from kg.explorer import page as page_module
from kg.explorer.page import SCRIPTS, node_size, render
from kg.exporters.html import export
from kg.ontology import load_ontology
from tests.conftest import EPISODE_TITLE, make_small_graph
from tests.explorer.hostile import ATTACKS, hostile_graph
from tests.explorer.page_parts import Page

ONTOLOGY = load_ontology()
FOLDER = files("kg.explorer")


@pytest.fixture(scope="module")
def html() -> str:
    return render(make_small_graph(), ONTOLOGY)


@pytest.fixture(scope="module")
def hostile_html() -> str:
    return render(hostile_graph(), ONTOLOGY)


def test_the_graph_is_not_changed(small_graph: networkx.MultiDiGraph) -> None:
    export(small_graph, ONTOLOGY)
    untouched = make_small_graph()
    for graph in (small_graph, untouched):
        assert graph.graph == {"generator": "kg 0.1.0", "ontology": "0.1.0"}
    assert dict(small_graph.nodes(data=True)) == dict(untouched.nodes(data=True))
    assert list(small_graph.edges(data=True, keys=True)) == list(
        untouched.edges(data=True, keys=True)
    )


def test_the_same_graph_gives_the_same_bytes(small_graph: networkx.MultiDiGraph) -> None:
    turned = networkx.MultiDiGraph(**small_graph.graph)
    turned.add_nodes_from(reversed(list(small_graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.edges(data=True, keys=True))))
    assert export(small_graph, ONTOLOGY) == export(turned, ONTOLOGY)


def test_no_tag_refers_to_the_network(html: str) -> None:
    for tag, attributes in Page(html).tags:
        for name, value in attributes.items():
            assert not re.match(r"\s*(https?:|//)", value), f"<{tag} {name}={value}>"
    assert "sourceMappingURL" not in html
    assert not re.search(r"@import|url\(", " ".join(Page(html).raw["style"]))


@pytest.mark.parametrize("which", ["html", "hostile_html"])
def test_the_policy_allows_exactly_the_scripts_and_the_style_of_the_page(
    which: str, request: pytest.FixtureRequest
) -> None:
    page = Page(request.getfixturevalue(which))
    kinds = [attributes.get("type", "") for tag, attributes in page.tags if tag == "script"]
    assert kinds == ["application/json", "", ""]

    def hashed(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [hashed(text) for text in page.raw["script"][1:]]
    assert rules["style-src"] == hashed(page.raw["style"][0])
    assert rules["base-uri"] == rules["form-action"] == "'none'"


def test_the_head_can_be_read_without_its_script(html: str) -> None:
    page = Page(html)
    words = " ".join(page.words)
    assert ("html", {"lang": "en"}) in page.tags
    assert EPISODE_TITLE in words
    for expected in ("The Queue", "3 March 2026", "1 h 5 min", "Ada Holm", "Łukasz Öst"):
        assert expected in words


def test_every_relation_is_listed_without_script(html: str) -> None:
    plain = html[html.index("<noscript>") : html.index("</noscript>")]
    words = " ".join(Page(plain).words)
    assert "Halden Labs — competes with — Nordlys <script>" in words
    assert "Ada Holm is the head of research at Halden Labs" in words
    assert "Benchmark MMLU" in " ".join(words.split())


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_stays_text(attack: str, hostile_html: str) -> None:
    page = Page(hostile_html)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"img", "svg", "iframe", "object", "b"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert attack in [entity["label"] for entity in page.data["entities"]]
    assert attack in page.data["episodes"][0]["title"]
    assert "{{ 7 * 7 }}" in hostile_html
    assert not [entity for entity in page.data["entities"] if "wikidata" in entity]


def test_only_links_within_the_page_stand_in_the_hostile_page(hostile_html: str) -> None:
    links = [
        a["href"] for tag, a in Page(hostile_html).tags if tag in ("a", "link") and "href" in a
    ]
    assert links
    assert all(link.startswith("#") or link == "data:," for link in links)


def test_nodes_and_lines_come_from_pyvis_without_text_of_the_graph(html: str) -> None:
    data = Page(html).data
    network = data["network"]
    assert network["options"]["physics"] == {"enabled": False}
    assert all(isinstance(node["label"], int) for node in network["nodes"])
    assert not [node for node in network["nodes"] if {"title", "image"} & set(node)]
    pairs = {(edge["from"], edge["to"]) for edge in network["edges"]}
    assert len(pairs) == len(network["edges"])
    drawn = {node["id"] for node in network["nodes"]}
    classes = [known["name"] for known in data["classes"]]
    assert {classes[data["entities"][node]["class"]] for node in drawn} >= {"Model", "Quote"}
    assert "Episode" not in {classes[data["entities"][node]["class"]] for node in drawn}


def test_what_is_no_fact_is_not_drawn_at_first(html: str) -> None:
    data = Page(html).data
    labels = [entity["label"] for entity in data["entities"]]
    lines = {
        frozenset((labels[edge["from"]], labels[edge["to"]])) for edge in data["network"]["edges"]
    }
    assert frozenset(("Halden Labs", "Skald 2")) in lines
    assert frozenset(("Halden Labs", "Skald 3")) not in lines
    assert frozenset(("Borealis 3", "Mixture of Experts")) not in lines


def test_the_licences_are_in_the_page(html: str) -> None:
    for words in (
        "Almende B.V",
        "visjs contributors",
        "West Health Institute",
        "Apache-2.0 OR MIT",
    ):
        assert words in html


def test_our_own_part_of_the_page_is_small(html: str) -> None:
    page = Page(html)
    own = len(page.raw["script"][-1].encode()) + len(page.raw["style"][0].encode())
    assert own <= 75_000
    assert len(html.encode()) <= 600_000


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_make_elements_from_text_only(name: str) -> None:
    script = FOLDER.joinpath("script", name).read_text("utf-8")
    forbidden = "innerHTML|outerHTML|insertAdjacent|document.write|eval\\(|new Function|srcdoc"
    assert not re.search(forbidden, script)
    assert not re.search(r"fetch\(|XMLHttp|WebSocket|sendBeacon|import\(", script)


def test_every_script_of_the_folder_is_in_the_page() -> None:
    folder = FOLDER.joinpath("script")
    assert sorted(SCRIPTS) == sorted(path.name for path in folder.iterdir())


def test_a_pyvis_without_its_library_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page_module._vis_network.cache_clear()
    monkeypatch.setattr(page_module, "files", lambda _: tmp_path)
    with pytest.raises(OutputError, match=r"pip install pyvis==0\.3\.2"):
        page_module._vis_network()


def test_area_grows_with_the_number_of_links() -> None:
    assert node_size(0) < node_size(1) < node_size(9) < node_size(40) == node_size(4000)


def test_an_empty_graph_still_gives_a_page() -> None:
    page = Page(render(networkx.MultiDiGraph(), ONTOLOGY))
    assert "Knowledge graph" in page.words
