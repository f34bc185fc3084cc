"""Naming pattern: a family's name with a version, as in ``Qwen 3 Next`` or ``Windows 11``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.language import ParsedGuide
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate

VOICE = "version"
SCORE = 0.93
_NUMBER = r"(?:[vVrRkKmM]?\d+(?:\.\d+){0,2}[a-wyzA-WYZ]?)(?![\w%]|[.,:]\d|\.?\d*%)"
_SIZE = r"\d+(?:\.\d+)?[BMTbmt](?:-A\d+(?:\.\d+)?[Bb])?(?!\w)"


@lru_cache(maxsize=4)
def _patterns(ontology: Ontology) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern a class: a family's name, then a number, a size or version words."""
    patterns = []
    for entity_class in ontology.classes.values():
        families = {
            name
            for entry in ontology.lexicon.values()
            if entry.family and entry.type == entity_class.name
            for name in (entry.label, *entry.aliases)
        }
        if not families or not entity_class.version_words:
            continue
        longest_first = sorted(families, key=lambda name: (-len(name), name))
        family = "|".join(re.escape(name).replace(r"\ ", r"[ -]") for name in longest_first)
        words = sorted(entity_class.version_words, key=lambda word: (-len(word), word))
        word = "|".join(re.escape(word) for word in words)
        tail = rf"(?:[ -]?(?:{_SIZE}|{_NUMBER})|[ -](?:{word})(?!\w))"
        patterns.append(
            (entity_class.name, re.compile(rf"(?<![\w-])(?:{family})(?:{tail}){{1,5}}"))
        )
    return tuple(patterns)


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield every versioned name of a known family."""
    for passage in parsed.passages:
        for type_, pattern in _patterns(ontology):
            for found in pattern.finditer(passage.text):
                tail = found.group()
                if not any(c.isdigit() for c in tail) and tail.split()[-1].islower():
                    continue
                span = passage.char_span(found.start(), found.end())
                yield Candidate(span.start, span.end, type_, SCORE, VOICE)
