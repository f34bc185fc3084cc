from __future__ import annotations

import pytest

from kg.ontology import Ontology
from tests.recognition.reading import names, proposed


def titles(text: str, ontology: Ontology) -> list[str]:
    found = proposed("titles", text, ontology)
    assert {type_ for _, type_ in found} <= {"Work"}
    return [title for title, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is the author of Quiet Engines.", ["Quiet Engines"]),
        ("She is the author of Quiet Engines. She lives there.", ["Quiet Engines"]),
        ("She is the author of The Art of Slow Engines, a book.", ["The Art of Slow Engines"]),
        ("She is the author of the book Quiet Engines now.", ["Quiet Engines"]),
        ("She is the author of the book called Quiet Engines.", ["Quiet Engines"]),
        (
            "She is the author of Quiet Engines (Building Slow Software) and Long Roads (On Foot).",
            ["Quiet Engines (Building Slow Software)", "Long Roads (On Foot)"],
        ),
        (
            "She is the author of Quiet Engines (On Foot) and Long Roads. She lives there.",
            ["Quiet Engines (On Foot)", "Long Roads"],
        ),
        ("He is the author of Mr. Fox in Winter.", ["Mr. Fox in Winter"]),
        ("She is the author of **Quiet Engines** now.", ["Quiet Engines"]),
        ("She is the author of many novels.", []),
        ("She met the author of it there.", []),
    ],
)
def test_a_title_follows_its_author(small: Ontology, text: str, expected: list[str]) -> None:
    assert titles(text, small) == expected


def test_a_list_of_guests_does_not_run_into_a_title(small: Ontology) -> None:
    text = "They met Ada Holm, author of Quiet Engines, Ben Lund and a friend."
    assert titles(text, small) == ["Quiet Engines"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He wrote the book "The slow clock of Bergen" last year.', ["The slow clock of Bergen"]),
        ("He wrote the book “The slow clock of Bergen” last year.", ["The slow clock of Bergen"]),
        ("He wrote a paper called “Is it slow?” last year.", ["Is it slow?"]),
        ("He wrote a paper, “On clocks,” last year.", ["On clocks"]),
        ("He said “The slow clock of Bergen” last year.", []),
        ("He wrote the book “it is slow” last year.", []),
    ],
)
def test_a_title_stands_in_quotation_marks(small: Ontology, text: str, expected: list[str]) -> None:
    assert titles(text, small) == expected


def test_a_title_is_a_work_among_the_mentions(small: Ontology) -> None:
    text = "Grace Hopper is the author of Quiet Engines of the North."
    assert names(text, small) == [
        ("Grace Hopper", "Person"),
        ("Quiet Engines of the North", "Work"),
    ]
