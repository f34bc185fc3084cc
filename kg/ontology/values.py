"""The ontology's typed values: classes, relations with their frames, names and word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KG = "https://w3id.org/episode-kg/ns#"
LEXICON = "https://w3id.org/episode-kg/lexicon/"


@dataclass(frozen=True, order=True, slots=True)
class Frame:
    """A way in which a sentence states a relation.

    ``kind`` is ``verb``, ``noun``, ``act`` or ``between``; ``words`` the trigger as lemmas, its
    preposition or particle included; ``inverse`` when the trigger's subject is the relation's
    object.
    """

    kind: str
    words: tuple[str, ...]
    relation: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class of entities, what it is aligned with, and the words that give it away."""

    name: str
    iri: str
    label: str
    definition: str
    parent: str = ""
    examples: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    generic_nouns: tuple[str, ...] = ()
    head_nouns: tuple[str, ...] = ()
    concept_nouns: tuple[str, ...] = ()
    action_verbs: tuple[str, ...] = ()
    version_words: tuple[str, ...] = ()
    color: str = "#5b6470"
    dark_color: str = "#a9b1bd"
    shape: str = "dot"


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation: which classes it joins, in which direction, and the frames that state it."""

    name: str
    iri: str
    label: str
    inverse_label: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    same_kind: bool = False
    symmetric: bool = False
    transitive: bool = False
    aligned: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    layouts: tuple[str, ...] = ()
    few_subjects: bool = False
    list_nouns: tuple[str, ...] = ()
    guest_verbs: tuple[str, ...] = ()
    host_verbs: tuple[str, ...] = ()
    post_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A name that is known before any guide is read.

    ``hidden`` spellings are recognised but never shown. An ``ambiguous`` name is also an
    everyday word or another name, and needs support from the text. ``maker``, ``country``,
    ``broader`` and ``family_of`` are keys of other entries: background, never evidence.
    """

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    family: bool = False
    ambiguous: bool = False
    maker: str = ""
    country: str = ""
    parent: str = ""
    broader: str = ""
    family_of: str = ""
    demonyms: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Naming:
    """Word lists about how names are written, from ``naming.toml`` and ``first_names.toml``.

    The files' comments explain each list.
    """

    titles: frozenset[str]
    particles: frozenset[str]
    connectors: frozenset[str]
    not_names: frozenset[str]
    generic_acronyms: frozenset[str]
    plain_modifiers: frozenset[str]
    carrier_nouns: frozenset[str]
    impersonal_verbs: frozenset[str]
    first_names: frozenset[str]
    feminine_names: frozenset[str]
    either_names: frozenset[str]
    entity_labels: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Ontology:
    """All that the ontology folder says. ``digest`` changes whenever a file of it does.

    Two are equal only when they are the same object, so that indexes can be kept per ontology.
    """

    version: str
    classes: Mapping[str, EntityClass]
    relations: Mapping[str, RelationType]
    lexicon: Mapping[str, LexiconEntry]
    modality_cues: Mapping[str, tuple[str, ...]]
    naming: Naming
    digest: str
    folder: Path

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class is the other one or one of its subclasses."""
        while name:
            if name == ancestor:
                return True
            name = self.classes[name].parent if name in self.classes else ""
        return False

    def root(self, name: str) -> str:
        """Return the class at the top of a class's line: ``Organization`` for ``Lab``."""
        while self.classes[name].parent:
            name = self.classes[name].parent
        return name

    def by_layout(self, layout: str) -> tuple[str, ...]:
        """Return the relations that a kind of juxtaposition states."""
        return tuple(name for name, kind in self.relations.items() if layout in kind.layouts)

    def allows(self, relation: str, subject: str, object_: str) -> bool:
        """Tell whether a relation may join the two classes in this direction."""
        kind = self.relations[relation]
        if kind.same_kind and self.root(subject) != self.root(object_):
            return False
        return any(self.is_a(subject, name) for name in kind.domain) and any(
            self.is_a(object_, name) for name in kind.range
        )
