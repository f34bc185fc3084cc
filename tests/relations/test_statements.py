"""What all extractors together say, in one order, without what something stronger says."""

from __future__ import annotations

from importlib import import_module

import pytest

from kg.relations import EXTRACTORS, SPECIFIC, find_statements
from tests.marked import ontology, read_paragraphs, told

HALDEN, NORDLYS = "[Halden Labs|Organization]", "[Nordlys|Organization]"
SKALD, FINEWEB = "[Skald 2|Model]", "[FineWeb|Dataset]"


def test_every_extractor_of_the_table_finds() -> None:
    reading = read_paragraphs(f"{HALDEN} released {SKALD}.").reading
    for path in EXTRACTORS.values():
        assert isinstance(list(import_module(path).find(reading)), list)


def test_the_order_is_stable_and_nothing_is_said_twice() -> None:
    reading = read_paragraphs(
        f"{NORDLYS} bought {HALDEN}. {HALDEN} released {SKALD}, which beats [Borealis 3|Model]."
    ).reading
    found = find_statements(reading)
    assert list(found) == sorted(set(found))
    assert found == find_statements(reading)


@pytest.mark.parametrize(
    ("text", "relation", "weaker"),
    [
        (f"{SKALD} was trained on {FINEWEB}.", "trainedOn", "uses"),
        (f"{SKALD} was built on [Borealis 3|Model].", "basedOn", "uses"),
        (f"{NORDLYS} bought [Ferrite|Product].", "acquires", "uses"),
    ],
)
def test_the_relation_that_says_more_stands(text: str, relation: str, weaker: str) -> None:
    assert SPECIFIC[relation] == weaker
    relations = {found for _, found, _, _ in told(text)}
    assert relation in relations
    assert weaker not in relations


def test_a_denied_relation_does_not_hide_a_weaker_one() -> None:
    found = told(f"{SKALD} was not trained on {FINEWEB}. {SKALD} runs on [Ferrite|Product].")
    assert ("Skald 2", "uses", "Ferrite", "asserted") in found


def test_symmetric_statements_have_one_direction() -> None:
    read = read_paragraphs(
        f"{HALDEN} competes with {NORDLYS}. The rival {NORDLYS} also competes with {HALDEN}."
    )
    found = [s for s in read.statements() if s.relation == "competesWith"]
    assert len(found) == 2
    assert ontology().relations["competesWith"].symmetric
    assert {(statement.subject, statement.object) for statement in found} == {(0, 1)}


def test_a_guide_without_names_states_nothing() -> None:
    assert told("It rained, and then it stopped.") == set()
