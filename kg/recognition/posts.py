"""A product that has a chief executive is read as the company: "Quora CEO Adam D'Angelo"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language import ParsedGuide
from kg.model import Span
from kg.ontology import Ontology
from kg.recognition import lexicon
from kg.recognition.candidates import Candidate
from kg.recognition.cues import cues
from kg.recognition.shape import Run

VOICE = "post"
SCORE = 0.96
_READ_AS = {"Product": "Organization"}
_CUES = frozenset({"role-of", "role-before-person"})


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield known products as organizations where someone holds a post there."""
    for candidate in lexicon.find(parsed, ontology):
        type_ = _READ_AS.get(candidate.type)
        passage = parsed.passage_at(candidate.span)
        if type_ not in ontology.classes or passage is None:
            continue
        tokens = passage.tokens(Span(candidate.start, candidate.end))
        if tokens is None:
            continue
        words = tuple(tokens.text.split())
        run = Run(passage, tokens.start_char, tokens.end_char, words, titled=False, opens=False)
        if any(cue.kind in _CUES and cue.type == type_ for cue in cues(run, ontology)):
            yield Candidate(candidate.start, candidate.end, str(type_), SCORE, VOICE)
