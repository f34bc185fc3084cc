"""Posts that layout states: "Cloudflare CEO X", "X, VP of engineering, Brightwater"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.language import Passage
from kg.model import BlockKind, Origin
from kg.recognition.cues import cue_words
from kg.references import Anchor, MentionMap
from kg.relations.modality import modality_of
from kg.relations.statement import Reading, Statement
from kg.relations.syntax import sentence_span

_CREDITS = frozenset({BlockKind.ATTRIBUTION, BlockKind.TITLE, BlockKind.HEADING})
_CONFIDENCE = 0.88
_POST = re.compile(
    r",\s*(?:(.{2,60}?)\s*(?:,|\bat\b|\bof\b|@)\s*)?"
    r"|\s+\((?:.*,\s*)?|\s*/\s*|\s+(?:of|at|from)\s+"
)


def find(reading: Reading) -> Iterator[Statement]:
    """Yield the posts that neighbouring names state."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        yield from _posts_before_names(reading, passage, names)
        if passage.block.kind in _CREDITS:
            yield from _credits(reading, passage, names)


def _type(reading: Reading, entity: int) -> str:
    return reading.ontology.root(reading.entities[entity].type)


def _gap(passage: Passage, left: Anchor, right: Anchor) -> str:
    end = passage.doc[left.last - 1]
    return passage.text[end.idx + len(end) : passage.doc[right.first].idx]


def _posts_before_names(
    reading: Reading, passage: Passage, names: MentionMap
) -> Iterator[Statement]:
    """``Cloudflare CEO Matthew Prince``, ``Gusto's CTO and co-founder Eddie Kim``."""
    roles = cue_words(reading.ontology).roles
    for left, right in pairwise(names.anchors):
        if (
            _type(reading, left.entity) != "Organization"
            or _type(reading, right.entity) != "Person"
        ):
            continue
        role = _gap(passage, left, right).removeprefix("'s").strip(" ,")
        words = re.findall(r"[\w-]+", role.lower())
        if not words or len(words) > 7 or re.search(r"[.;:()\"]", role):
            continue
        if words[-1] not in roles:
            continue
        evidence = sentence_span(passage, passage.doc[right.root])
        mood = modality_of(passage.doc[right.root], reading.ontology)
        said = Statement(
            right.entity,
            "worksFor",
            left.entity,
            evidence,
            _CONFIDENCE,
            "layout:post",
            role,
            modality=mood,
        )
        yield replace(said, literals=(("role", role),))
        if any("founder" in word for word in words):
            yield replace(said, relation="founderOf")


def _credits(reading: Reading, passage: Passage, names: MentionMap) -> Iterator[Statement]:
    """``Saoirse Keane, VP of engineering, Brightwater``; ``A & B, Cloudflare``."""
    people: list[int] = []
    last: Anchor | None = None
    for anchor in names.anchors:
        kind = _type(reading, anchor.entity)
        gap = _gap(passage, last, anchor) if last is not None else ""
        if kind == "Person":
            if last is not None and not re.fullmatch(r"\s*(?:,|&|and|, and|/)\s*", gap):
                people = []
            people.append(anchor.entity)
        elif kind == "Organization" and people:
            post = _POST.fullmatch(gap)
            if post is None:
                people = []
                continue
            role = (post.group(1) or "").strip()
            for person in people:
                yield Statement(
                    person,
                    "worksFor",
                    anchor.entity,
                    passage.char_span(0, len(passage.text)),
                    _CONFIDENCE,
                    "layout:affiliation",
                    role,
                    Origin.LAYOUT,
                    literals=(("role", role),) if role else (),
                )
            people = []
        else:
            people = []
        last = anchor
