"""Words as the encoder sees them: their pieces, their shape, and the windows they are read in.

The encoder's vocabulary is lower-cased, so that every word also carries its shape. A guide's
passages are read together, a mark between them, so that a heading or a lead-in is context for the
lines below it; what is longer than a window is read in several that overlap, never cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

SHAPES = ("lower", "title", "upper", "camel", "mixed digits", "digits", "odd", "mark")
"""The shape classes; the number after the last is that of the encoder's own special pieces."""
SPECIAL = len(SHAPES)

# Pieces that a window holds, and how many of them the next window repeats as context.
WINDOW, OVERLAP = 224, 64
# A longer run of letters is no word of a language; its first pieces tell enough.
_MOST_PIECES = 16
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*|[^\w\s]|_")
_CONTRACTION = re.compile(r"(?:['’](?:s|re|ve|ll|d|m|t))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: the number of its text, its place there, its pieces and its shape."""

    text: int
    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open range of words, as numbers: pieces, shapes, and where each word begins."""

    first: int
    last: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    heads: tuple[int, ...]


def words_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of a text's words; marks and possessive endings are words of their own."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        ending = _CONTRACTION.search(match.group())
        if ending is not None and ending.start():
            yield start, start + ending.start()
            yield start + ending.start(), end
        else:
            yield start, end


def shape_of(word: str) -> int:
    """Return the index of a word's shape in ``SHAPES``."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if not letters:
        return SHAPES.index("digits" if digits else "mark")
    if digits:
        return SHAPES.index("mixed digits")
    if all(c.islower() for c in letters):
        return SHAPES.index("lower")
    if all(c.isupper() for c in letters):
        return SHAPES.index("upper" if len(letters) > 1 else "title")
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return SHAPES.index("title")
    if letters[0].isupper() or any(c.isupper() for c in letters[1:]):
        return SHAPES.index("camel")
    return SHAPES.index("odd")


def read_words(texts: Sequence[str], tokenizer: Any) -> list[Word]:
    """Split texts into words; what the tokenizer has no piece for is left out."""
    places = [(at, *place) for at, text in enumerate(texts) for place in words_of(text)]
    encoded = tokenizer.encode_batch(
        [texts[at][start:end] for at, start, end in places], add_special_tokens=False
    )
    return [
        Word(at, start, end, tuple(item.ids[:_MOST_PIECES]), shape_of(texts[at][start:end]))
        for (at, start, end), item in zip(places, encoded, strict=True)
        if item.ids
    ]


def windows_of(words: Sequence[Word], opening: int, closing: int) -> Iterator[Window]:
    """Yield windows of at most ``WINDOW`` pieces and marks, each repeating the end of the last."""
    first = 0
    while first < len(words):
        last, size = first, 0
        while last < len(words):
            more = len(words[last].pieces) + _crosses(words, first, last)
            if size + more > WINDOW:
                break
            size += more
            last += 1
        yield _window(words, first, last, opening, closing)
        if last == len(words):
            return
        back, repeated = last, 0
        while back - 1 > first and repeated + len(words[back - 1].pieces) <= OVERLAP:
            back -= 1
            repeated += len(words[back].pieces)
        first = back


def _crosses(words: Sequence[Word], first: int, at: int) -> bool:
    return at > first and words[at].text != words[at - 1].text


def _window(words: Sequence[Word], first: int, last: int, opening: int, closing: int) -> Window:
    pieces, shapes, heads = [opening], [SPECIAL], []
    for at in range(first, last):
        if _crosses(words, first, at):
            pieces.append(closing)
            shapes.append(SPECIAL)
        heads.append(len(pieces))
        pieces += words[at].pieces
        shapes += [words[at].shape] * len(words[at].pieces)
    return Window(first, last, (*pieces, closing), (*shapes, SPECIAL), tuple(heads))
