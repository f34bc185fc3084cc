"""The first voice: names known before the guide was read.

Names are compared folded, so that case, hyphens, spaces and a plural s do not matter where they
should not; ``_spelled_like`` says where they do.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.language import ParsedGuide, Passage
from kg.names import fold
from kg.ontology import LexiconEntry, Ontology
from kg.recognition.candidates import Candidate
from kg.recognition.shape import is_title_case, opens_sentence

VOICE = "lexicon"
KNOWN = 0.95
AMBIGUOUS = 0.35
SUPPORTED = 0.8
# Classes whose names are ordinary words, so that case says nothing about them.
_UNIT = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|[+#&]+")
_JOINT = re.compile(r"|[ \-‐.·'/_]|\. | & |, |: ")
_LOOSE_JOINTS = frozenset({". ", ", ", ": ", " & ", "'", "/", "."})


@dataclass(frozen=True, slots=True)
class _Name:
    entry: LexiconEntry
    label: str


@dataclass(frozen=True, slots=True)
class LexiconIndex:
    """Folded names to the entries that bear them, and the longest name in units."""

    names: dict[str, tuple[_Name, ...]]
    longest: int

    def entries(self, name: str) -> tuple[LexiconEntry, ...]:
        """Return the entries that bear a name, compared folded."""
        return tuple(dict.fromkeys(found.entry for found in self.names.get(fold(name), ())))


@lru_cache(maxsize=4)
def lexicon_index(ontology: Ontology) -> LexiconIndex:
    """Build the index of an ontology's names; kept per ontology."""
    names: dict[str, list[_Name]] = defaultdict(list)
    longest = 1
    for entry in ontology.lexicon.values():
        for label in dict.fromkeys((entry.label, *entry.aliases, *entry.hidden)):
            folded = fold(label)
            if folded:
                names[folded].append(_Name(entry, label))
                longest = max(longest, len(_UNIT.findall(label)) + 2)
    return LexiconIndex({key: tuple(value) for key, value in names.items()}, longest)


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield every known name of the guide, with one candidate for each class that bears it."""
    index = lexicon_index(ontology)
    found = [
        (passage, first, last, entry)
        for passage in parsed.passages
        for first, last, entry in _matches(passage, index)
    ]
    sure = {entry.key for passage, first, _, entry in found if _sure(passage, first, entry)}
    for passage, first, last, entry in found:
        if not entry.ambiguous or entry.key in sure:
            score = KNOWN if not entry.ambiguous else SUPPORTED
        else:
            score = AMBIGUOUS
        span = passage.char_span(first, last)
        yield Candidate(span.start, span.end, entry.type, score, VOICE, entry.key)


def _sure(passage: Passage, first: int, entry: LexiconEntry) -> bool:
    """Tell whether the spelling alone shows that an ambiguous word is used as a name here."""
    if not entry.ambiguous:
        return True
    text = passage.doc.text
    if not text[first].isupper() or not entry.label[0].isupper():
        return False
    return not opens_sentence(passage.doc, first) and not is_title_case(passage.doc, first)


def _matches(passage: Passage, index: LexiconIndex) -> Iterator[tuple[int, int, LexiconEntry]]:
    text = passage.doc.text
    units = list(_UNIT.finditer(text))
    at = 0
    while at < len(units):
        longest = 0
        for length in range(min(index.longest, len(units) - at), 0, -1):
            first, last = units[at].start(), units[at + length - 1].end()
            if not _whole(text, first, last) or not _joined(text, units[at : at + length]):
                continue
            surface = text[first:last]
            entries = {
                name.entry.key: name.entry
                for name in index.names.get(fold(surface), ())
                if _spelled_like(name, surface)
            }
            for key in sorted(entries):
                yield first, last, entries[key]
            if entries:
                longest = length
                break
        at += max(1, longest)


def _whole(text: str, first: int, last: int) -> bool:
    """Tell whether the piece begins and ends with words: not ``port`` in ``support``."""
    before = text[first - 1] if first else " "
    after = text[last] if last < len(text) else " "
    inside_word = after.isalnum() or after == "_"
    return not inside_word and not before.isalnum() and before not in "_"


def _joined(text: str, units: list[re.Match[str]]) -> bool:
    return all(
        _JOINT.fullmatch(text, left.end(), right.start()) is not None
        for left, right in zip(units, units[1:], strict=False)
    )


def _spelled_like(name: _Name, surface: str) -> bool:
    """Tell whether the surface's case and joints allow it to be this name."""
    label = name.label
    joints = {joint for joint in _LOOSE_JOINTS if joint in surface}
    if any(joint not in label for joint in joints - {"."}):
        return False
    letters = [c for c in label if c.isalpha()]
    surface_letters = [c for c in surface if c.isalpha()]
    if not letters or not surface_letters:
        return surface == label
    if all(c.islower() for c in letters):
        return True
    shouted = len(surface_letters) > 5 and all(c.isupper() for c in surface_letters)
    bare = label.removesuffix("s")
    if len(letters) <= 6 and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1):
        # An acronym: exact case, so that "rag" and "Rag" are not RAG.
        return surface.rstrip("s").replace("-", " ") == bare.rstrip("s").replace("-", " ")
    inner_capital = any(c.isupper() for c in label[1:] if c.isalpha()) and " " not in label
    technical = inner_capital or any(c.isdigit() for c in label)
    if label[0].isupper() and not surface[0].isupper():
        return technical and len(letters) >= 3 and not name.entry.ambiguous
    if label[0].islower() and surface[0].isupper() and len(letters) < 3:
        return label[:1].upper() == surface[:1]
    single = " " not in label
    if single and not shouted and label[0].isupper() and sum(c.isupper() for c in surface_letters) > 1:
        # "META" or "OPUS" in running text is more often something else than Meta or Opus.
        return technical or inner_capital
    return True
