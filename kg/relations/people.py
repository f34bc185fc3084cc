"""Who is who in the episode: posts stated by layout, hosts and guests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.linking import LinkedEntity, same_name
from kg.model import BlockKind, Origin, Span
from kg.names import fold
from kg.recognition.cues import cue_words
from kg.references import Anchor, MentionMap
from kg.relations.arguments import arguments
from kg.relations.clauses import clause, prepositional
from kg.relations.modality import modality_of
from kg.relations.statement import EPISODE, Reading, Statement
from kg.relations.syntax import sentence_span

if TYPE_CHECKING:
    from spacy.tokens import Token

_CREDITS = frozenset({BlockKind.ATTRIBUTION, BlockKind.TITLE, BlockKind.HEADING})
_BOUNDARY = re.compile(r"^$|[|—–:&,\-]$|\band$|\bwith$|\bft\.?$|\bfeat\.?$|\bw/$")
_TITLE_GUEST, _SPEAKER_GUEST, _TEXT_GUEST, _NAMED_HOST = 0.9, 0.65, 0.85, 0.9
# A speaker is taken for the guest when no line says so only with this share of the quotations.
_MAIN_SPEAKER = 0.4


def find(reading: Reading) -> Iterator[Statement]:
    """Yield posts, hosts and guests."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        yield from _posts_before_names(reading, passage, names)
        if passage.block.kind in _CREDITS:
            yield from _credits(reading, passage, names)
    hosts = list(_hosts(reading))
    yield from hosts
    yield from _guests(reading, {statement.subject for statement in hosts})


def _type(reading: Reading, entity: int) -> str:
    return reading.ontology.root(reading.entities[entity].type)


def _gap(passage: Passage, left: Anchor, right: Anchor) -> str:
    end = passage.doc[left.last - 1]
    return passage.doc.text[end.idx + len(end) : passage.doc[right.first].idx]


def _posts_before_names(
    reading: Reading, passage: Passage, names: MentionMap
) -> Iterator[Statement]:
    """``Cloudflare CEO Matthew Prince``, ``Gusto's CTO and co-founder Eddie Kim``."""
    roles = cue_words(reading.ontology).roles
    for left, right in zip(names.anchors, names.anchors[1:], strict=False):
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
        yield Statement(
            right.entity,
            "worksFor",
            left.entity,
            evidence,
            0.88,
            "layout:post",
            role,
            modality=mood,
            literals=(("role", role),),
        )
        if any("founder" in word for word in words):
            yield Statement(
                right.entity,
                "founderOf",
                left.entity,
                evidence,
                0.88,
                "layout:post",
                role,
                modality=mood,
            )


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
            post = re.fullmatch(
                r",\s*(?:(.{2,60}?)\s*(?:,|\bat\b|\bof\b|@)\s*)?|\s+\((?:.*,\s*)?|\s*/\s*|\s+(?:of|at|from)\s+",
                gap,
            )
            if post is None:
                people = []
                continue
            role = (post.group(1) or "").strip()
            for person in people:
                yield Statement(
                    person,
                    "worksFor",
                    anchor.entity,
                    passage.char_span(0, len(passage.doc.text)),
                    0.88,
                    "layout:affiliation",
                    role,
                    Origin.LAYOUT,
                    literals=(("role", role),) if role else (),
                )
            people = []
        else:
            people = []
        last = anchor


def _series(reading: Reading) -> int | None:
    """The entity that is the guide's own series, or None."""
    blocks = [
        b for b in reading.parsed.guide.blocks if b.kind in (BlockKind.SERIES, BlockKind.TITLE)
    ]
    for at, entity in enumerate(reading.entities):
        if entity.type == "Series" and any(
            block.span.contains(mention.span) for block in blocks for mention in entity.mentions
        ):
            return at
    return None


def _hosts(reading: Reading) -> Iterator[Statement]:
    series = _series(reading)
    if series is None:
        return
    title = reading.entities[series].label
    place = reading.entities[series].mentions[0]
    found: set[int] = set()
    for at, entity in enumerate(reading.entities):
        if entity.type == "Person" and _names_show(entity, title):
            found.add(at)
            yield Statement(
                at,
                "hostOf",
                series,
                Span(place.start, place.end),
                _NAMED_HOST,
                "layout:host",
                "",
                Origin.LAYOUT,
            )
    if found:
        return
    for statement in _conversations(reading, frozenset()):
        if statement.relation == "hostOf" and statement.subject not in found:
            found.add(statement.subject)
            yield statement


def _names_show(person: LinkedEntity, title: str) -> bool:
    """Tell whether a show bears a person's name, whole or (at its start) the first name."""
    whole = any(_in_title(name, title) for name in (person.label, *person.aliases))
    words = title.split()
    return whole or (len(words) > 1 and fold(person.label) == fold(words[0]))


def _in_title(name: str, title: str) -> bool:
    """Tell whether a show's title holds a person's full name, one slip of spelling allowed."""
    words, show = ([fold(word) for word in text.split()] for text in (name, title))
    return len(words) > 1 and any(
        same_name(words, show[at : at + len(words)]) for at in range(len(show) - len(words) + 1)
    )


def _conversations(reading: Reading, known_hosts: frozenset[int]) -> Iterator[Statement]:
    """Sentences in which someone joins, or someone welcomes: "X joins Y", "Y talks to X"."""
    series = _series(reading)
    kind = reading.ontology.relations["guestOf"]
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is not BlockKind.PARAGRAPH:
            continue
        for verb in passage.doc:
            if verb.pos_ != "VERB":
                continue
            for role, frames in (("guest", kind.guest_verbs), ("host", kind.host_verbs)):
                words = [f.split() for f in frames if f.split()[0] == verb.lemma_.lower()]
                for frame in words:
                    yield from _conversation(
                        reading, passage, names, verb, frame, role, series, known_hosts
                    )
        yield from _named_hosts(reading, passage, names, series)


def _people(tokens: tuple[Token, ...], names: MentionMap, reading: Reading) -> list[int]:
    return [
        argument.entity
        for token in tokens
        for argument in arguments(token, names, reading.ontology)
        if argument.direct and _type(reading, argument.entity) == "Person"
    ]


def _conversation(
    reading: Reading,
    passage: Passage,
    names: MentionMap,
    verb: Token,
    frame: list[str],
    role: str,
    series: int | None,
    known_hosts: frozenset[int],
) -> Iterator[Statement]:
    found = clause(verb)
    rest = tuple(frame[1:])
    partners = tuple(prepositional(verb, rest)) if rest else found.undergoers
    if found.passive:
        return
    subjects = _people(found.agents, names, reading)
    others = _people(partners, names, reading)
    to_show = any(
        argument.entity == series
        for token in (*partners, *prepositional(verb, ("on",)))
        for argument in arguments(token, names, reading.ontology)
    ) or any(t.lower_ in {"podcast", "show", "program", "us", "host", "hosts"} for t in partners)
    if not subjects or not (others or to_show):
        return
    hosting = role == "host"
    if known_hosts & {*subjects, *others}:
        # "sits down with" is said of both: who the host is decides.
        hosting = bool(known_hosts & set(subjects))
    guests, hosts = (others, subjects) if hosting else (subjects, others)
    evidence = sentence_span(passage, verb)
    mood = modality_of(verb, reading.ontology)
    for guest in guests:
        yield Statement(
            guest,
            "guestOf",
            EPISODE,
            evidence,
            _TEXT_GUEST,
            f"syntax:{role}",
            verb.text,
            modality=mood,
        )
    for host in hosts:
        if series is not None and _type(reading, host) == "Person":
            yield Statement(
                host, "hostOf", series, evidence, 0.75, f"syntax:{role}", verb.text, modality=mood
            )


def _named_hosts(
    reading: Reading, passage: Passage, names: MentionMap, series: int | None
) -> Iterator[Statement]:
    """``host Claire Vo``: a person with the word right before the name."""
    for anchor in names.anchors:
        before = passage.doc[anchor.first - 1] if anchor.first else None
        if before is None or before.lemma_.lower() not in {"host", "co-host", "cohost"}:
            continue
        if (
            series is not None
            and before.pos_ != "VERB"
            and _type(reading, anchor.entity) == "Person"
        ):
            yield Statement(
                anchor.entity,
                "hostOf",
                series,
                sentence_span(passage, before),
                0.88,
                "layout:host",
                before.text,
            )


def _guests(reading: Reading, hosts: set[int]) -> Iterator[Statement]:
    found: set[int] = set()
    for statement in (*_title_guests(reading), *_conversations(reading, frozenset(hosts))):
        if statement.relation == "guestOf" and statement.subject not in hosts | found:
            found.add(statement.subject)
            yield statement
    yield from (
        statement
        for statement in _with_host(reading, hosts)
        if statement.subject not in hosts | found
    )
    if not found:
        yield from _main_speakers(reading, hosts)


def _title_guests(reading: Reading) -> Iterator[Statement]:
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is not BlockKind.TITLE:
            continue
        text = passage.doc.text
        for anchor in names.anchors:
            last = passage.doc[anchor.last - 1]
            before = text[: passage.doc[anchor.first].idx].rstrip()
            after = text[last.idx + len(last) :].lstrip()
            apart = re.match(r"^$|[|—–:&,\-]|and\b|on\b", after) is not None
            if _type(reading, anchor.entity) == "Person" and apart and _BOUNDARY.search(before):
                yield Statement(
                    anchor.entity,
                    "guestOf",
                    EPISODE,
                    passage.char_span(0, len(text)),
                    _TITLE_GUEST,
                    "layout:title",
                    "",
                    Origin.LAYOUT,
                )


def _with_host(reading: Reading, hosts: set[int]) -> Iterator[Statement]:
    """Whoever does something *with the host* in the running text: "A and B discuss … with H"."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is not BlockKind.PARAGRAPH:
            continue
        for anchor in names.anchors:
            token = passage.doc[anchor.root]
            if anchor.entity not in hosts or token.dep_ != "pobj" or token.head.lower_ != "with":
                continue
            verb = token.head
            while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
                verb = verb.head
            for person in _people(clause(verb).agents, names, reading):
                yield Statement(
                    person,
                    "guestOf",
                    EPISODE,
                    sentence_span(passage, verb),
                    _TEXT_GUEST,
                    "syntax:with host",
                    verb.text,
                    modality=modality_of(verb, reading.ontology),
                )


def _main_speakers(reading: Reading, hosts: set[int]) -> Iterator[Statement]:
    """Where no line names a guest: whoever most quotations are attributed to."""
    speakers: Counter[int] = Counter()
    lines: dict[int, Span] = {}
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is BlockKind.ATTRIBUTION and names.anchors:
            first = names.anchors[0]
            if _type(reading, first.entity) == "Person":
                speakers[first.entity] += 1
                lines.setdefault(first.entity, passage.char_span(0, len(passage.doc.text)))
    total = sum(speakers.values())
    for person in sorted(speakers):
        if person not in hosts and speakers[person] >= _MAIN_SPEAKER * total:
            yield Statement(
                person,
                "guestOf",
                EPISODE,
                lines[person],
                _SPEAKER_GUEST,
                "layout:speaker",
                "",
                Origin.LAYOUT,
            )
