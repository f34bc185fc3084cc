"""Words and their shapes, as the learned recogniser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator

SHAPES = ("lower", "title", "upper", "camel", "mixed digits", "digits", "odd", "mark")
"""The shape classes; the number after the last is that of the encoder's own special pieces."""

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*|[^\w\s]|_")
_CONTRACTION = re.compile(r"(?:['’](?:s|re|ve|ll|d|m|t))$", re.IGNORECASE)


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
