"""Texts with their names marked: ``[Halden Labs|Organization] released [Skald 2|Model].``

Linking and relations are read from what recognition gives them; here the test gives it, so that
each stage is tested by its own work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.guides import parse_guide
from kg.language import ParsedGuide, load_pipeline, parse
from kg.linking import LinkedEntity, link
from kg.model import Block, BlockKind, Guide, Mention
from kg.ontology import Ontology, load_ontology
from kg.references import mention_maps
from kg.relations import EPISODE, Reading, Statement, find_statements

if TYPE_CHECKING:
    from spacy.language import Language

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Za-z]+)\]")

Told = tuple[str, str, str, str]
"""Subject, relation, object and modality, by label."""


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """Return the pinned spaCy pipeline, loaded once for all tests."""
    return load_pipeline()


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """Return the ontology that comes with the package."""
    return load_ontology()


def unmark(text: str) -> tuple[str, tuple[Mention, ...]]:
    """Return a text without its marks, and the mentions that they are."""
    plain, at = "", 0
    mentions = []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        start, name = len(plain), mark.group(1)
        mentions.append(Mention(start, start + len(name), name, mark.group(2), 0.95, ("test",)))
        plain += name
        at = mark.end()
    return plain + text[at:], tuple(mentions)


@dataclass(frozen=True)
class Read:
    """A marked text as it was read: parsed, and its mentions linked."""

    parsed: ParsedGuide
    mentions: tuple[Mention, ...]
    entities: tuple[LinkedEntity, ...]

    @property
    def reading(self) -> Reading:
        maps = mention_maps(self.parsed, self.entities, ontology())
        return Reading(self.parsed, self.entities, maps, ontology())

    def label(self, entity: int) -> str:
        return "EPISODE" if entity == EPISODE else self.entities[entity].label

    def statements(self) -> tuple[Statement, ...]:
        return find_statements(self.reading)

    def named(self, statement: Statement) -> Told:
        subject, object_ = self.label(statement.subject), self.label(statement.object)
        return (subject, statement.relation, object_, statement.modality.value)


def read_guide(guide: Guide, mentions: tuple[Mention, ...]) -> Read:
    parsed = parse(guide, pipeline())
    return Read(parsed, mentions, link(parsed, mentions, ontology()))


def read_paragraphs(text: str) -> Read:
    """Read marked paragraphs, set apart by empty lines; no line is a title or a heading."""
    plain, mentions = unmark(text)
    blocks = tuple(
        Block(found.start(), found.end(), BlockKind.PARAGRAPH)
        for found in re.finditer(r"[^\n]+(?:\n[^\n]+)*", plain)
    )
    return read_guide(Guide("guide.txt", plain, blocks=blocks), mentions)


def read_whole(text: str) -> Read:
    """Read a marked guide with its layout: title, headings, lists, quotations."""
    plain, mentions = unmark(text)
    guide = parse_guide(plain, "guide.md", "md")
    assert guide.text == plain, "a marked guide must be clean already"
    return read_guide(guide, mentions)


def told(text: str) -> set[Told]:
    """Return what the paragraphs of a marked text are found to state."""
    read = read_paragraphs(text)
    return {read.named(statement) for statement in read.statements()}


def told_by_guide(text: str) -> set[Told]:
    """Return what a marked guide is found to state, its layout included."""
    read = read_whole(text)
    return {read.named(statement) for statement in read.statements()}


def asserted(found: set[Told]) -> set[tuple[str, str, str]]:
    """Leave out what is not asserted, and the modality of the rest."""
    return {fact[:3] for fact in found if fact[3] == "asserted"}
