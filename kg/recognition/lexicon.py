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
from itertools import pairwise

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
_JOINTS = re.compile(r"[\s\-‐]")
_JOINT = re.compile(r"|[ \-‐–.·'/_@*:,%]|\. | & |, |: |% ")
_LOOSE_JOINTS = frozenset({". ", ", ", ": ", " & ", "'", "/", "@", "*", ":", ",", "%"})
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class _Name:
    """One label of an entry; only its single words are ambiguous, not "Tesla Model Y"."""

    entry: LexiconEntry
    label: str

    @property
    def ambiguous(self) -> bool:
        words = self.label.split()
        short = len(words) == 1 or (len(words) == 2 and min(map(len, words)) == 1)
        return self.entry.ambiguous and short


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


@lru_cache(maxsize=1)
def find(parsed: ParsedGuide, ontology: Ontology) -> tuple[Candidate, ...]:
    """Return every known name of the guide, one candidate for each class that bears it.

    The last answer is kept: other voices ask for it too.
    """
    return tuple(_find(parsed, ontology))


def _find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    index = lexicon_index(ontology)
    found = [
        (passage, first, last, name)
        for passage in parsed.passages
        for first, last, name in _matches(passage, index)
    ]
    sure = {name.entry.key for passage, first, _, name in found if _sure(passage, first, name)}
    listed = _listed(found, ontology)
    for passage, first, last, name in found:
        entry = name.entry
        lowered = _lowered(name.label, passage.text[first:last])
        if (passage.index, first, entry.key) in listed:
            score = KNOWN
        elif lowered:
            score = AMBIGUOUS
        elif name.ambiguous:
            score = SUPPORTED if entry.key in sure else AMBIGUOUS
        else:
            score = KNOWN
        span = passage.char_span(first, last)
        yield Candidate(span.start, span.end, entry.type, score, VOICE, entry.key)


def _lowered(label: str, surface: str) -> bool:
    """Tell whether a word that the name capitalises is written small here: "Gemma licenses"."""
    if not label[0].isupper() or " " not in label:
        return False
    written = re.findall(r"[^\W_]+", surface)
    return any(
        word[0].isupper() and other[0].islower()
        for word, other in zip(re.findall(r"[^\W_]+", label), written, strict=False)
    )


_Found = tuple[Passage, int, int, _Name]
_LIST_JOINT = re.compile(r",? (?:and|or|&) |, |/")


def _listed(found: list[_Found], ontology: Ontology) -> set[tuple[int, int, str]]:
    """Return the doubtful names that stand in a list beside a sure one of their class."""
    supported: set[tuple[int, int, str]] = set()
    places = _longest({(passage.index, first, last) for passage, first, last, _ in found})
    by_place: dict[tuple[int, int, int], list[_Found]] = defaultdict(list)
    for item in found:
        by_place[item[0].index, item[1], item[2]].append(item)
    for left, right in pairwise(places):
        if left[0] != right[0]:
            continue
        text = by_place[left][0][0].text
        if not _LIST_JOINT.fullmatch(text[left[2] : right[1]]):
            continue
        for one, other in ((left, right), (right, left)):
            sure = {
                ontology.root(name.entry.type)
                for passage, first, last, name in by_place[other]
                if not name.ambiguous and not passage.text[first:last].islower()
            }
            supported.update(
                (passage.index, first, name.entry.key)
                for passage, first, _, name in by_place[one]
                if ontology.root(name.entry.type) in sure
                or (sure & _MADE and name.entry.type in _MADE)
            )
    return supported


def _longest(places: set[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Leave out the places that lie inside another."""
    kept: list[tuple[int, int, int]] = []
    for place in sorted(places, key=lambda found: (found[0], found[1], -found[2])):
        if not kept or kept[-1][0] != place[0] or place[2] > kept[-1][2]:
            kept.append(place)
    return kept


# Things that people list together: "o3, deep research and Sora".
_MADE = frozenset({"Model", "Product"})


def _sure(passage: Passage, first: int, name: _Name) -> bool:
    """Tell whether the spelling alone shows that an ambiguous word is used as a name here."""
    if not name.ambiguous:
        return True
    text = passage.text
    if not text[first].isupper() or not name.label[0].isupper():
        return False
    return not opens_sentence(passage.doc, first) and not is_title_case(passage.doc, first)


def _matches(passage: Passage, index: LexiconIndex) -> Iterator[tuple[int, int, _Name]]:
    text = passage.text
    units = list(_UNIT.finditer(text))
    reach = _reach(text, units)
    for at in range(len(units)):
        for length in range(min(index.longest, reach[at]), 0, -1):
            first, last = units[at].start(), units[at + length - 1].end()
            article = (
                length > 1
                and units[at].group().lower() in _ARTICLES
                and text[units[at].end()].isspace()
            )
            if not _whole(text, first, last):
                continue
            surface = text[first:last]
            named: dict[str, _Name] = {}
            for name in index.names.get(fold(surface), ()):
                if article and name.label.split()[0].lower() not in _ARTICLES:
                    continue
                if _spelled_like(name, surface):
                    named.setdefault(name.entry.key, name)
            for key in sorted(named):
                yield first, last, named[key]


def _whole(text: str, first: int, last: int) -> bool:
    """Tell whether the piece begins and ends with words: not ``port`` in ``support``."""
    before = text[first - 1] if first else " "
    after = text[last] if last < len(text) else " "
    inside_word = after.isalnum() or after == "_"
    if last - first == 1 and after in "-\u2010" and text[last + 1 : last + 2].isalpha():
        return False
    return not inside_word and not before.isalnum() and before not in "_"


def _reach(text: str, units: list[re.Match[str]]) -> list[int]:
    """Return, for each unit, how many from it on are joined as those of a name are."""
    reach = [1] * len(units)
    for at in range(len(units) - 2, -1, -1):
        if _JOINT.fullmatch(text, units[at].end(), units[at + 1].start()) is not None:
            reach[at] = reach[at + 1] + 1
    return reach


def _spelled_like(name: _Name, surface: str) -> bool:
    """Tell whether the surface's case and joints allow it to be this name."""
    label = name.label
    if any(sign in label and sign not in surface for sign in "&+#"):
        return False
    joints = {joint for joint in _LOOSE_JOINTS if joint in surface}
    if any(joint not in label for joint in joints):
        return False
    if not _joined_alike(label, surface):
        return False
    letters = [c for c in label if c.isalpha()]
    surface_letters = [c for c in surface if c.isalpha()]
    if not letters or not surface_letters:
        return surface == label
    if all(c.islower() for c in letters):
        return True
    shouted = len(surface_letters) > 5 and all(c.isupper() for c in surface_letters)
    bare = label.removesuffix("s")
    if (
        not any(c.isdigit() for c in label)
        and len(letters) <= 6
        and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)
    ):
        # An acronym: exact case, so that "rag" and "Rag" are not RAG.
        return _bare(surface) == _bare(bare)
    inner_capital = any(c.isupper() for c in label[1:] if c.isalpha()) and " " not in label
    technical = inner_capital or any(c.isdigit() for c in label)
    if label[0].isupper() and not surface[0].isupper():
        several = " " in label and surface.islower() and name.entry.type in _MADE
        return (technical or several) and len(letters) >= 3 and not name.ambiguous
    if label[0].islower() and surface[0].isupper() and len(letters) < 3:
        return label[:1].upper() == surface[:1]
    single = " " not in label and " " not in surface
    if (
        single
        and not shouted
        and label[0].isupper()
        and sum(c.isupper() for c in surface_letters) > 1
    ):
        # "META" or "OPUS" in running text is more often something else than Meta or Opus.
        return technical or inner_capital
    return True


def _bare(acronym: str) -> str:
    """An acronym without its plural s, hyphens, spaces and full stops."""
    return re.sub(r"[-\s.]", "", acronym).rstrip("s")


def _joined_alike(label: str, surface: str) -> bool:
    """Tell whether a name may be written with, or without, its spaces and hyphens here.

    ``DeepMind`` may be ``Deep Mind`` and ``GPT-5`` ``GPT5``, since a capital or a digit marks the
    joint; ``multiple`` is not ``MultiPL-E`` and ``models`` not ``Model S``.
    """
    in_label, in_surface = _JOINTS.search(label), _JOINTS.search(surface)
    if bool(in_label) == bool(in_surface) or label.islower():
        return True
    if in_surface is not None:
        return not surface.islower() and (surface[0].isupper() or label[0].islower())
    return any(c.isupper() or c.isdigit() for c in surface[1:])
