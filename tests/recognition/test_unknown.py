from __future__ import annotations

import pytest

from kg.ontology import Ontology
from kg.recognition import recognise
from kg.recognition.shape import name_runs
from kg.recognition.unknown import NO_NAME, class_shares, load_weights
from tests.recognition.reading import first_passage, names, read


def test_the_weights_speak_of_classes_of_the_vocabulary_only(full: Ontology) -> None:
    weights = load_weights()
    assert set(weights.classes) <= full.classes.keys() | {NO_NAME}
    assert NO_NAME in weights.classes
    assert len(weights.by_feature) > 100
    for feature, by_class in weights.by_feature.items():
        assert by_class.keys() <= set(weights.classes), feature
        assert all(isinstance(value, float) and abs(value) < 50 for value in by_class.values())


def test_the_weights_know_no_names(full: Ontology) -> None:
    features = " ".join(load_weights().by_feature).casefold()
    assert not [name for name in ("fridman", "raschka", "lambert") if name in features]


def test_the_shares_of_the_classes_make_one(small: Ontology) -> None:
    (run,) = name_runs(first_passage("They met Ines Corva there."), small.naming)
    shares = class_shares(run, small)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(0 <= share <= 1 for share in shares.values())


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        (
            "Then Mirela Tandberg, a researcher from the north, told them about the old days.",
            "Mirela Tandberg",
            "Person",
        ),
        (
            "They spoke with Mirela Tandberg, who explained how the whole thing came to be.",
            "Mirela Tandberg",
            "Person",
        ),
        (
            "Years ago she was the chief executive of Halvorsen Labs, a company in the north.",
            "Halvorsen Labs",
            "Organization",
        ),
        (
            "The whole team works on Quibblet, a tool that engineers use to read old code.",
            "Quibblet",
            "Product",
        ),
        (
            "In the end the new model Skaldrim 7B was better on everything that they tried.",
            "Skaldrim 7B",
            "Model",
        ),
        (
            "It was the first to score above half on the benchmark HaldenBench last spring.",
            "HaldenBench",
            "Benchmark",
        ),
        ("Mirela Tandberg works at Halvorsen Labs.", "Mirela Tandberg", "Person"),
        ("Mirela Tandberg works at Halvorsen Labs.", "Halvorsen Labs", "Organization"),
    ],
)
def test_an_invented_name_gets_its_class_from_its_context(
    small: Ontology, text: str, name: str, type_: str
) -> None:
    assert (name, type_) in names(text, small)


def test_first_name_and_surname_of_a_named_person_are_that_person(small: Ontology) -> None:
    text = (
        "They spoke with Mirela Tandberg, a researcher from the north. "
        "It was late when Mirela told them about it, and to Tandberg it was all the same."
    )
    assert names(text, small) == [
        ("Mirela Tandberg", "Person"),
        ("Mirela", "Person"),
        ("Tandberg", "Person"),
    ]


def test_the_surname_of_a_known_person_is_that_person(small: Ontology) -> None:
    text = "They read about Grace Hopper at school. It was Hopper who had found the moth."
    assert names(text, small) == [("Grace Hopper", "Person"), ("Hopper", "Person")]


def test_the_capitals_of_a_heading_give_nothing(small: Ontology) -> None:
    text = (
        "# Notes\n\n## Encoding Everyday Taste With Better Tools\n\nSomething plain happens here.\n"
    )
    assert [m.text for m in recognise(read(text, "md"), small)] == []


def test_a_name_of_the_text_is_found_in_a_heading_too(small: Ontology) -> None:
    text = (
        "## How Halvorsen Labs Works\n\nYears ago she was the chief executive of "
        "Halvorsen Labs, a company in the north.\n"
    )
    found = [m.text for m in recognise(read(text, "md"), small)]
    assert found == ["Halvorsen Labs", "Halvorsen Labs"]


def test_a_person_who_heads_an_item_is_found(small: Ontology) -> None:
    text = (
        "- Mirela Tandberg - researcher at Halvorsen Labs, who wrote the old code\n"
        "- Ines Corva - engineer at Halvorsen Labs, who reads the old code\n"
    )
    found = names(text, small)
    assert ("Mirela Tandberg", "Person") in found
    assert ("Ines Corva", "Person") in found


@pytest.mark.parametrize(
    "text",
    [
        "It is 10x faster with 1.5B of them, or 2-3x for 10-20B and 30-50K of those.",
        "They paid $3M for 100K+ of them in the 1990s, at 16GB/s, 60fps and 24/7.",
        "It was X, then B, and after that plan A.",
        "The API and the CEO, the PRs and the KPIs, the UI and the ROI were fine.",
        "In K-12 schools they have 3D-printed ones.",
        "Yesterday was Monday. Walking is fine. However, it rained.",
    ],
)
def test_quantities_letters_and_trade_words_are_no_names(small: Ontology, text: str) -> None:
    assert names(text, small) == []


def test_all_places_of_a_name_have_one_class(small: Ontology) -> None:
    text = (
        "They built Quibblet, a tool that engineers use. Quibblet is fast. "
        "Nobody was sure about Quibblet at first."
    )
    assert names(text, small) == [("Quibblet", "Product")] * 3
