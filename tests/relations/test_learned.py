"""The pair model: how likely a relation holds between two names; it knows no names itself."""

from __future__ import annotations

import pytest

import kg.relations.learned as learned
from kg.relations.learned import RelationModel, load_models
from kg.relations.pairs import MOST_NAMES, joinable, pairs, votes_of
from tests.marked import Read, ontology, read_paragraphs, read_whole

TEXT = "[{}|Organization] released [{}|Model], and [{}|Model] beats it."


def features(read: Read) -> list[tuple[str, ...]]:
    return [pair.features for pair in pairs(read.reading, {})]


def test_features_hold_no_names() -> None:
    one = read_paragraphs(TEXT.format("Halden Labs", "Skald 2", "Borealis 3"))
    other = read_paragraphs(TEXT.format("Nordlys Labs", "Kestrel 4", "Tarn 5"))
    assert features(one) == features(other)
    words = {word for found in features(one) for feature in found for word in feature.split()}
    assert not words & {"halden", "labs", "skald", "borealis", "Halden", "Skald", "Borealis"}


def test_pairs_are_ordered_and_allowed() -> None:
    read = read_paragraphs(TEXT.format("Halden Labs", "Skald 2", "Borealis 3"))
    found = [(pair.subject.entity, pair.object.entity) for pair in pairs(read.reading, {})]
    assert len(set(found)) == len(found)
    for subject, object_ in found:
        assert subject != object_
        assert joinable(read.reading, subject, object_)
    # A model develops nothing, but one model may be a variant of the other, either way.
    assert set(found) == {(0, 1), (0, 2), (1, 2), (2, 1)}


def test_names_of_two_sentences_are_no_pair() -> None:
    read = read_paragraphs("[Halden Labs|Organization] grew. [Skald 2|Model] is a beauty.")
    assert not list(pairs(read.reading, {}))


def test_an_items_head_makes_pairs_with_its_text() -> None:
    text = (
        "# Notes\n\n## Labs\n\n- **[Halden|Organization]**: [Skald 2|Model] is out.\n- **X**: no.\n"
    )
    read = read_whole(text)
    assert (0, 1) in {(p.subject.entity, p.object.entity) for p in pairs(read.reading, {})}


@pytest.mark.parametrize("count", [MOST_NAMES, MOST_NAMES + 1])
def test_a_sentence_of_very_many_names_is_a_list(count: int) -> None:
    names = ", ".join(f"[Skald {number}|Model]" for number in range(count))
    read = read_paragraphs(f"They are {names}.")
    sentences = [s for names_ in read.reading.maps for s in names_.passage.doc.sents]
    if len(sentences) == 1:
        assert bool(list(pairs(read.reading, {}))) is (count == MOST_NAMES)


def test_only_asserted_statements_of_the_rules_are_votes() -> None:
    read = read_paragraphs(
        "[Halden Labs|Organization] released [Skald 2|Model]. "
        "[Nordlys|Organization] has not released [Borealis 3|Model]."
    )
    votes = votes_of(read.statements())
    subjects = {read.label(subject) for subject, _ in votes}
    assert subjects == {"Halden Labs"}


def test_the_shipped_models_are_of_relations_of_the_ontology() -> None:
    models = load_models()
    assert models.keys() <= ontology().relations.keys()
    for fitted in models.values():
        assert 0.0 <= fitted.probability(()) <= 1.0
        assert fitted.examples > 0


def test_probability_is_logistic() -> None:
    fitted = RelationModel({"bias": 0.0, "a": 50.0, "b": -50.0}, 5)
    assert fitted.probability(["bias"]) == 0.5
    assert fitted.probability(["bias", "a", "unknown"]) > 0.999
    assert fitted.probability(["bias", "b"]) < 0.001
    assert fitted.probability(["a", "b"]) == 0.5


def test_the_likeliest_place_speaks_for_a_fact() -> None:
    read = read_paragraphs(
        "[Halden Labs|Organization] met [Skald 2|Model]. "
        "[Halden Labs|Organization] released [Skald 2|Model]."
    )
    chance = learned.chances(read.reading, [])[0, "develops", 1]
    assert chance.pair.passage.doc[chance.pair.trigger].text == "released"
    assert chance.says
