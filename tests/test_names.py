"""Which spellings are one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.names import fold


@pytest.mark.parametrize(
    "spellings",
    [
        ("GPT-5", "gpt 5", "GPT\u20115", "Gpt_5", "  GPT 5 "),
        ("Mixture of Experts", "mixture-of-experts", "Mixture Of Expert"),
        ("The RLHF Book", "RLHF Book", "the rlhf books", "a RLHF book"),
        ("transformer", "Transformers", "transformer's"),
        ("\uff21\uff29", "AI"),
        ("STRASSE", "straße"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("GPT-4", "GPT-4o"),
        ("Gemini", "Gemini 3"),
        ("Thecus", "cus"),  # an article is a word of its own
        ("Pass", "Pas"),  # a double s is no plural
        ("AWS", "AW"),  # nor is the s of a short name
        ("Cafe", "Caf\u00e9"),
    ],
)
def test_different_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("nothing", ["", "  ", "\u2013", "_!?"])
def test_punctuation_identifies_nothing(nothing: str) -> None:
    assert fold(nothing) == ""


@given(st.text())
def test_any_text_folds_to_one_word(name: str) -> None:
    folded = fold(name)
    assert not any(character.isspace() for character in folded)
    assert fold(f" {name} ") == folded
