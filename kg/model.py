"""The typed values that flow between the stages: frozen, ordered, self-checking.

Offsets everywhere count Unicode characters of ``Guide.text`` and are half-open, so that
``guide.text[start:end]`` is the piece that is meant.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A piece of a guide's text, as half-open character offsets."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the piece itself."""
        return text[self.start : self.end]


class BlockKind(StrEnum):
    """What a block of a guide is; decides which stages read it and how."""

    TITLE = "title"  # the episode's title line
    SERIES = "series"  # a line with nothing but the show's name
    HEADING = "heading"  # a section's heading
    PARAGRAPH = "paragraph"  # running prose
    ITEM = "item"  # one item of a list, bullet removed
    QUOTE = "quote"  # a quotation, without its attribution
    ATTRIBUTION = "attribution"  # who said the quotation before it, without the dash
    TAGS = "tags"  # one theme or tag of the episode
    METADATA = "metadata"  # dates, durations, labels: read for the episode, not for entities
    BOILERPLATE = "boilerplate"  # sponsors, links, page furniture: not read at all


READ_FOR_ENTITIES = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.SERIES,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.ITEM,
        BlockKind.QUOTE,
        BlockKind.ATTRIBUTION,
    }
)


@dataclass(frozen=True, order=True, slots=True)
class Block:
    """One piece of a guide's layout. Blocks are in text order and never overlap.

    ``head`` is the item's or paragraph's own head where it has one: the bold words that open
    it, or what stands before the dash of ``Topic  - description``; markup and the closing colon
    are outside. ``section`` is the index of the section in ``Guide.sections``, or -1 before the
    first. ``speaker`` is the name of who says the block in a transcript.
    """

    start: int
    end: int
    kind: BlockKind
    section: int = -1
    head: Span | None = None
    speaker: Span | None = None

    @property
    def span(self) -> Span:
        """The block's place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, order=True, slots=True)
class Section:
    """A headed part of a guide, from its heading to the next heading of its level or above."""

    start: int
    end: int
    title: str
    level: int = 1


@dataclass(frozen=True, order=True, slots=True)
class Quote:
    """A quotation and the line that says whose it is."""

    quotation: Span
    attribution: Span


@dataclass(frozen=True, slots=True)
class Guide:
    """One episode's guide as read.

    ``text`` is NFC without control characters; every offset in the graph counts its
    characters. ``published`` and ``updated`` are ISO 8601 dates, ``duration`` an ISO 8601
    duration, each empty where the guide does not state it. ``source`` is the file's name
    without its folder.
    """

    source: str
    text: str
    title: str = ""
    series: str = ""
    number: str = ""
    published: str = ""
    updated: str = ""
    duration: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8")).hexdigest()
        object.__setattr__(self, "sha256", digest)
        last = 0
        for block in self.blocks:
            if not last <= block.start < block.end <= len(self.text):
                raise ValueError(f"block {block} overlaps the one before it or leaves the text")
            last = block.end

    def section_title(self, block: Block) -> str:
        """Return the title of the section that the block stands in, or an empty string."""
        return self.sections[block.section].title if block.section >= 0 else ""


class Origin(StrEnum):
    """Where a node or an edge comes from."""

    TEXT = "text"  # a sentence states it
    LAYOUT = "layout"  # the guide's own layout says it: title, guest list, attribution, heading
    BACKGROUND = "background"  # known to the lexicon only
    OPEN = "open"  # an open relation: the verb phrase as said


class Modality(StrEnum):
    """How a statement is made; only asserted ones are facts of the graph."""

    ASSERTED = "asserted"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    PREDICTED = "predicted"


@dataclass(frozen=True, order=True, slots=True)
class Mention:
    """A name in the text, read as one of the ontology's classes.

    ``voices`` are the recognisers that found it, sorted; ``entry`` is the key of the lexicon
    entry it was recognised as, or empty.
    """

    start: int
    end: int
    text: str
    type: str
    confidence: float = 1.0
    voices: tuple[str, ...] = ()
    entry: str = ""

    @property
    def span(self) -> Span:
        """The mention's place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, order=True, slots=True)
class Evidence:
    """A verbatim piece of an episode's text that supports a relation."""

    episode: str
    start: int
    end: int
    text: str
    section: str = ""


@dataclass(frozen=True, order=True, slots=True)
class EntityMention:
    """Where an entity is named."""

    episode: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, order=True, slots=True)
class Entity:
    """Someone or something that the text names. ``id`` is its IRI.

    ``attributes`` holds the few further literals that some classes have (an episode's date,
    a quote's text), sorted by name. ``reasons`` says why names were merged into it.
    """

    id: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[EntityMention, ...] = ()
    confidence: float = 1.0
    origin: Origin = Origin.TEXT
    same_as: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, order=True, slots=True)
class Relation:
    """A typed, directed statement between two entities, with the text that makes it.

    ``phrase`` is the trigger as said; ``literals`` are sorted (name, value) pairs such as
    ``("role", "post-training lead")``; ``voice`` names the extractor and the frame that fired.
    """

    subject: str
    relation: str
    object: str
    origin: Origin = Origin.TEXT
    modality: Modality = Modality.ASSERTED
    confidence: float = 1.0
    phrase: str = ""
    voice: str = ""
    literals: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was read from one guide: what assembly merges and a cache may keep."""

    episode: str
    guide: Guide
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
