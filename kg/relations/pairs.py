"""Pairs of names that stand in one sentence, and what the relation model sees of each pair.

None of it is the names themselves: their classes, the words and the syntax between them, and
what the rules made of the pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.model import READ_FOR_ENTITIES, BlockKind, Modality
from kg.references import MentionMap
from kg.relations.statement import Reading, Statement

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# More names in a sentence than this make a list, not a text; pairs grow with the square.
MOST_NAMES = 24
_LONGEST_PATH = 6
_LONGEST_GAP = 25
_UNREAD = frozenset({BlockKind.SERIES, BlockKind.TAGS})


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A name or a reference in a sentence: its entity and its tokens."""

    first: int
    last: int
    entity: int
    root: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An ordered pair of entities of one sentence, nearest places chosen.

    ``trigger`` is the word at the top of the syntactic path, where the mood is judged.
    """

    passage: Passage
    subject: Place
    object: Place
    features: tuple[str, ...]
    trigger: int


Votes = Mapping[tuple[int, int], Mapping[str, Sequence[str]]]
"""What the rules say of (subject, object): relation → voices."""


def votes_of(statements: Sequence[Statement]) -> dict[tuple[int, int], dict[str, list[str]]]:
    """Collect the rules' asserted statements by pair."""
    votes: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for found in statements:
        if found.modality is Modality.ASSERTED:
            voice = " ".join(found.voice.split()[:1])
            votes[found.subject, found.object][found.relation].append(voice)
    return votes


def pairs(reading: Reading, votes: Votes) -> Iterator[Pair]:
    """Yield every ordered pair of a guide whose classes some relation joins."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind in _UNREAD or passage.block.kind not in READ_FOR_ENTITIES:
            continue
        for number, sentence in enumerate(passage.doc.sents):
            places = _places(sentence, names)
            if len(places) > MOST_NAMES:
                continue
            nearest = _nearest(places)
            for left, right in nearest:
                if joinable(reading, left.entity, right.entity):
                    yield _pair(reading, passage, left, right, places, votes)
            if names.head_entities and number < 3:
                yield from _with_head(reading, passage, names, places, number, votes)


def joinable(reading: Reading, subject: int, object_: int) -> tuple[str, ...]:
    """Return the relations that the classes of two entities allow, open ones left out."""
    types = (reading.entities[subject].type, reading.entities[object_].type)
    return tuple(
        name
        for name in sorted(reading.ontology.relations)
        if name != "relatedTo" and reading.ontology.allows(name, *types)
    )


def _places(sentence: Iterable[Token], names: MentionMap) -> list[Place]:
    found = []
    seen: set[int] = set()
    for token in sentence:
        anchor = names.anchor(token)
        if anchor is not None:
            if anchor.first not in seen:
                seen.add(anchor.first)
                found.append(Place(anchor.first, anchor.last, anchor.entity, anchor.root))
        else:
            entity = names.antecedent(token)
            if entity is not None:
                kind = "pronoun" if token.pos_ == "PRON" else "noun"
                found.append(Place(token.i, token.i + 1, entity, token.i, kind))
    return found


def _nearest(places: list[Place]) -> list[tuple[Place, Place]]:
    """For each ordered pair of entities the two places that stand closest."""
    best: dict[tuple[int, int], tuple[int, Place, Place]] = {}
    for left in places:
        for right in places:
            if left.entity == right.entity:
                continue
            gap = max(left.first, right.first) - min(left.last, right.last)
            key = (left.entity, right.entity)
            if key not in best or gap < best[key][0]:
                best[key] = (gap, left, right)
    return [(left, right) for _, left, right in best.values()]


def _with_head(
    reading: Reading,
    passage: Passage,
    names: MentionMap,
    places: list[Place],
    number: int,
    votes: Votes,
) -> Iterator[Pair]:
    """Pairs of what an item's head names with what its text names."""
    for head in dict.fromkeys(names.head_entities):
        if any(place.entity == head for place in places):
            continue
        for place in places:
            for left, right in ((head, place.entity), (place.entity, head)):
                if left != right and joinable(reading, left, right):
                    yield _head_pair(reading, passage, place, left, right, number, votes)


def _pair(
    reading: Reading,
    passage: Passage,
    subject: Place,
    object_: Place,
    places: list[Place],
    votes: Votes,
) -> Pair:
    doc = passage.doc
    forward = subject.first < object_.first
    first, second = (subject, object_) if forward else (object_, subject)
    way = "f" if forward else "r"
    between = doc[first.last : second.first]
    inside = [p for p in places if first.last <= p.first and p.last <= second.first]
    covered = {at for p in inside for at in range(p.first, p.last)}
    found = ["bias", f"order {way}", *_types(reading, subject.entity, object_.entity)]
    found += [f"ref {way} s {subject.reference}", f"ref {way} o {object_.reference}"]
    found.append(f"gap {way} {_bucket(len(between))}")
    found.append(f"inside {min(len(inside), 4)}")
    words = [_word(token) for token in between if token.i not in covered][:_LONGEST_GAP]
    found += [f"between {way} {word}" for word in dict.fromkeys(words)]
    if len(between) <= 6:
        shown = " ".join("NAME" if t.i in covered else _word(t) for t in between)
        found.append(f"string {way} {shown}")
    found += [f"two {way} {a} {b}" for a, b in pairwise(words)]
    before = doc[first.first - 1] if first.first > first_token(doc, first.first) else None
    after = doc[second.last] if second.last < len(doc) else None
    found.append(f"before {way} {_word(before) if before is not None else 'edge'}")
    found.append(f"after {way} {_word(after) if after is not None else 'edge'}")
    path, top = _path(doc[subject.root], doc[object_.root])
    if path is not None:
        found.append(f"path {path}")
        found += [
            f"on path {way} {word}"
            for word in _path_words(doc[subject.root], doc[object_.root], top)
        ]
    found.append(f"top {_word(doc[top])}")
    found.append(f"kind {passage.block.kind.value}")
    found += _vote_features(votes, subject.entity, object_.entity)
    if between.text.count('"') % 2 == 0 and doc[top].sent[-1].text == "?":
        found.append("question")
    return Pair(passage, subject, object_, tuple(dict.fromkeys(found)), top)


def _head_pair(
    reading: Reading,
    passage: Passage,
    place: Place,
    subject: int,
    object_: int,
    number: int,
    votes: Votes,
) -> Pair:
    doc = passage.doc
    forward = object_ == place.entity
    way = "hf" if forward else "hr"
    head = Place(place.first, place.first, object_ if not forward else subject, place.root)
    found = ["bias", f"order {way}", *_types(reading, subject, object_), f"sentence {number}"]
    start = first_token(doc, place.first)
    words = [_word(token) for token in doc[start : place.first]][-12:]
    found.append(f"gap {way} {_bucket(place.first - start)}")
    found += [f"between {way} {word}" for word in dict.fromkeys(words)]
    if len(words) <= 5:
        found.append(f"string {way} {' '.join(words)}")
    root = doc[place.root]
    found.append(f"role {way} {root.dep_} {_word(root.head)}")
    if root.dep_ == "pobj":
        found.append(f"role {way} {_word(root.head)} {_word(root.head.head)}")
    found += _vote_features(votes, subject, object_)
    left, right = (head, place) if forward else (place, head)
    return Pair(passage, left, right, tuple(dict.fromkeys(found)), root.head.i)


def first_token(doc: Doc, at: int) -> int:
    """Return the index of the first token of a token's sentence."""
    return int(doc[at].sent.start)


def _types(reading: Reading, subject: int, object_: int) -> list[str]:
    root = reading.ontology.root
    left, right = root(reading.entities[subject].type), root(reading.entities[object_].type)
    return [f"types {left} {right}", f"subject {left}", f"object {right}"]


def _vote_features(votes: Votes, subject: int, object_: int) -> list[str]:
    found = []
    for relation, voices in votes.get((subject, object_), {}).items():
        found.append(f"rule {relation}")
        found += [f"rule {relation} {voice}" for voice in sorted(set(voices))]
    for relation in votes.get((object_, subject), {}):
        found.append(f"back rule {relation}")
    return found


def _word(token: Token) -> str:
    if token.ent_type_ in {"CARDINAL", "PERCENT", "DATE", "MONEY", "ORDINAL", "QUANTITY"}:
        return token.ent_type_
    return "NAME" if token.pos_ == "PROPN" else str(token.lemma_.lower())


def _bucket(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7-12" if count < 13 else "13+"


def _path(left: Token, right: Token) -> tuple[str | None, int]:
    """Return the dependency path as text (None when too long) and its topmost token."""
    up = [left, *left.ancestors]
    down = [right, *right.ancestors]
    places = {token.i: at for at, token in enumerate(up)}
    meet = next((at for at, token in enumerate(down) if token.i in places), None)
    if meet is None:
        return None, left.i
    top = down[meet]
    rise, fall = up[: places[top.i]], down[:meet]
    if len(rise) + len(fall) > _LONGEST_PATH:
        return None, top.i
    inner = "" if top.i in (left.i, right.i) else _word(top)
    climbed = ">".join(token.dep_ for token in rise)
    descended = "<".join(token.dep_ for token in reversed(fall))
    return f"{climbed}[{inner}]{descended}", top.i


def _path_words(left: Token, right: Token, top: int) -> list[str]:
    """The words on the path, its ends left out."""
    found = []
    for end in (left, right):
        token = end
        while token.i != top and token.head.i != token.i:
            token = token.head
            if token.i not in (left.i, right.i):
                found.append(_word(token))
    return list(dict.fromkeys(found))
