"""The statistical voice: the entities that spaCy's own pipeline finds, labels mapped to classes.

Its labels are weak on this kind of text (one in twelve was right where no other voice agreed), so
it never makes a mention alone: it strengthens what another voice proposes.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.language import ParsedGuide
from kg.model import BlockKind
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate
from kg.recognition.shape import is_title_case

VOICE = "statistical"
# Score of a label that speaks for one class alone, before the arbiter weighs it.
SCALE = 0.27


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield an entity for each class that its label speaks for."""
    naming = ontology.naming
    for passage in parsed.passages:
        for ent in passage.doc.ents:
            if passage.block.kind is BlockKind.HEADING or is_title_case(
                passage.doc, ent.start_char
            ):
                continue
            first, last = ent.start_char, ent.end_char
            text = ent.text
            if text.lower().startswith("the "):
                first += 4
                text = text[4:]
            for ending in ("'s", "'"):
                if text.endswith(ending):
                    last -= len(ending)
                    text = text.removesuffix(ending)
            if not text or not text[0].isupper() or text in naming.generic_acronyms:
                continue
            if text in naming.not_names or text in naming.titles:
                continue
            span = passage.char_span(first, last)
            for type_, weight in sorted(naming.entity_labels.get(ent.label_, {}).items()):
                yield Candidate(span.start, span.end, type_, SCALE * weight, VOICE)
