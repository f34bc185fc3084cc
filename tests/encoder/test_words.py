"""Words, their shapes, and the windows that they are read in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.encoder.words import (
    OVERLAP,
    SHAPES,
    SPECIAL,
    WINDOW,
    read_words,
    shape_of,
    windows_of,
    words_of,
)


@dataclass(frozen=True)
class Pieces:
    ids: list[int]


class LetterTokenizer:
    """One piece a letter, none for a mark."""

    def encode_batch(self, words: list[str], *, add_special_tokens: bool) -> list[Pieces]:
        assert not add_special_tokens
        return [Pieces([ord(c) for c in word if c.isalnum()]) for word in words]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("queue", "lower"),
        ("Ada", "title"),
        ("I", "title"),
        ("RLHF", "upper"),
        ("OpenAI", "camel"),
        ("iPhone", "camel"),
        ("GPT4", "mixed digits"),
        ("2026", "digits"),
        ("—", "mark"),
        ("日本", "odd"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


@given(st.text(max_size=80))
def test_words_are_in_order_and_apart(text: str) -> None:
    last = 0
    for start, end in words_of(text):
        assert last <= start < end <= len(text)
        last = end


def test_an_ending_is_a_word_of_its_own() -> None:
    text = "Halden's queue isn't long."
    found = [text[start:end] for start, end in words_of(text)]
    assert found == ["Halden", "'s", "queue", "isn", "'t", "long", "."]


@given(st.lists(st.text("ab ,", max_size=120), max_size=6))
def test_every_word_is_in_a_window_and_no_window_is_too_long(texts: list[str]) -> None:
    words = read_words(texts, LetterTokenizer())
    seen: set[int] = set()
    before = 0
    for window in windows_of(words, 1, 2):
        assert len(window.pieces) == len(window.shapes) <= WINDOW + 2
        assert len(window.heads) == window.last - window.first > 0
        assert window.first <= before < window.last or not before
        for at, head in zip(range(window.first, window.last), window.heads, strict=True):
            assert window.pieces[head : head + len(words[at].pieces)] == words[at].pieces
            assert window.shapes[head] == words[at].shape
        seen.update(range(window.first, window.last))
        before = window.last
    assert seen == set(range(len(words)))


def test_a_mark_stands_between_texts_and_nowhere_else() -> None:
    words = read_words(["ab cd", "ef"], LetterTokenizer())
    (window,) = windows_of(words, 1, 2)
    assert window.pieces == (1, *map(ord, "abcd"), 2, *map(ord, "ef"), 2)
    assert [at for at, shape in enumerate(window.shapes) if shape == SPECIAL] == [0, 5, 8]


def test_windows_repeat_the_end_of_the_last() -> None:
    words = read_words([" ".join(["abcd"] * 200)], LetterTokenizer())
    windows = list(windows_of(words, 1, 2))
    assert len(windows) > 2
    for one, other in pairwise(windows):
        assert one.last - other.first == OVERLAP // 4


def test_a_word_without_end_is_cut_and_stays_one_word() -> None:
    (word,) = read_words(["x" * 100_000], LetterTokenizer())
    assert (word.start, word.end) == (0, 100_000)
    assert len(word.pieces) < WINDOW
