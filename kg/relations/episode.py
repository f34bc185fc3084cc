"""Hosts and guests: told by the episode's layout and by how its guide speaks of people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.guides import section_role
from kg.language import Passage
from kg.linking import LinkedEntity, same_name
from kg.model import BlockKind, Modality, Origin, Span
from kg.names import fold
from kg.references import MentionMap
from kg.relations.arguments import arguments
from kg.relations.clauses import clause, prepositional
from kg.relations.modality import modality_of
from kg.relations.statement import EPISODE, Reading, Statement
from kg.relations.syntax import sentence_span

if TYPE_CHECKING:
    from spacy.tokens import Token

_BOUNDARY = re.compile(r"^$|[|—–:&,\-]$|\band$|\bwith$|\bft\.?$|\bfeat\.?$|\bw/$")
_APART = re.compile(r"^$|[|—–:&,(\-]|and\b|on\b")
_LISTED, _TITLE_GUEST, _TEXT_GUEST, _SPEAKER_GUEST = 0.95, 0.9, 0.85, 0.65
_NAMED_HOST, _TEXT_HOST = 0.9, 0.75
# A speaker is taken for the guest when no line says so only with this share of the quotations.
_MAIN_SPEAKER = 0.4
_HOST_WORDS = frozenset({"host", "co-host", "cohost"})
_SHOW_WORDS = frozenset({"podcast", "show", "program", "programme", "us", "host", "hosts"})


def find(reading: Reading) -> Iterator[Statement]:
    """Yield hosts and guests, each person once."""
    hosts = _once(_hosts(reading), set())
    yield from hosts
    yield from _guests(reading, frozenset(found.subject for found in hosts))


def _once(found: Iterator[Statement], known: set[int]) -> list[Statement]:
    """Keep the first asserted statement about each person, and whatever is not asserted."""
    kept = []
    for statement in found:
        if statement.subject not in known:
            kept.append(statement)
            if statement.modality is Modality.ASSERTED:
                known.add(statement.subject)
    return kept


def _type(reading: Reading, entity: int) -> str:
    return reading.ontology.root(reading.entities[entity].type)


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
    """Hosts by the surest sign there is: the show's name, a list of hosts, a word, a sentence."""
    series = _series(reading)
    if series is None:
        return
    for signs in (_named_in_show, _listed_hosts, _called_hosts, _welcoming):
        found = list(signs(reading, series))
        yield from found
        if found:
            return


def _named_in_show(reading: Reading, series: int) -> Iterator[Statement]:
    title = reading.entities[series].label
    place = reading.entities[series].mentions[0].span
    for at, entity in enumerate(reading.entities):
        if entity.type == "Person" and _names_show(entity, title):
            yield Statement(
                at, "hostOf", series, place, _NAMED_HOST, "layout:host", "", Origin.LAYOUT
            )


def _listed_hosts(reading: Reading, series: int) -> Iterator[Statement]:
    for person, place in _listed(reading, "hosts"):
        yield Statement(
            person, "hostOf", series, place, _LISTED, "layout:host list", "", Origin.LAYOUT
        )


def _called_hosts(reading: Reading, series: int) -> Iterator[Statement]:
    """``host Claire Vo``, ``hosted by Claire Vo``: the word stands right before the name."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        for anchor in names.anchors:
            at = anchor.first - 1
            if at > 0 and passage.doc[at].lower_ == "by":
                at -= 1
            elif at >= 0 and passage.doc[at].pos_ == "VERB":
                continue
            if at < 0 or _type(reading, anchor.entity) != "Person":
                continue
            word = passage.doc[at]
            if word.lemma_.lower() in _HOST_WORDS:
                yield Statement(
                    anchor.entity,
                    "hostOf",
                    series,
                    sentence_span(passage, word),
                    _NAMED_HOST,
                    "layout:host",
                    word.text,
                    modality=modality_of(word, reading.ontology),
                )


def _welcoming(reading: Reading, series: int) -> Iterator[Statement]:
    del series
    return (s for s in _conversations(reading, frozenset()) if s.relation == "hostOf")


def _listed(reading: Reading, role: str) -> Iterator[tuple[int, Span]]:
    """The first person of each line of a section such as ``Guests`` or ``Hosts``."""
    guide = reading.parsed.guide
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        title = guide.section_title(passage.block)
        if not title or section_role(title) != role or passage.block.kind is BlockKind.HEADING:
            continue
        people = [a for a in names.anchors if _type(reading, a.entity) == "Person"]
        listed = passage.block.kind is BlockKind.ITEM
        for anchor in people if listed and len(people) == len(names.anchors) else people[:1]:
            yield anchor.entity, passage.char_span(0, len(passage.text))


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
    subjects = _people(found.agents, names, reading)
    others = _people(partners, names, reading)
    to_show = any(
        argument.entity == series
        for token in (*partners, *prepositional(verb, ("on",)))
        for argument in arguments(token, names, reading.ontology)
    ) or any(token.lower_ in _SHOW_WORDS for token in partners)
    if not subjects or not (others or to_show):
        return
    hosting = role == "host"
    if known_hosts & {*subjects, *others}:
        # "sits down with" is said of both: who the host is decides.
        hosting = bool(known_hosts & set(subjects))
    elif others and _said_of_both(reading, frame):
        return
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
                host,
                "hostOf",
                series,
                evidence,
                _TEXT_HOST,
                f"syntax:{role}",
                verb.text,
                modality=mood,
            )


def _said_of_both(reading: Reading, frame: list[str]) -> bool:
    kind = reading.ontology.relations["guestOf"]
    words = " ".join(frame)
    return words in kind.guest_verbs and words in kind.host_verbs


def _guests(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
    known = set(hosts)
    found = _once(
        (
            statement
            for signs in (_listed_guests, _title_guests, _joining, _with_host)
            for statement in signs(reading, hosts)
        ),
        known,
    )
    yield from found
    if not any(statement.modality is Modality.ASSERTED for statement in found):
        yield from _main_speakers(reading, hosts)


def _listed_guests(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
    del hosts
    for person, place in _listed(reading, "guests"):
        yield Statement(
            person, "guestOf", EPISODE, place, _LISTED, "layout:guest list", "", Origin.LAYOUT
        )


def _joining(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
    return (s for s in _conversations(reading, hosts) if s.relation == "guestOf")


def _title_guests(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
    del hosts
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is not BlockKind.TITLE:
            continue
        text = passage.text
        for anchor in names.anchors:
            last = passage.doc[anchor.last - 1]
            before = text[: passage.doc[anchor.first].idx].rstrip()
            after = text[last.idx + len(last) :].lstrip()
            apart = _APART.match(after) is not None
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


def _with_host(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
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


def _main_speakers(reading: Reading, hosts: frozenset[int]) -> Iterator[Statement]:
    """Where no line names a guest: whoever most quotations are attributed to."""
    speakers: Counter[int] = Counter()
    lines: dict[int, Span] = {}
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind is BlockKind.ATTRIBUTION and names.anchors:
            first = names.anchors[0]
            if _type(reading, first.entity) == "Person":
                speakers[first.entity] += 1
                lines.setdefault(first.entity, passage.char_span(0, len(passage.text)))
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
