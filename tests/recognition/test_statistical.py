from __future__ import annotations

import pytest
from spacy.tokens import Span as DocSpan

from kg.ontology import Ontology
from kg.recognition.statistical import SCALE, find
from tests.recognition.reading import read


def found(
    text: str, ents: list[tuple[str, str]], ontology: Ontology
) -> list[tuple[str, str, float]]:
    parsed = read(text)
    doc = parsed.passages[-1].doc
    doc.ents = tuple(
        DocSpan(doc, piece.start, piece.end, label)
        for words, label in ents
        if (piece := doc.char_span(doc.text.index(words), doc.text.index(words) + len(words)))
    )
    for passage in parsed.passages[:-1]:
        passage.doc.ents = ()
    return [
        (candidate.span.of(parsed.guide.text), candidate.type, candidate.score)
        for candidate in find(parsed, ontology)
    ]


def test_a_label_speaks_for_its_classes_as_far_as_the_word_lists_say(small: Ontology) -> None:
    weights = small.naming.entity_labels["ORG"]
    text = "In the end they went over to Halden with it."
    seen = found(text, [("Halden", "ORG")], small)
    assert [(name, type_) for name, type_, _ in seen] == [("Halden", t) for t in sorted(weights)]
    for _, type_, score in seen:
        assert score == pytest.approx(SCALE * weights[type_])


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        ("the Halden", "Halden"),
        ("Halden's", "Halden"),
        ("the Halden's", "Halden"),
    ],
)
def test_article_and_possessive_are_no_part_of_a_name(
    small: Ontology, entity: str, name: str
) -> None:
    text = f"In the end they went over to {entity} house with it."
    seen = [(words, type_) for words, type_, _ in found(text, [(entity, "GPE")], small)]
    assert seen == [(name, "Place")]


@pytest.mark.parametrize("word", ["Monday", "CEO", "API", "Dr."])
def test_what_names_nothing_is_left_out(small: Ontology, word: str) -> None:
    assert found(f"In the end they went over to {word} with it.", [(word, "ORG")], small) == []


def test_a_label_that_the_word_lists_do_not_have_says_nothing(small: Ontology) -> None:
    assert found("In the end they paid Halden for it.", [("Halden", "MONEY")], small) == []


def test_the_labels_make_no_mention_alone(small: Ontology) -> None:
    most = max(w for weights in small.naming.entity_labels.values() for w in weights.values())
    assert 0 < SCALE * most < 0.5


def test_the_labels_of_the_word_lists_are_classes(full: Ontology) -> None:
    for label, weights in full.naming.entity_labels.items():
        assert weights.keys() <= full.classes.keys(), label
        assert all(weight > 0 for weight in weights.values()), label
