"""Posts that layout states: "Cloudflare CEO X", "X, VP of engineering, Brightwater"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.language import Passage
from kg.model import BlockKind, Origin
from kg.ontology import Ontology
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
    affiliations = reading.ontology.by_layout("affiliation")
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        yield from _posts_before_names(reading, passage, names)
        if passage.block.kind in _CREDITS:
            for relation in affiliations:
                yield from _credits(reading, passage, names, relation)


def _gap(passage: Passage, left: Anchor, right: Anchor) -> str:
    end = passage.doc[left.last - 1]
    return passage.text[end.idx + len(end) : passage.doc[right.first].idx]


def _posts_before_names(
    reading: Reading, passage: Passage, names: MentionMap
) -> Iterator[Statement]:
    """``Cloudflare CEO Matthew Prince``, ``Gusto's CTO and co-founder Eddie Kim``."""
    ontology = reading.ontology
    posts = ontology.by_layout("post")
    roles = cue_words(ontology).roles
    for left, right in pairwise(names.anchors):
        types = (reading.entities[right.entity].type, reading.entities[left.entity].type)
        stated = [relation for relation in posts if ontology.allows(relation, *types)]
        if not stated:
            continue
        role = _gap(passage, left, right).removeprefix("'s").strip(" ,")
        words = re.findall(r"[\w-]+", role.lower())
        if not words or len(words) > 7 or re.search(r"[.;:()\"]", role):
            continue
        if words[-1] not in roles:
            continue
        evidence = sentence_span(passage, passage.doc[right.root])
        mood = modality_of(passage.doc[right.root], ontology)
        for relation in stated:
            said = Statement(
                right.entity,
                relation,
                left.entity,
                evidence,
                _CONFIDENCE,
                "layout:post",
                role,
                modality=mood,
            )
            yield replace(said, literals=(("role", role),))
            for further in _said_by_post(words, ontology):
                if ontology.allows(further, *types):
                    yield replace(said, relation=further)


def _said_by_post(words: Sequence[str], ontology: Ontology) -> Iterator[str]:
    """The relations that the words of a post state beside the post: ``CTO and co-founder``."""
    for name, kind in ontology.relations.items():
        if any(part in word for part in kind.post_words for word in words):
            yield name


def _credits(
    reading: Reading, passage: Passage, names: MentionMap, relation: str
) -> Iterator[Statement]:
    """``Saoirse Keane, VP of engineering, Brightwater``; ``A & B, Cloudflare``."""
    ontology = reading.ontology
    kind = ontology.relations[relation]
    people: list[int] = []
    last: Anchor | None = None
    for anchor in names.anchors:
        type_ = reading.entities[anchor.entity].type
        gap = _gap(passage, last, anchor) if last is not None else ""
        if any(ontology.is_a(type_, name) for name in kind.domain):
            if last is not None and not re.fullmatch(r"\s*(?:,|&|and|, and|/)\s*", gap):
                people = []
            people.append(anchor.entity)
        elif people and any(ontology.is_a(type_, name) for name in kind.range):
            post = _POST.fullmatch(gap)
            if post is None:
                people = []
                continue
            role = (post.group(1) or "").strip()
            for person in people:
                yield Statement(
                    person,
                    relation,
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
