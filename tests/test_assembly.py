"""Many extractions, one graph."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import networkx as nx
import pytest

from kg.assembly import assemble
from kg.exporters import export
from kg.iri import episode_iri, mint, quote_iri
from kg.model import (
    Entity,
    EntityMention,
    Evidence,
    Extraction,
    Guide,
    Modality,
    Origin,
    Relation,
)
from tests.marked import ontology

FIRST, SECOND, THIRD = (episode_iri("The Queue", str(number), "", "") for number in (1, 2, 3))


def iri(type_: str, name: str) -> str:
    return mint(ontology().root(type_), name)


def entity(episode: str, type_: str, label: str, *aliases: str, at: int = 0) -> Entity:
    names = (label, *aliases)
    mentions = tuple(
        EntityMention(episode, at + place, at + place + len(name), name)
        for place, name in enumerate(names)
    )
    return Entity(iri(type_, label), type_, label, aliases, mentions, 0.9)


def relation(episode: str, subject: Entity, name: str, object_: Entity, **rest: Any) -> Relation:
    evidence = (Evidence(episode, 0, 3, "abc"),)
    return Relation(subject.id, name, object_.id, evidence=evidence, **rest)


def extraction(episode: str, *things: Entity | Relation, text: str = "") -> Extraction:
    own = Entity(episode, "Episode", f"Episode {episode[-1]}", origin=Origin.LAYOUT)
    return Extraction(
        episode,
        Guide("guide.txt", text or f"text of {episode}"),
        (own, *(one for one in things if isinstance(one, Entity))),
        tuple(one for one in things if isinstance(one, Relation)),
    )


def edges(graph: nx.MultiDiGraph) -> list[tuple[str, str, str]]:
    return sorted(graph.edges(keys=True))


def models(graph: nx.MultiDiGraph) -> dict[str, dict[str, Any]]:
    return {node: data for node, data in graph.nodes(data=True) if data["type"] not in {"Episode"}}


def test_a_name_of_one_class_is_one_node_in_all_episodes() -> None:
    graph = assemble(
        [
            extraction(FIRST, entity(FIRST, "Model", "GPT-5", "GPT 5")),
            extraction(SECOND, entity(SECOND, "Model", "gpt 5")),
            extraction(THIRD, entity(THIRD, "Model", "GPT-5")),
        ],
        ontology(),
    )
    ((node, data),) = models(graph).items()
    assert node == iri("Model", "GPT-5")
    assert (data["label"], data["aliases"]) == ("GPT-5", ["GPT 5", "gpt 5"])
    assert {mention["episode"] for mention in data["mentions"]} == {FIRST, SECOND, THIRD}


def test_a_name_of_two_classes_is_two_nodes() -> None:
    graph = assemble(
        [extraction(FIRST, entity(FIRST, "Lab", "DeepSeek"), entity(FIRST, "Model", "DeepSeek"))],
        ontology(),
    )
    assert {data["type"] for data in models(graph).values()} == {"Lab", "Model"}


def test_a_lab_in_one_episode_is_a_lab_in_all() -> None:
    graph = assemble(
        [
            extraction(FIRST, entity(FIRST, "Organization", "Halden Labs")),
            extraction(SECOND, entity(SECOND, "Lab", "Halden Labs")),
        ],
        ontology(),
    )
    ((node, data),) = models(graph).items()
    assert (node, data["type"]) == (iri("Organization", "Halden Labs"), "Lab")


@pytest.mark.parametrize("names", [("C", "C++", "C#"), ("北京", "上海"), ("+", "++", "#")])
def test_names_that_differ_by_signs_are_kept_apart(names: tuple[str, ...]) -> None:
    found = [entity(FIRST, "Product", name) for name in names]
    graph = assemble([extraction(FIRST, *found)], ontology())
    assert {data["label"] for data in models(graph).values()} == set(names)
    # An episode that names only one of them gives it the same IRI.
    for name in names:
        alone = assemble([extraction(SECOND, entity(SECOND, "Product", name))], ontology())
        (node,) = models(alone)
        assert graph.nodes[node]["label"] == name


def test_colliding_iris_are_told_apart_and_edges_follow() -> None:
    one = replace(entity(FIRST, "Product", "A B"), id="urn:old:1")
    other = replace(entity(FIRST, "Product", "A-+B"), id="urn:old:2")
    graph = assemble(
        [extraction(FIRST, one, other, relation(FIRST, one, "uses", other))], ontology()
    )
    ((source, target, _),) = edges(graph)
    assert graph.nodes[source]["label"] == "A B"
    assert graph.nodes[target]["label"] == "A-+B"
    assert source != target


def _many() -> list[Extraction]:
    found = []
    for number, episode in enumerate((FIRST, SECOND, THIRD)):
        lab = entity(episode, "Lab" if number else "Organization", "Halden Labs", at=number)
        rival = entity(episode, "Organization", ("Nordlys", "NORDLYS", "nordlys")[number])
        model = entity(episode, "Model", "Skald 2", f"Skald-{number}")
        own = Entity(episode, "Episode", "")
        found.append(
            extraction(
                episode,
                lab,
                rival,
                model,
                relation(episode, lab, "develops", model, confidence=0.6 + number / 10),
                relation(episode, lab, "competesWith", rival, phrase=f"phrase {number}"),
                relation(episode, rival, "competesWith", lab, confidence=0.7),
                relation(episode, lab, "relatedTo", rival, phrase="meet", origin=Origin.OPEN),
                relation(
                    episode, own, "discusses", lab, literals=(("count", "2"), ("salience", "0.3"))
                ),
                relation(
                    episode, lab, "acquires", rival, modality=list(Modality)[number], voice="v"
                ),
            )
        )
    return found


def test_the_order_of_the_extractions_does_not_matter() -> None:
    written = {
        export("json", assemble(order, ontology()), ontology()) for order in permutations(_many())
    }
    assert len(written) == 1


def test_the_order_within_an_extraction_does_not_matter() -> None:
    turned = [
        replace(one, entities=one.entities[::-1], relations=one.relations[::-1]) for one in _many()
    ]
    assert export("json", assemble(turned, ontology()), ontology()) == export(
        "json", assemble(_many(), ontology()), ontology()
    )


def test_extractions_are_left_as_they_are() -> None:
    given = _many()
    assemble(given, ontology())
    assert given == _many()


def test_evidence_of_all_episodes_is_kept_and_makes_sure() -> None:
    graph = assemble(_many(), ontology())
    data = graph.edges[iri("Organization", "Halden Labs"), iri("Model", "Skald 2"), "develops"]
    assert [evidence["episode"] for evidence in data["evidence"]] == [FIRST, SECOND, THIRD]
    assert data["confidence"] == pytest.approx(1 - 0.4 * 0.3 * 0.2)


def test_symmetric_relations_have_one_direction() -> None:
    graph = assemble(_many(), ontology())
    rivals = [(s, t) for s, t, key in edges(graph) if key.startswith("competesWith")]
    assert rivals == [(iri("Organization", "Halden Labs"), iri("Organization", "Nordlys"))]


def test_statements_of_several_modalities_are_all_kept() -> None:
    graph = assemble(_many(), ontology())
    pair = (iri("Organization", "Halden Labs"), iri("Organization", "Nordlys"))
    said = [data for data in graph.get_edge_data(*pair).values() if data["relation"] == "acquires"]
    assert {data["modality"] for data in said} == {"asserted", "negated", "hypothetical"}
    keys = [key for key in graph.get_edge_data(*pair) if key.startswith("acquires")]
    assert len(set(keys)) == 3
    assert all(key == "acquires" or key.startswith("acquires:") for key in keys)


def test_open_relations_of_two_phrases_are_two() -> None:
    ada, grace = (entity(FIRST, "Person", name) for name in ("Ada Holm", "Grace Lund"))
    graph = assemble(
        [
            extraction(
                FIRST,
                ada,
                grace,
                *(relation(FIRST, ada, "relatedTo", grace, phrase=p) for p in ("meet", "thank")),
            )
        ],
        ontology(),
    )
    phrases = {data["phrase"] for _, _, data in graph.edges(data=True)}
    assert phrases == {"meet", "thank"}


def test_an_episode_carries_its_text_and_sections() -> None:
    graph = assemble([extraction(FIRST, text="The whole text")], ontology())
    assert graph.nodes[FIRST]["text"] == "The whole text"
    assert graph.nodes[FIRST]["sections"] == []
    assert graph.graph["ontology"].startswith(ontology().version)


def test_nothing_gives_an_empty_graph() -> None:
    assert len(assemble([], ontology())) == 0


def test_the_lexicon_adds_nothing_unasked_and_marks_what_it_adds() -> None:
    read = [
        extraction(
            FIRST,
            entity(FIRST, "Lab", "Anthropic"),
            entity(FIRST, "Model", "Claude"),
            entity(FIRST, "Model", "Claude Opus 4.5"),
        )
    ]
    assert edges(assemble(read, ontology())) == []
    known = assemble(read, ontology(), background=True)
    maker = known.edges[iri("Lab", "Anthropic"), iri("Model", "Claude Opus 4.5"), "develops"]
    assert maker["evidence"] == []
    assert {data["origin"] for _, _, data in known.edges(data=True)} == {"background"}
    # No entity is added: only what is already named is joined.
    assert set(known) == set(assemble(read, ontology()))
    # What no guide says is no plain triple of the RDF.
    turtle = export("ntriples", known, ontology()).decode()
    assert "statement/" in turtle
    assert f"<{iri('Lab', 'Anthropic')}> <https://w3id.org/episode-kg/ns#develops>" not in turtle


def test_what_a_guide_says_is_not_added_again() -> None:
    lab, model = entity(FIRST, "Lab", "Anthropic"), entity(FIRST, "Model", "Claude")
    read = [extraction(FIRST, lab, model, relation(FIRST, lab, "develops", model))]
    known = assemble(read, ontology(), background=True)
    assert [data["origin"] for _, _, data in known.edges(data=True)] == ["text"]


def test_what_a_guide_denies_may_still_be_known() -> None:
    lab, model = entity(FIRST, "Lab", "Anthropic"), entity(FIRST, "Model", "Claude")
    denied = relation(FIRST, lab, "develops", model, modality=Modality.HYPOTHETICAL)
    known = assemble([extraction(FIRST, lab, model, denied)], ontology(), background=True)
    origins = {data["origin"] for _, _, data in known.edges(data=True)}
    assert origins == {"text", "background"}


def test_counts_add_up_when_two_entities_of_an_episode_are_one() -> None:
    own = Entity(FIRST, "Episode", "")
    one = entity(FIRST, "Model", "Skald 2")
    other = replace(entity(FIRST, "Model", "SKALD-2"), id="urn:old:1")
    counted = (("count", "2"), ("salience", "0.5"))
    graph = assemble(
        [
            extraction(
                FIRST,
                one,
                other,
                relation(FIRST, own, "discusses", one, literals=counted),
                relation(FIRST, own, "discusses", other, literals=counted),
            )
        ],
        ontology(),
    )
    ((_, _, data),) = graph.edges(data=True)
    assert data["literals"]["count"] == "4"


def test_a_quotation_said_twice_keeps_both_places() -> None:
    text = "Simple beats clever."
    places = [
        Entity(
            quote_iri(FIRST, text),
            "Quote",
            text,
            mentions=(EntityMention(FIRST, start, start + len(text), text),),
            attributes=(("text", text),),
        )
        for start in (0, 100)
    ]
    graph = assemble([extraction(FIRST, *places)], ontology())
    mentions = graph.nodes[quote_iri(FIRST, text)]["mentions"]
    assert [mention["start"] for mention in mentions] == [0, 100]
