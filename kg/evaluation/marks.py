"""A text cut where marks begin and end, so that marks may overlap on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.evaluation.values import Verdict
from kg.model import Span


@dataclass(frozen=True, order=True, slots=True)
class Mark:
    """A place in a text where a name was found or missed, as which class."""

    span: Span
    verdict: Verdict
    type: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text with the marks that cover it, and those of them that end with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts of its marks, each once."""
        return tuple(dict.fromkeys(mark.verdict for mark in self.marks))


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut a text into pieces that, put together, are the text.

    Every mark must lie inside the text. Equal marks are one.
    """
    ordered = sorted(set(marks))
    edges = sorted({0, len(text), *(e for m in ordered for e in (m.span.start, m.span.end))})
    pieces = []
    covering: list[Mark] = []
    waiting = iter([*ordered, None])
    following = next(waiting)
    for start, end in pairwise(edges):
        while following and following.span.start == start:
            covering.append(following)
            following = next(waiting)
        ending = tuple(mark for mark in covering if mark.span.end == end)
        pieces.append(Piece(text[start:end], tuple(covering), ending))
        covering = [mark for mark in covering if mark.span.end > end]
    return tuple(pieces)
