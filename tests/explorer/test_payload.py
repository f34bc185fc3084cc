from __future__ import annotations

import networkx
import pytest

from kg.errors import GraphError
from kg.explorer.fallback import head_of, statements_by_sentence
from kg.explorer.payload import Payload, make_payload
from kg.ontology import load_ontology
from tests.conftest import EPISODE, EPISODE_TEXT


@pytest.fixture
def payload(small_graph: networkx.MultiDiGraph) -> Payload:
    return make_payload(small_graph, load_ontology())


def number_of(payload: Payload, label: str) -> int:
    return next(n for n, entity in enumerate(payload.entities) if entity["label"] == label)


def test_every_node_and_edge_is_in_the_payload(
    small_graph: networkx.MultiDiGraph, payload: Payload
) -> None:
    base = payload.as_json()["base"]
    assert {base + entity["id"] for entity in payload.entities} == set(small_graph)
    assert len(payload.statements) == small_graph.number_of_edges()


def test_every_cited_sentence_is_verbatim_in_the_guide(payload: Payload) -> None:
    (episode,) = payload.episodes
    units = episode["text"].encode("utf-16-le")
    assert episode["text"] == EPISODE_TEXT
    assert any(character > "\uffff" for character in EPISODE_TEXT)
    assert payload.sentences
    for _, start, text, _ in payload.sentences:
        length = len(text.encode("utf-16-le")) // 2
        assert units[2 * start : 2 * (start + length)].decode("utf-16-le") == text


def test_mentions_point_at_the_names_in_the_guide(
    small_graph: networkx.MultiDiGraph, payload: Payload
) -> None:
    units = payload.episodes[0]["text"].encode("utf-16-le")
    base = payload.as_json()["base"]
    for entity in payload.entities:
        flat = entity.get("named", [])
        said = [
            units[2 * start : 2 * (start + length)].decode("utf-16-le")
            for start, length in zip(flat[1::3], flat[2::3], strict=True)
        ]
        mentions = small_graph.nodes[base + entity["id"]]["mentions"]
        assert sorted(said) == sorted(mention["text"] for mention in mentions)


def test_a_sentence_is_stored_once_however_many_statements_cite_it(payload: Payload) -> None:
    keys = [(episode, start, len(text)) for episode, start, text, _ in payload.sentences]
    assert len(keys) == len(set(keys))
    cited = [
        number for statement in payload.statements for number in statement.get("sentences", ())
    ]
    assert len(cited) > len(set(cited))


def test_the_most_stated_entity_comes_first_and_the_episode_gains_nothing_by_its_star(
    payload: Payload,
) -> None:
    assert payload.entities[0]["label"] == "Skald 2"
    assert number_of(payload, payload.episodes[0]["title"]) > 10


def test_the_head_names_host_and_guest_with_date_and_duration(payload: Payload) -> None:
    head = head_of(payload)
    assert head.overline == "The Queue"
    assert head.facts == ("3 March 2026", "1 h 5 min")
    assert [person.label for person in head.hosts] == ["Łukasz Öst"]
    assert [person.label for person in head.guests] == ["Ada Holm"]
    assert head.hosts[0].address.startswith("e=person/")


def test_wikidata_is_kept_as_an_item_number(payload: Payload) -> None:
    assert payload.entities[number_of(payload, "Bergen")]["wikidata"] == ["Q26793"]


def test_sentences_know_their_section(payload: Payload) -> None:
    sections = {text: section for _, _, text, section in payload.sentences}
    assert sections["Halden Labs has not released Skald 3."] == "What did not happen"


def test_the_plain_list_says_what_is_no_fact(payload: Payload) -> None:
    lines = [line for item in statements_by_sentence(payload) for line in item.statements]
    assert "Halden Labs — develops — Skald 3 (negated)" in lines
    assert "Borealis 3 — uses — Mixture of Experts (background)" in lines
    assert "Ada Holm — works for — Halden Labs" in lines
    assert not any("discusses" in line for line in lines)


def test_two_episodes_are_counted_in_the_title(small_graph: networkx.MultiDiGraph) -> None:
    second = EPISODE + "-second"
    small_graph.add_node(
        second, type="Episode", label="Second", title="Second", series="The Queue", text="Ada Holm."
    )
    payload = make_payload(small_graph, load_ontology())
    assert payload.episodes[0]["title"] == "Second"  # it has no date
    assert head_of(payload).title == "2 episodes"


def test_a_graph_without_episodes_has_a_title() -> None:
    payload = make_payload(networkx.MultiDiGraph(), load_ontology())
    assert head_of(payload).title == "Knowledge graph"


def test_a_node_that_only_an_edge_names_is_an_error(small_graph: networkx.MultiDiGraph) -> None:
    small_graph.add_edge(EPISODE, "nowhere", relation="discusses")
    with pytest.raises(GraphError, match="nowhere has no type"):
        make_payload(small_graph, load_ontology())


def test_an_edge_without_a_relation_is_an_error(small_graph: networkx.MultiDiGraph) -> None:
    small_graph.add_edge(EPISODE, EPISODE)
    with pytest.raises(GraphError, match="has no relation"):
        make_payload(small_graph, load_ontology())


def test_evidence_from_an_unknown_episode_is_an_error(small_graph: networkx.MultiDiGraph) -> None:
    place = {"episode": "elsewhere", "start": 0, "end": 1, "text": "x"}
    small_graph.add_edge(EPISODE, EPISODE, relation="discusses", evidence=[place])
    with pytest.raises(GraphError, match="episode elsewhere, which it does not hold"):
        make_payload(small_graph, load_ontology())
