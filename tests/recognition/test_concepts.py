from __future__ import annotations

import pytest

from kg.ontology import Ontology
from tests.recognition.reading import names, proposed


@pytest.mark.parametrize(
    ("text", "term", "type_"),
    [
        (
            "They use gated linear attention in every block.",
            "gated linear attention",
            "Architecture",
        ),
        (
            "They use contrastive preference tuning in the lab.",
            "contrastive preference tuning",
            "Technique",
        ),
        ("They use a gated delta net in every block.", "gated delta net", "Architecture"),
        ("They use cross-layer attention in every block.", "cross-layer attention", "Architecture"),
    ],
)
def test_a_term_is_a_concept_noun_with_what_narrows_it_down(
    small: Ontology, text: str, term: str, type_: str
) -> None:
    assert (term, type_) in proposed("concepts", text, small)


@pytest.mark.parametrize(
    "text",
    [
        "They pay attention to the weather.",
        "Their attention was elsewhere for a while.",
        "They gave it much better attention than before.",
        "They said more training is a good thing.",
        "The attention was nice.",
    ],
)
def test_an_everyday_phrase_is_no_term(small: Ontology, text: str) -> None:
    assert proposed("concepts", text, small) == []


def test_the_pattern_alone_makes_no_mention_of_everyday_words(small: Ontology) -> None:
    assert names("They spoke about remedial reading training in schools.", small) == []


def test_a_known_term_that_is_narrowed_down_is_a_term_of_its_own(small: Ontology) -> None:
    found = names("They use cross-layer attention in every block.", small)
    assert found == [("cross-layer attention", "Architecture")]


def test_a_term_does_not_cross_a_sentence_or_a_comma(small: Ontology) -> None:
    text = "They built something linear. Attention matters, and linear, attention too."
    assert proposed("concepts", text, small) == []


@pytest.mark.parametrize("word", ["multi-layer", "two-layer", "single-layer"])
def test_a_compound_adjective_is_no_term(small: Ontology, word: str) -> None:
    assert names(f"They baked a {word} cake for the whole office.", small) == []
