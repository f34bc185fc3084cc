"""How words are written: chunks of a sentence, title case, and the runs that look like names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.model import BlockKind
from kg.ontology import Naming

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_CHUNK = re.compile(r"[@\w][\w+#@]*(?:[-‐./'&][\w+#@]+)*[+#]*|[^\s\w]")
_POSSESSIVE = re.compile(r"'(?:s|S)?$")
# "10x", "1.5B", "60fps", "4-input", "sub-16ms": measures, not names.
_QUANTITY = re.compile(
    r"[$€£]?\d[\d.,]*(?:-\d[\d.,]*)?[a-zA-Z%]{0,4}\+?(?:/\w+)?|\d[\d.]*[A-Z]?-[a-z]+|[a-z]+-\d+[a-z]*"
)
# "anti-AI", "image-to-3D": made of everyday words with a hyphen, whatever else is in them.
_COMPOUND_WORD = re.compile(r"[a-z]{2,}-.*")
_WORDY = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A word as readers see it: ``SWE-bench``, ``Node.js``, ``GPT-5``. Offsets in ``doc.text``."""

    start: int
    end: int
    text: str
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring chunks that are written like a name. Offsets in ``passage.text``.

    ``plain`` when the capital may be owed to the start of the sentence alone.
    """

    passage: Passage
    start: int
    end: int
    chunks: tuple[str, ...]
    titled: bool
    opens: bool
    plain: bool = False

    @property
    def text(self) -> str:
        """The run as written."""
        return self.passage.text[self.start : self.end]


def chunks_of(text: str) -> Iterator[Chunk]:
    """Split a text into words and single punctuation marks; a possessive ending is cut off."""
    for match in _CHUNK.finditer(text):
        word = match.group()
        bare = _POSSESSIVE.sub("", word)
        if bare and bare != word:
            yield Chunk(match.start(), match.start() + len(bare), bare, possessive=True)
        else:
            yield Chunk(match.start(), match.end(), word)


def opens_sentence(doc: Doc, at: int) -> bool:
    """Tell whether the character is the first letter of its sentence (or of a quotation in it)."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None:
        return at == 0
    token = span[0]
    if token.is_sent_start:
        return True
    before = doc[token.i - 1]
    return before.is_punct and (bool(before.is_sent_start) or before.text in {":", '"', "-", "—"})


def is_title_case(doc: Doc, at: int) -> bool:
    """Tell whether the sentence around the character is written like a heading.

    Every voice asks, so that the answer is kept with the document.
    """
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None:
        return False
    sentence = span[0].sent
    key = f"kg title case {sentence.start}"
    if key not in doc.user_data:
        doc.user_data[key] = _written_like_a_heading(sentence)
    return bool(doc.user_data[key])


def _written_like_a_heading(sentence: Span) -> bool:
    if any(t.text.islower() and t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in sentence):
        return False
    words = [word for word in _WORDY.findall(sentence.text) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capital >= 0.7 * len(words)


def _short_heading(passage: Passage, words: tuple[str, ...]) -> bool:
    """Tell whether a run is part of a heading or an item's head of several capitalised words."""
    if not passage.is_head and passage.block.kind is not BlockKind.HEADING:
        return False
    others = [word for word in _WORDY.findall(passage.text) if len(word) > 3]
    return len(words) > 1 and len(others) >= 2 and all(word[0].isupper() for word in others)


def is_name_like(word: str) -> bool:
    """Tell whether a word is written as names are: a capital, or letters mixed with digits."""
    if not any(c.isalpha() for c in word):
        return False
    if _QUANTITY.fullmatch(word) or _COMPOUND_WORD.fullmatch(word):
        return False
    if word[0].isupper():
        return True
    return any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)


def name_runs(passage: Passage, naming: Naming) -> Iterator[Run]:
    """Yield the runs of capitalised or otherwise name-like words of a passage."""
    text = passage.text
    current: list[Chunk] = []
    for chunk in chunks_of(text):
        joins = bool(current) and text[current[-1].end : chunk.start] == " "
        joins = joins and not current[-1].possessive
        if _belongs(chunk, naming):
            if current and not joins:
                yield from _closed(passage, current, naming)
                current = []
            current.append(chunk)
        elif (joins and chunk.text in naming.particles | naming.connectors) or (
            joins and chunk.text[0].isdigit() and chunk.text.replace(".", "").isalnum()
        ):
            current.append(chunk)
        else:
            if current:
                yield from _closed(passage, current, naming)
            current = []
    if current:
        yield from _closed(passage, current, naming)


def _belongs(chunk: Chunk, naming: Naming) -> bool:
    return is_name_like(chunk.text) and chunk.text not in naming.titles


def _closed(passage: Passage, chunks: list[Chunk], naming: Naming) -> Iterator[Run]:
    """Cut a raw run at its connectors and loose ends, and yield what may be names."""
    for part in _parts(chunks, naming):
        start, end = part[0].start, part[-1].end
        opens = opens_sentence(passage.doc, start)
        # A head or heading of one word is written with a capital whatever it is.
        lone = len(part) == 1 and (passage.is_head or passage.block.kind is BlockKind.HEADING)
        plain = opens and (lone or _plain_opening(passage, start))
        if plain and len(part) > 1:
            part = part[1:]
            while part and part[0].text.islower():
                part = part[1:]
            if not part:
                continue
            start, opens, plain = part[0].start, False, False
        words = tuple(chunk.text for chunk in part)
        if (
            all(_says_nothing(word, naming) for word in words)
            or len(part[0].text) == end - start == 1
        ):
            continue
        if any(is_name_like(word) for word in words):
            titled = is_title_case(passage.doc, start) or _short_heading(passage, words)
            yield Run(passage, start, end, words, titled=titled, opens=opens, plain=plain)


def _says_nothing(word: str, naming: Naming) -> bool:
    bare = word.removesuffix("es") if word.endswith("Ses") else word.removesuffix("s")
    return word in naming.not_names or bool({word, bare} & naming.generic_acronyms)


def _parts(chunks: list[Chunk], naming: Naming) -> Iterator[list[Chunk]]:
    """Split at connectors that do not hold a name together; drop loose ends."""
    part: list[Chunk] = []
    for at, chunk in enumerate(chunks):
        if chunk.text in naming.connectors | naming.particles:
            holds = chunk.text in naming.particles or (
                chunk.text in {"of", "for", "the"} and _institutional(chunks[at - 1].text, part)
            )
            if not holds:
                yield from _trimmed(part, naming)
                part = []
                continue
        part.append(chunk)
    yield from _trimmed(part, naming)


_INSTITUTIONS = re.compile(
    r"(?:University|Institute|College|School|Department|Ministry|Bank|Bureau|Center|Centre|Office|"
    r"Council|Academy|House|Board|Court|Foundation|Association|Society|Museum|Library|Church|"
    r"Republic|Bay|Gulf|Strait|Isle|Battle|War|of|for|the)"
)


def _institutional(word: str, part: list[Chunk]) -> bool:
    return bool(part) and _INSTITUTIONS.fullmatch(word) is not None


def _trimmed(part: list[Chunk], naming: Naming) -> Iterator[list[Chunk]]:
    loose = naming.not_names | naming.connectors | naming.particles
    while part and part[0].text in loose:
        part = part[1:]
    while part and (part[-1].text in naming.connectors | naming.particles):
        part = part[:-1]
    if part:
        yield part


def _plain_opening(passage: Passage, start: int) -> bool:
    """Tell whether a capital is owed to the start of the sentence alone."""
    span = passage.doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None:
        return False
    token = span[0]
    if token.ent_type_ and token.ent_type_ not in {"CARDINAL", "ORDINAL", "DATE", "TIME", "NORP"}:
        return False
    odd = any(c.isupper() for c in token.text[1:]) or any(c.isdigit() for c in token.text)
    return not odd and token.pos_ != "PROPN"
