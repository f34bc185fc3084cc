"""RECOGNITION: which pieces of a guide are names, and of what class.

Several voices propose, one arbiter decides. A further recogniser is a module with a function
``find(parsed, ontology) -> Iterable[Candidate]`` and its line in ``VOICES``; ``plugged`` adds those
that the user brings.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from kg.language import ParsedGuide
from kg.model import Mention
from kg.ontology import Ontology
from kg.recognition.arbiter import arbitrate
from kg.recognition.candidates import Candidate, Recogniser

VOICES = {
    "layout": "kg.recognition.layout",
    "lexicon": "kg.recognition.lexicon",
    "post": "kg.recognition.posts",
    "version": "kg.recognition.versions",
    "acronym": "kg.recognition.acronyms",
    "title": "kg.recognition.titles",
    "context": "kg.recognition.unknown",
    "concept": "kg.recognition.concepts",
    "statistical": "kg.recognition.statistical",
    "learned": "kg.recognition.learned",
}


def candidates_of(
    parsed: ParsedGuide, ontology: Ontology, further: Sequence[Recogniser] = ()
) -> list[Candidate]:
    """Return what all voices propose; ``further`` recognisers come from outside."""
    candidates: list[Candidate] = []
    for path in VOICES.values():
        voice: Recogniser = import_module(path).find
        candidates.extend(voice(parsed, ontology))
    if further:
        from kg.recognition.plugged import proposals

        candidates.extend(proposals(further, parsed, ontology))
    return candidates


def recognise(
    parsed: ParsedGuide, ontology: Ontology, further: Sequence[Recogniser] = ()
) -> tuple[Mention, ...]:
    """Return the mentions of a parsed guide, in text order, never overlapping."""
    return arbitrate(parsed, candidates_of(parsed, ontology, further), ontology)
