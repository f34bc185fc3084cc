"""Names that are also everyday words or other names, in sentences that tell which is meant.

The sentences are a measure, not a goal: the lexicon is not tuned to them. What is not yet read as a
reader would is listed with its reason; one that is read rightly after all must leave the list, so
that the rate can be told from it: all sentences but those listed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ontology import load_ontology
from tests.recognition.reading import names

SET = Path(__file__).with_name("homographs.txt")
Case = tuple[str, str, str]
CASES: list[Case] = [
    (expected, word, sentence)
    for line in SET.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
    for expected, word, sentence in [line.split(" | ")]
]
_KNOWN = "the lexicon's class wins over a meaning that the lexicon does not have"
_TWO = "company and product of one name: nothing beside it says which"
_WORD = "a month or an auxiliary is not taken for a first name"
NOT_YET = {
    "My neighbour Claude said that he would bake the bread himself.": _KNOWN,
    "The boat went up the Amazon, a river in Brazil, for nine days.": _KNOWN,
    "The probe needs seven years to reach the planet Mercury.": _KNOWN,
    "She is a Gemini and her brother a Leo.": _KNOWN,
    "They spent a month on Java, an island of Indonesia.": _KNOWN,
    "The power transformer in the street burned down.": _KNOWN,
    "The site is built with Phoenix, a framework for Elixir.": (
        "the statistical voice's city wins over: a framework"
    ),
    "Google replaced Bard, its model of that year.": _KNOWN,
    "Apple pie was served after the recording.": "a sentence's first word is written like a name",
    "She asked Perplexity and Google the same question.": _TWO,
    "May Okafor explained how she reads contracts.": _WORD,
}


def read_as(word: str, sentence: str) -> set[str]:
    """The classes that the names with a word, as a whole word of them, are read as."""
    ontology = load_ontology()
    return {
        ontology.root(type_) for name, type_ in names(sentence, ontology) if word in name.split()
    }


def cases() -> list[object]:
    return [
        pytest.param(
            *case,
            id=case[2],
            marks=[pytest.mark.xfail(reason=NOT_YET[case[2]], strict=True)]
            if case[2] in NOT_YET
            else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize(("expected", "word", "sentence"), cases())
def test_what_a_name_means_here(expected: str, word: str, sentence: str) -> None:
    assert read_as(word, sentence) == ({expected} - {"none"})


def test_the_set_is_large_and_has_no_stale_exceptions() -> None:
    assert len(CASES) >= 60
    assert len({sentence for _, _, sentence in CASES}) == len(CASES)
    assert all(f" {word}" in f" {sentence}" for _, word, sentence in CASES)
    assert NOT_YET.keys() <= {sentence for _, _, sentence in CASES}
