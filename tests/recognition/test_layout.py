from __future__ import annotations

import pytest

from kg.guides import parse_guide
from kg.language import ParsedGuide
from kg.model import Block, BlockKind, Guide
from kg.ontology import Ontology
from kg.recognition.layout import find


def found(guide: Guide, ontology: Ontology) -> list[tuple[str, str]]:
    return [
        (candidate.span.of(guide.text), candidate.type)
        for candidate in find(ParsedGuide(guide, ()), ontology)
    ]


def title(text: str) -> Guide:
    return Guide("notes.txt", text, blocks=(Block(0, len(text), BlockKind.TITLE),))


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("#12 – Slow Engines | The Halden Podcast", ["The Halden Podcast"]),
        ("Slow Engines | The Halden Podcast #12", ["The Halden Podcast"]),
        ("Slow Engines - The Halden Podcast Ep. 12", ["The Halden Podcast"]),
        ("The Halden Podcast: Slow Engines", ["The Halden Podcast"]),
        ("Slow Engines", []),
        ("How to Make a Podcast That Nobody in the World Hears: The Podcast", ["The Podcast"]),
        ("Why nobody hears any of the things on an old Podcast", []),
    ],
)
def test_a_title_names_its_series(small: Ontology, text: str, series: list[str]) -> None:
    assert found(title(text), small) == [(name, "Series") for name in series]


def test_the_line_of_the_series_is_the_series(small: Ontology) -> None:
    guide = parse_guide("#12 – Slow Engines\n\nThe Queue\n\nPublished\nMarch 3, 2026\n", "notes")
    assert found(guide, small) == [("The Queue", "Series")]


def test_a_long_row_of_spaces_is_no_series(small: Ontology) -> None:
    assert found(title("Talk" + " " * 8_000 + "one"), small) == []
