"""From a place in the guide to the words that the encoder read there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.encoder.session import Encoded
from kg.language import ParsedGuide
from kg.model import Span


class WordPlaces:
    """Where each of a guide's words stands in it."""

    def __init__(self, parsed: ParsedGuide, encoded: Encoded) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for word in encoded.words:
            positions = parsed.passages[word.text].positions
            self._starts.append(positions[word.start])
            self._ends.append(positions[word.end - 1] + 1)

    def words_of(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of words that a span touches; empty where it touches none."""
        return bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
