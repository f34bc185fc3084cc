"""Read annotated passages (``corpus/format.md`` describes the notation) with character offsets."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.linking import LinkedEntity
from kg.model import Mention

CORPUS = Path(__file__).with_name("corpus")
_HEADER = re.compile(r"# id:\s*(\S+)\s*\|\s*style:\s*(\w+)")
_MARK = re.compile(
    r"\[\[([^\[\]|]+)\|([A-Za-z]+)(?:\|([^\[\]|]+))?\]\]|\{\{([^{}|]+)\|([^{}|]+)\}\}"
)
_DEV_SHARE = 5


@dataclass(frozen=True, order=True, slots=True)
class Marked:
    """A mention, or (with an empty type) a reference, of the entity with a canonical name."""

    start: int
    end: int
    text: str
    type: str
    name: str


@dataclass(frozen=True, order=True, slots=True)
class Fact:
    """What a passage states, or (with a modality) says without asserting it."""

    subject: str
    relation: str
    object: str
    literal: str = ""
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """An annotated passage: its text without markup, and what is marked in it."""

    id: str
    style: str
    text: str
    mentions: tuple[Marked, ...]
    references: tuple[Marked, ...]
    facts: tuple[Fact, ...]

    @property
    def is_dev(self) -> bool:
        """Tell whether the passage is kept for measuring: one in five, fixed by its id."""
        digest = hashlib.sha256(self.id.encode()).digest()
        return digest[0] % _DEV_SHARE == 0


def read_corpus(folder: Path = CORPUS) -> tuple[Passage, ...]:
    """Read every passage of a folder in a stable order; raises ``ValueError`` on a fault."""
    return tuple(
        passage for path in sorted(folder.glob("*.txt")) for passage in read_passages(path)
    )


def read_passages(path: Path) -> Iterator[Passage]:
    """Yield the passages of one file."""
    for block in re.split(r"\n\s*\n(?=# id:)", path.read_text("utf-8").strip()):
        lines = block.strip().split("\n")
        header = _HEADER.match(lines[0])
        if header is None:
            raise ValueError(f"{path.name}: not a passage's first line: {lines[0]!r}")
        facts = [line for line in lines[1:] if re.match(r"[>!] ", line) and line.count(";") >= 2]
        body = "\n".join(line for line in lines[1:] if line not in facts).strip()
        try:
            text, mentions, references = _unmark(body)
        except ValueError as error:
            raise ValueError(f"{path.name}, {header.group(1)}: {error}") from error
        yield Passage(
            id=header.group(1),
            style=header.group(2),
            text=text,
            mentions=mentions,
            references=references,
            facts=tuple(_fact(line) for line in facts),
        )


def entities_of(passage: Passage) -> tuple[LinkedEntity, ...]:
    """Return the entities of a passage's annotation, each with its mentions."""
    mentions: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for marked in sorted(passage.mentions):
        mentions[marked.name, marked.type].append(
            Mention(marked.start, marked.end, marked.text, marked.type)
        )
    return tuple(
        LinkedEntity(type_, name, (), tuple(found)) for (name, type_), found in mentions.items()
    )


def _unmark(body: str) -> tuple[str, tuple[Marked, ...], tuple[Marked, ...]]:
    text, at = "", 0
    mentions, references = [], []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        surface = mark.group(1) or mark.group(4)
        start, end = len(text), len(text) + len(surface)
        if mark.group(1):
            name = (mark.group(3) or surface).strip()
            mentions.append(Marked(start, end, surface, mark.group(2), name))
        else:
            references.append(Marked(start, end, surface, "", mark.group(5).strip()))
        text += surface
        at = mark.end()
    text += body[at:]
    fault = re.search(r"\[\[|\]\]|\{\{|\}\}", text)
    if fault is not None:
        raise ValueError(f"a mark is not closed: …{text[max(0, fault.start() - 30) :][:60]!r}")
    return text, tuple(mentions), tuple(references)


def _fact(line: str) -> Fact:
    subject, relation, object_, *rest = [part.strip() for part in line[2:].split(";")]
    extra = rest[0] if rest else ""
    if line.startswith("!"):
        return Fact(subject, relation, object_, modality=extra)
    return Fact(subject, relation, object_, literal=extra)
