"""The graph as an object, and graph.json as it is read."""

import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import kg
from kg.errors import GraphError, UnknownNameError
from kg.graph import KnowledgeGraph, load_graph
from kg.iri import mint
from kg.model import Modality, Origin
from tests.conftest import EPISODE, EPISODE_TEXT, NORDLYS, QUOTE, make_small_graph

ADA = mint("Person", "Ada Holm")
GRACE = mint("Person", "Grace Lund 🎙")
HALDEN = mint("Organization", "Halden Labs")
NORDLYS_IRI = mint("Organization", NORDLYS)
SKALD_2 = mint("Model", "Skald 2")
SKALD_3 = mint("Model", "Skald 3")
BOREALIS = mint("Model", "Borealis 3")
MOE = mint("Architecture", "Mixture of Experts")
KV_CACHE = mint("Architecture", "KV cache")
BERGEN = mint("Place", "Bergen")
TOPIC = mint("Topic", "scaling laws")


@pytest.fixture
def graph(small_graph: nx.MultiDiGraph) -> KnowledgeGraph:
    return KnowledgeGraph(small_graph)


def test_graph_is_read_from_a_file_and_from_its_folder(small_graph_file: Path) -> None:
    expected = make_small_graph()
    for path in (small_graph_file, small_graph_file.parent, str(small_graph_file)):
        read = load_graph(path).graph
        assert nx.utils.graphs_equal(read, expected)
        assert read.graph == expected.graph
    assert kg.load is load_graph


def test_copy_shares_nothing(graph: KnowledgeGraph) -> None:
    copy = graph.to_networkx()
    copy.nodes[ADA]["aliases"].append("x")
    copy.remove_node(HALDEN)
    assert nx.utils.graphs_equal(graph.graph, make_small_graph())


def test_entities_are_typed_values_sorted_by_class_and_label(graph: KnowledgeGraph) -> None:
    entities = graph.entities()
    assert len(entities) == graph.graph.number_of_nodes()
    assert [(e.type, e.label) for e in entities] == sorted((e.type, e.label) for e in entities)
    (moe,) = [entity for entity in entities if entity.id == MOE]
    assert (moe.label, moe.aliases, moe.origin) == ("Mixture of Experts", ("MoE",), Origin.TEXT)
    for mention in moe.mentions:
        assert EPISODE_TEXT[mention.start : mention.end] == mention.text
    (episode,) = graph.entities("Episode")
    assert ("published", "2026-03-03") in episode.attributes


def test_entities_of_a_class_include_its_subclasses(graph: KnowledgeGraph) -> None:
    assert HALDEN in {entity.id for entity in graph.entities("Organization")}
    assert [entity.id for entity in graph.entities("Lab")] == [HALDEN]
    with pytest.raises(UnknownNameError, match="did you mean 'Model'"):
        graph.entities("Modell")


def test_relations_are_those_asserted_unless_asked_otherwise(graph: KnowledgeGraph) -> None:
    made = graph.relations(subject=HALDEN, relation="develops")
    assert [relation.object for relation in made] == [SKALD_2]
    assert [evidence.section for evidence in made[0].evidence] == ["Models", "Models"]
    everything = graph.relations(subject=HALDEN, relation="develops", modality=None)
    assert {relation.object for relation in everything} == {SKALD_2, SKALD_3}
    (negated,) = graph.relations(relation="develops", modality=Modality.NEGATED)
    assert negated.object == SKALD_3
    assert graph.relations(object=SKALD_2, relation="develops") == made
    assert graph.relations(subject=HALDEN, object=SKALD_2) == made
    assert len(graph.relations(modality=None)) == graph.graph.number_of_edges()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"relation": "develop"}, "did you mean 'develops'"),
        ({"subject": "nowhere"}, "no entity named 'nowhere'"),
        ({"object": "nowhere"}, "no entity named 'nowhere'"),
    ],
)
def test_unknown_end_or_relation(
    graph: KnowledgeGraph, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        graph.relations(**arguments)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Halden Labs", HALDEN),
        ("halden-labs", HALDEN),
        ("HALDENLABS", HALDEN),
        ("The Halden Lab", HALDEN),
        ("MoE", MOE),
        ("mixture of expert", MOE),
        ("kv-cache", KV_CACHE),
        ("Nordlys", NORDLYS_IRI),
        (NORDLYS, NORDLYS_IRI),
        ("grace lund", GRACE),
        (SKALD_2, SKALD_2),
    ],
)
def test_name_is_found_in_any_spelling(graph: KnowledgeGraph, name: str, found: str) -> None:
    assert graph.find(name) == (found,)


def test_what_bears_the_name_as_its_label_comes_first(small_graph: nx.MultiDiGraph) -> None:
    product = mint("Product", "Skald 2")
    small_graph.add_node(product, type="Product", label="Skald Studio", aliases=["Skald 2"])
    small_graph.add_node("urn:second", type="Work", label="Skald-2")
    assert KnowledgeGraph(small_graph).find("skald 2") == (SKALD_2, "urn:second", product)


@pytest.mark.parametrize("name", ["Ada Hlm", "?!", "", "nobody at all"])
def test_name_that_is_not_found(graph: KnowledgeGraph, name: str) -> None:
    with pytest.raises(UnknownNameError) as raised:
        graph.find(name)
    assert raised.value.kind == "entity"
    assert ("Ada Holm" in raised.value.close) is (name == "Ada Hlm")


def test_description_has_relations_both_ways(graph: KnowledgeGraph) -> None:
    description = graph.describe(HALDEN)
    assert description.entity.type == "Lab"
    assert {(r.relation, r.object) for r in description.outgoing} >= {
        ("develops", SKALD_2),
        ("develops", SKALD_3),
        ("locatedIn", BERGEN),
    }
    assert {(r.relation, r.subject) for r in description.incoming} >= {
        ("worksFor", ADA),
        ("acquires", NORDLYS_IRI),
        ("discusses", EPISODE),
    }
    assert description.episodes == (EPISODE,)
    assert description.names[NORDLYS_IRI] == NORDLYS
    assert description.names[EPISODE].startswith("#12")


def walked(graph: KnowledgeGraph, start: str, end: str, limit: int = 1) -> list[list[str]]:
    return [
        [chain[0].start, *(step.end for step in chain)] for chain in graph.path(start, end, limit)
    ]


def test_path_is_a_chain_of_relations_with_evidence(graph: KnowledgeGraph) -> None:
    (chain,) = graph.path(ADA, KV_CACHE)
    assert [step.relations[0].relation for step in chain] == [
        "worksFor",
        "develops",
        "uses",
        "reduces",
    ]
    assert walked(graph, ADA, KV_CACHE) == [[ADA, HALDEN, SKALD_2, MOE, KV_CACHE]]
    assert walked(graph, KV_CACHE, ADA) == [[KV_CACHE, MOE, SKALD_2, HALDEN, ADA]]
    for step in chain:
        assert all(relation.evidence for relation in step.relations)


def test_path_uses_the_episode_only_where_nothing_else_links(graph: KnowledgeGraph) -> None:
    assert EPISODE not in walked(graph, ADA, BERGEN)[0]
    assert walked(graph, BERGEN, TOPIC) == [[BERGEN, EPISODE, TOPIC]]


@pytest.mark.parametrize(
    ("start", "end"),
    [(SKALD_3, HALDEN), (NORDLYS_IRI, HALDEN), (BOREALIS, MOE)],
    ids=["negated", "predicted", "background"],
)
def test_path_takes_no_step_that_no_episode_asserts(
    graph: KnowledgeGraph, start: str, end: str
) -> None:
    for chain in graph.path(start, end):
        for step in chain:
            for relation in step.relations:
                assert relation.modality is Modality.ASSERTED
                assert relation.origin is not Origin.BACKGROUND


def test_path_to_itself_and_to_what_stands_alone_is_empty(small_graph: nx.MultiDiGraph) -> None:
    small_graph.add_node("urn:alone", type="Topic", label="alone")
    graph = KnowledgeGraph(small_graph)
    assert graph.path(ADA, ADA) == ()
    assert graph.path(ADA, "urn:alone") == ()
    with pytest.raises(UnknownNameError):
        graph.path(ADA, "urn:nowhere")


def test_of_equally_short_chains_the_surest_comes_first(small_graph: nx.MultiDiGraph) -> None:
    for iri, confidence in (("urn:b", 0.9), ("urn:a", 0.4), ("urn:c", 0.8)):
        small_graph.add_node(iri, type="Topic", label=iri)
        small_graph.add_edge(QUOTE, iri, key="uses", relation="uses", confidence=confidence)
        small_graph.add_edge(iri, KV_CACHE, key="uses", relation="uses", confidence=confidence)
    small_graph.edges["urn:b", KV_CACHE, "uses"].update(origin="open", relation="relatedTo")
    ways = [way[1] for way in walked(KnowledgeGraph(small_graph), QUOTE, KV_CACHE, limit=9)]
    assert ways == ["urn:c", "urn:a", "urn:b"]


def test_path_does_not_depend_on_the_order_of_edges(small_graph: nx.MultiDiGraph) -> None:
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(small_graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.edges(data=True, keys=True))))
    for end in (KV_CACHE, TOPIC, BOREALIS, GRACE):
        one = KnowledgeGraph(small_graph).path(ADA, end, limit=3)
        assert KnowledgeGraph(turned).path(ADA, end, limit=3) == one != ()


def test_query_sees_the_same_graph_as_rdflib(graph: KnowledgeGraph) -> None:
    rows = {tuple(row) for row in graph.query("SELECT ?lab ?model { ?lab kg:develops ?model }")}
    assert (HALDEN, SKALD_2) in rows
    found = graph.to_rdflib().query("SELECT ?lab ?model { ?lab kg:develops ?model }")
    assert {tuple(map(str, row)) for row in found} == rows  # type: ignore[arg-type]  # rows of SELECT


GOOD_NODE = {"id": "urn:a", "type": "Topic", "label": "a"}
GOOD_EDGE = {"source": "urn:a", "target": "urn:a", "key": "uses", "relation": "uses"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"directed": False}, "'directed' is not true"),
        ({"multigraph": None}, "'multigraph' is not true"),
        ({"graph": []}, "'graph' is no object"),
        ({"nodes": 5}, "'nodes' is no list"),
        ({"edges": None}, "'edges' is no list"),
        ({"nodes": [5]}, "nodes[0] is no object"),
        ({"nodes": [{}]}, "nodes[0].id is no text"),
        ({"nodes": [GOOD_NODE | {"label": ""}]}, "nodes[0].label is empty"),
        ({"nodes": [GOOD_NODE | {"type": None}]}, "nodes[0].type is no text"),
        ({"nodes": [GOOD_NODE, GOOD_NODE]}, "nodes[1] has the id of another node, urn:a"),
        ({"nodes": [GOOD_NODE | {"aliases": "a"}]}, "nodes[0].aliases is no list"),
        ({"nodes": [GOOD_NODE | {"sameAs": [1]}]}, "nodes[0].sameAs[0] is no text"),
        ({"nodes": [GOOD_NODE | {"origin": "?"}]}, "nodes[0].origin is '?'"),
        ({"nodes": [GOOD_NODE | {"confidence": "1"}]}, "nodes[0].confidence is no number"),
        ({"nodes": [GOOD_NODE | {"mentions": [{}]}]}, "nodes[0].mentions[0].start is no whole"),
        ({"nodes": [GOOD_NODE | {"sections": [[]]}]}, "nodes[0].sections[0] is no object"),
        ({"edges": [GOOD_EDGE | {"target": "urn:b"}]}, "edges[0] refers to urn:b, which is no"),
        ({"edges": [GOOD_EDGE | {"key": 0}]}, "edges[0].key is no text"),
        ({"edges": [{"source": "urn:a"}]}, "edges[0].target is no text"),
        ({"edges": [GOOD_EDGE | {"modality": "maybe"}]}, "edges[0].modality is 'maybe'"),
        ({"edges": [GOOD_EDGE | {"literals": []}]}, "edges[0].literals is no object"),
        (
            {"edges": [GOOD_EDGE | {"evidence": [{"start": 0, "end": 1, "episode": 5}]}]},
            "edges[0].evidence[0].episode is no text",
        ),
    ],
)
def test_document_that_is_no_graph(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    whole = {"directed": True, "multigraph": True, "nodes": [GOOD_NODE], "edges": [GOOD_EDGE]}
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(whole), "utf-8")
    assert len(load_graph(file).entities()) == 1
    file.write_text(json.dumps(whole | change), "utf-8")
    with pytest.raises(GraphError, match=re.escape(f"{file} is not a graph of kg: {fault}")):
        load_graph(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "damaged: Expecting value at line 1, column 1"),
        (b'{"nodes": [\n}', "at line 2, column 1"),
        (b"\xff\xfe\xfd", "damaged|not text in UTF-8"),
        (b"[]", "it is no JSON object"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_damaged_file_names_the_place_and_the_way_out(
    tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "graph.json"
    file.write_bytes(content)
    with pytest.raises(GraphError, match=message) as raised:
        load_graph(tmp_path)
    assert str(file) in str(raised.value)
    assert "kg build" in str(raised.value)


def test_missing_file_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        load_graph(tmp_path / "nothing")
    with pytest.raises(GraphError, match=r"graph\.json cannot be read"):
        load_graph(tmp_path)
