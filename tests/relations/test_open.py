"""Open relations: the verb as said, where no relation of the ontology fits."""

from __future__ import annotations

import pytest

from kg.model import Origin
from tests.marked import read_paragraphs, told


@pytest.mark.parametrize(
    ("text", "fact", "phrase"),
    [
        (
            "[Ada Holm|Person] met [Grace Lund|Person] in town.",
            ("Ada Holm", "relatedTo", "Grace Lund", "asserted"),
            "meet",
        ),
        (
            "[Ada Holm|Person] listens to [The Queue|Series].",
            ("Ada Holm", "relatedTo", "The Queue", "asserted"),
            "listen to",
        ),
        (
            "[Ada Holm|Person] never met [Grace Lund|Person].",
            ("Ada Holm", "relatedTo", "Grace Lund", "negated"),
            "meet",
        ),
        (
            "[Grace Lund|Person] was thanked by [Ada Holm|Person].",
            ("Ada Holm", "relatedTo", "Grace Lund", "asserted"),
            "thank",
        ),
    ],
)
def test_open_relation(text: str, fact: tuple[str, str, str, str], phrase: str) -> None:
    read = read_paragraphs(text)
    (found,) = read.statements()
    assert read.named(found) == fact
    assert (found.phrase, found.origin) == (phrase, Origin.OPEN)


@pytest.mark.parametrize(
    "text",
    [
        "[Nordlys|Organization] acquired [Halden Labs|Organization].",
        "[Halden Labs|Organization] released [Skald 2|Model].",
        "[Nordlys|Organization] has not acquired [Halden Labs|Organization].",
    ],
)
def test_a_relation_that_fits_takes_its_place(text: str) -> None:
    assert "relatedTo" not in {relation for _, relation, _, _ in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "[Ada Holm|Person] sleeps. [Grace Lund|Person] met the king.",
        "She met [Grace Lund|Person].",
        "The colour of [Ada Holm|Person] reminded the friend of [Grace Lund|Person] of rain.",
    ],
)
def test_both_ends_are_named(text: str) -> None:
    assert told(text) == set()
