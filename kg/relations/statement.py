"""What a relation extractor says: this piece of text states that relation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.language import ParsedGuide
from kg.linking import LinkedEntity
from kg.model import Modality, Origin, Span
from kg.ontology import Ontology
from kg.references import MentionMap

EPISODE = -1
"""Stands for the guide's own episode where a statement needs an entity's index."""


@dataclass(frozen=True, order=True, slots=True)
class Statement:
    """One reading of one place: subject and object as indexes of the guide's entities."""

    subject: int
    relation: str
    object: int
    evidence: Span
    confidence: float
    voice: str
    phrase: str = ""
    origin: Origin = Origin.TEXT
    modality: Modality = Modality.ASSERTED
    literals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What extractors read from: a parsed guide, its entities, and where they are named."""

    parsed: ParsedGuide
    entities: Sequence[LinkedEntity]
    maps: Sequence[MentionMap]
    ontology: Ontology


Extractor = Callable[[Reading], Iterable[Statement]]
