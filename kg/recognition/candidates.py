"""What a recogniser says: this piece of text may be a name of that class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.language import ParsedGuide
from kg.model import Span
from kg.ontology import Ontology


@dataclass(frozen=True, order=True, slots=True)
class Candidate:
    """One voice's proposal for one place in the guide; ``score`` is between 0 and 1.

    ``entry`` is the key of the lexicon entry that was recognised, or empty.
    """

    start: int
    end: int
    type: str
    score: float
    voice: str
    entry: str = ""

    @property
    def span(self) -> Span:
        """The place it speaks of."""
        return Span(self.start, self.end)


Recogniser = Callable[[ParsedGuide, Ontology], Iterable[Candidate]]
