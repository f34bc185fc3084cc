"""Readings: a class for a place, with the voices that propose it and how sure each is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Span
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Reading:
    """A class for a place, with the score of each voice that speaks for it.

    ``root`` is the class without its subclass; ``score`` the probability that the reading is
    right, once it has been weighed.
    """

    span: Span
    type: str
    root: str
    scores: Mapping[str, float]
    entry: str
    words: int
    score: float = 0.0

    @property
    def voices(self) -> tuple[str, ...]:
        """The voices that speak for it."""
        return tuple(sorted(self.scores))


def collect(text: str, candidates: Iterable[Candidate], ontology: Ontology) -> list[Reading]:
    """Group what the voices propose by place and class, in text order."""
    grouped: dict[tuple[Span, str], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        grouped[candidate.span, ontology.root(candidate.type)].append(candidate)
    readings = []
    for (span, root), group in sorted(grouped.items(), key=lambda item: item[0]):
        by_voice: dict[str, Candidate] = {}
        for candidate in sorted(group, key=lambda found: (-found.score, found)):
            by_voice.setdefault(candidate.voice, candidate)
        best = min(by_voice.values(), key=lambda found: (-found.score, found))
        entries = sorted(found.entry for found in by_voice.values() if found.entry)
        types = {found.type for found in by_voice.values()}
        readings.append(
            Reading(
                span=span,
                # A subclass says more than its parent.
                type=next(
                    (name for name in sorted(types) if ontology.classes[name].parent), best.type
                ),
                root=root,
                scores={voice: by_voice[voice].score for voice in sorted(by_voice)},
                entry=entries[0] if entries else "",
                words=len(re.findall(r"[^\W_]+(?:\.\d+)*", span.of(text))),
            )
        )
    return readings
