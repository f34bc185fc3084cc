"""The layout voice: names that their place in the guide gives away, as the series' own line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language import ParsedGuide
from kg.model import BlockKind
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate

VOICE = "layout"
SCORE = 0.97
_SEPARATOR = re.compile(r"(?<!\s)\s+[|—–-]\s+|:\s+")
_NUMBER = re.compile(r"(?<!\s)\s*(?:#|Ep\.?\s*|Episode\s*)?\d[\d-]*\s*$|(?<!\s)\s*#\d+.*$")


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield the series from its line under the title and from the title's own parts."""
    text = parsed.guide.text
    heads = ontology.classes["Series"].head_nouns if "Series" in ontology.classes else ()
    for block in parsed.guide.blocks:
        if block.kind is BlockKind.SERIES:
            yield Candidate(block.start, block.end, "Series", SCORE, VOICE)
        elif block.kind is BlockKind.TITLE:
            for start, end in _parts(text, block.start, block.end):
                name = _NUMBER.sub("", text[start:end]).rstrip()
                if name and name.split()[-1] in heads and len(name.split()) <= 6:
                    yield Candidate(start, start + len(name), "Series", SCORE, VOICE)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for separator in _SEPARATOR.finditer(text, start, end):
        if separator.start() > at:
            yield at, separator.start()
        at = separator.end()
    if at < end:
        yield at, end
