"""Definitions of acronyms in the text: ``Long Name (SHORT)`` and ``SHORT (Long Name)``.

The matching of letters follows Schwartz and Hearst, "A Simple Algorithm for Identifying
Abbreviation Definitions in Biomedical Text" (Pacific Symposium on Biocomputing, 2003), read in
both directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language import ParsedGuide, Passage
from kg.model import Span
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate
from kg.recognition.lexicon import lexicon_index

VOICE = "acronym"
SCORE = 0.97
_PARENTHESIS = re.compile(r"\(([^()]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z][A-Za-z0-9&+.-]{1,9}")
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")


@dataclass(frozen=True, order=True, slots=True)
class Definition:
    """A long name and the short one that the text gives for it, as places in the guide."""

    long: Span
    short: Span


def definitions(parsed: ParsedGuide) -> Iterator[Definition]:
    """Yield the acronym definitions of a guide in text order."""
    for passage in parsed.passages:
        for found in _PARENTHESIS.finditer(passage.text):
            pair = _long_before(passage, found) or _short_before(passage, found)
            if pair is not None:
                yield pair


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield both names of every definition whose class can be told."""
    for definition in definitions(parsed):
        type_ = _class_of(parsed, definition, ontology)
        if type_:
            for span in (definition.long, definition.short):
                yield Candidate(span.start, span.end, type_, SCORE, VOICE)


def _long_before(passage: Passage, found: re.Match[str]) -> Definition | None:
    """``Multi-Head Latent Attention (MLA)``."""
    inside = found.group(1).strip()
    short = inside.split(",")[0].split(";")[0].strip().strip('"')
    if not _is_short(short):
        return None
    text = passage.text
    words = list(_WORD.finditer(text, max(0, found.start() - 200), found.start()))
    letters = sum(c.isalnum() for c in short.rstrip("s"))
    for word in words[-min(letters + 5, letters * 2) - 1 :]:
        long = text[word.start() : found.start()].rstrip()
        if re.search(r"[.;:!?(),]\s|[\"“”]", long) or not fits(short, long):
            continue
        best = _shortest(short, text, words, word, found.start())
        first = text.index(short, found.start(1))
        return Definition(
            passage.char_span(best, len(text[: found.start()].rstrip())),
            passage.char_span(first, first + len(short)),
        )
    return None


def _shortest(
    short: str, text: str, words: list[re.Match[str]], first: re.Match[str], end: int
) -> int:
    """Return where the shortest long form starts that still fits: no stray words before it."""
    best = first.start()
    for word in words:
        if word.start() > best and fits(short, text[word.start() : end].rstrip()):
            best = word.start()
    return best


def _short_before(passage: Passage, found: re.Match[str]) -> Definition | None:
    """``MLA (Multi-Head Latent Attention)``."""
    text = passage.text
    words = list(_WORD.finditer(text, max(0, found.start() - 200), found.start()))
    inside = found.group(1).strip()
    if not words or text[words[-1].end() : found.start()].strip():
        return None
    short = words[-1].group()
    if not _is_short(short) or " " not in inside or not fits(short, inside):
        return None
    start = text.index(inside, found.start(1))
    return Definition(
        passage.char_span(start, start + len(inside)),
        passage.char_span(words[-1].start(), words[-1].end()),
    )


def _is_short(short: str) -> bool:
    if not _SHORT.fullmatch(short) or " " in short:
        return False
    return sum(c.isupper() for c in short) >= 2 or (
        short[0].isupper() and any(c.isdigit() for c in short)
    )


def fits(short: str, long: str) -> bool:
    """Tell whether the letters of ``short`` run through ``long``, its first opening a word.

    The first letters must be the same, and at least half of the long form's words must give a
    letter, so that chance matches over many words are refused.
    """
    letters = [c for c in short.casefold().removesuffix("s") if c.isalnum()]
    if short.isupper() and short.endswith("S"):
        letters = [c for c in short.casefold() if c.isalnum()]
    words = [word.casefold() for word in re.findall(r"[^\W_]+", long)]
    if not letters or len(words) < 2 or words[0][0] != letters[0]:
        return False
    if fold(short) in {fold(word) for word in words}:
        return False
    joined, starts = "", set()
    for word in words:
        starts.add(len(joined))
        joined += word
    if any(c.isdigit() for c in short):
        return _runs_through(letters, joined, starts, digits=True)
    return _runs_through(letters, joined, starts, digits=False)


def _runs_through(letters: list[str], joined: str, starts: set[int], *, digits: bool) -> bool:
    """Match backwards, as Schwartz and Hearst do; a digit may stand for repeated letters (Ai2)."""
    at = len(joined)
    used_starts = 0
    for index in range(len(letters) - 1, -1, -1):
        letter = letters[index]
        if letter.isdigit() and digits and letter not in joined:
            continue
        at -= 1
        while at >= 0 and (joined[at] != letter or (index == 0 and at != 0)):
            at -= 1
        if at < 0:
            return False
        used_starts += at in starts
    return at == 0 and used_starts >= max(1, (len(starts) + 1) // 2 - 1)


def _class_of(parsed: ParsedGuide, definition: Definition, ontology: Ontology) -> str:
    text = parsed.guide.text
    index = lexicon_index(ontology)
    for span in (definition.long, definition.short):
        types = {entry.type for entry in index.entries(span.of(text))}
        if len(types) == 1:
            return types.pop()
    return class_by_last_word(definition.long.of(text), ontology)


def class_by_last_word(name: str, ontology: Ontology) -> str:
    """Return the class whose names or terms end like this one, or an empty string."""
    words = re.findall(r"[\w.&'-]+", name)
    for length in (3, 2, 1):
        if len(words) <= length:
            continue
        ending = " ".join(words[-length:])
        for entity_class in ontology.classes.values():
            if ending in entity_class.head_nouns:
                return entity_class.name
            if ending.casefold() in entity_class.concept_nouns:
                return entity_class.name
    institution = re.match(r"(?:the )?([A-Z][a-z]+) (?:of|for) ", name)
    if institution:
        for entity_class in ontology.classes.values():
            if institution.group(1) in entity_class.head_nouns:
                return entity_class.name
    return ""
