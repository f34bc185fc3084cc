"""Naming pattern: titles of works, known by the words before them ("author of", "the book").

A title is a run of capitalised words with small words inside; one in quotation marks may hold
anything. What may stand before it comes from the frames of ``authorOf`` and the generic nouns of
``Work``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.language import ParsedGuide
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate

VOICE = "title"
SCORE = 0.97
QUOTED_SCORE = 0.9
CLASS = "Work"
_SMALL = r"(?:a|an|the|of|for|and|in|on|to|with|is|at|by|from|or|vs\.?|&)"
_WORD = r"[A-Z0-9][\w'’.+-]*(?::(?= [A-Z]))?"
_CAPITAL = r"[A-Z][\w'’-]*"
_SUBTITLE = rf"(?: \({_CAPITAL}(?: (?:{_SMALL} )*{_CAPITAL})*\))?"
_TITLE = rf"{_WORD}(?: (?:{_SMALL} )*{_WORD})*{_SUBTITLE}"


@lru_cache(maxsize=4)
def _patterns(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A title after "author of", and a quoted title after "the book"."""
    authors = sorted(
        " ".join(frame.words)
        for frame in ontology.relations["authorOf"].frames
        if frame.kind == "noun" and len(frame.words) > 1
    )
    nouns = sorted(ontology.classes[CLASS].generic_nouns, key=lambda noun: (-len(noun), noun))
    works = "|".join(re.escape(noun) for noun in nouns)
    before = "|".join(re.escape(words) for words in authors)
    link = rf"(?:the (?:{works})s? |(?:{works})s? )?(?:called |titled |entitled )?"
    return (
        re.compile(rf"\b(?:{before}) {link}(?P<title>{_TITLE})(?P<more>(?:,? and {_TITLE})*)"),
        re.compile(
            rf"\b(?:{works})s?,? (?:called |titled |entitled |is |on |,)?"
            rf"[\"“](?P<title>[A-Z][^\"“”]{{2,80}}?)[,.]?[\"”]"
        ),
    )


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield the titles that a guide announces as such."""
    if CLASS not in ontology.classes or "authorOf" not in ontology.relations:
        return
    named, quoted = _patterns(ontology)
    for passage in parsed.passages:
        text = passage.text
        for found in named.finditer(text):
            for start, end in _split(text, *found.span("title")):
                span = passage.char_span(start, end)
                yield Candidate(span.start, span.end, CLASS, SCORE, VOICE)
            for more in re.finditer(_TITLE, text[found.start("more") : found.end("more")]):
                at = found.start("more")
                for start, end in _split(text, at + more.start(), at + more.end()):
                    span = passage.char_span(start, end)
                    yield Candidate(span.start, span.end, CLASS, SCORE, VOICE)
        for found in quoted.finditer(text):
            span = passage.char_span(*found.span("title"))
            yield Candidate(span.start, span.end, CLASS, QUOTED_SCORE, VOICE)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A closing full stop ends the title: "author of Zero. He …"."""
    stop = re.search(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)\.(?: |$)", text[start:end])
    yield start, start + stop.start() if stop else end
