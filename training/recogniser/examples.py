"""Turn annotated passages into windows of numbers: pieces, tags, mentions and pairs.

A passage is cut into texts as the package cuts a guide (``kg.language``), so that training sees
what reading will see.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.encoder.geometry import FARTHEST, MOST_BETWEEN, NEAREST, between, slots
from kg.encoder.words import Window, Word, read_words, windows_of
from kg.guides import parse_guide
from kg.language import texts_of
from kg.ontology import Ontology
from training.passages import Fact
from training.recogniser.augment import Tagged

CLASSES = (
    "Architecture", "Benchmark", "Dataset", "Event", "Hardware", "License", "Model",
    "Organization", "Person", "Place", "Product", "Series", "Technique", "Topic", "Work",
)  # fmt: skip
TAGS = ("O", *(f"{prefix}-{name}" for name in CLASSES for prefix in "BI"))
RELATIONS = (
    "acquires", "authorOf", "basedOn", "competesWith", "develops", "evaluatedOn", "founderOf",
    "improves", "investsIn", "licensedUnder", "locatedIn", "opposes", "outperforms", "partOf",
    "partnersWith", "reduces", "replaces", "supports", "trainedOn", "uses", "variantOf", "worksFor",
)  # fmt: skip


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A mention or reference: half-open range of words, its entity, and the entity's class."""

    first: int
    last: int
    type: int
    entity: int
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class MentionPair:
    """An ordered pair of mentions with what stands between them, as numbers."""

    subject: Place
    object: Place
    between: tuple[int, int]
    slots: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntityPair:
    """Two entities of a window: their mention pairs, what classes allow, what is stated."""

    mentions: tuple[MentionPair, ...]
    allowed: tuple[int, ...]
    stated: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with the tag of every word and the pairs of its entities."""

    window: Window
    tags: tuple[int, ...]
    pairs: tuple[EntityPair, ...]


def read_example(
    tagged: Tagged, facts: Sequence[Fact], ontology: Ontology, tokenizer: Any
) -> Iterator[Example]:
    """Yield the windows of a passage."""
    guide = parse_guide(tagged.text, "passage")
    if guide.text != tagged.text:
        return
    texts = list(texts_of(guide))
    words = read_words([text for text, _ in texts], tokenizer)
    opening, closing = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    where = [
        (texts[word.text][1][word.start], texts[word.text][1][word.end - 1] + 1) for word in words
    ]
    places, names = _places(tagged, where)
    tags = [0] * len(words)
    for place in places:
        for at in range(place.first, place.last if not place.is_reference else place.first):
            tags[at] = 1 + 2 * place.type + (at > place.first)
    stated = _stated(facts, ontology)
    for window in windows_of(words, opening, closing):
        held = [p for p in places if window.first <= p.first and p.last <= window.last]
        yield Example(
            window=window,
            tags=tuple(tags[window.first : window.last]),
            pairs=tuple(entity_pairs(words, held, names, stated, ontology)),
        )


def _places(
    tagged: Tagged, where: Sequence[tuple[int, int]]
) -> tuple[list[Place], list[tuple[str, str]]]:
    """Find the words of every mention; entities are numbered by name and class.

    A reference is to the latest of the entities that bear the name.
    """
    numbers: dict[tuple[str, str], int] = {}
    latest: dict[str, str] = {}
    places = []
    for start, end, type_, name in tagged.spans:
        inside = [at for at, (s, e) in enumerate(where) if s < end and start < e]
        if inside and type_ in CLASSES:
            latest[name] = type_
            entity = numbers.setdefault((name, type_), len(numbers))
            places.append(Place(inside[0], inside[-1] + 1, CLASSES.index(type_), entity))
        elif inside and not type_ and name in latest:
            type_ = latest[name]
            entity = numbers[name, type_]
            places.append(Place(inside[0], inside[-1] + 1, CLASSES.index(type_), entity, True))
    return places, list(numbers)


def _stated(facts: Sequence[Fact], ontology: Ontology) -> Mapping[tuple[str, str], set[str]]:
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in facts:
        if fact.relation in RELATIONS and not fact.modality:
            stated[fact.subject, fact.object].add(fact.relation)
            if ontology.relations[fact.relation].symmetric:
                stated[fact.object, fact.subject].add(fact.relation)
    return stated


def entity_pairs(
    words: Sequence[Word],
    places: Sequence[Place],
    names: Sequence[tuple[str, str]],
    stated: Mapping[tuple[str, str], set[str]],
    ontology: Ontology,
) -> Iterator[EntityPair]:
    """Yield the ordered pairs of a window's entities whose classes some relation joins."""
    ordered = sorted(places, key=lambda place: place.first)
    by_entity: dict[int, list[tuple[int, Place]]] = defaultdict(list)
    for rank, place in enumerate(ordered):
        by_entity[place.entity].append((rank, place))
    for subject, left in by_entity.items():
        for object_, right in by_entity.items():
            if subject == object_:
                continue
            types = (CLASSES[left[0][1].type], CLASSES[right[0][1].type])
            allowed = [at for at, name in enumerate(RELATIONS) if ontology.allows(name, *types)]
            near = (
                sorted(
                    (gap, a, b, abs(i - j) - 1)
                    for i, a in left
                    for j, b in right
                    if (gap := _gap(a, b)) <= FARTHEST and abs(i - j) - 1 <= MOST_BETWEEN
                )[:NEAREST]
                if allowed
                else []
            )
            if near:
                said = stated.get((names[subject][0], names[object_][0]), set())
                yield EntityPair(
                    mentions=tuple(_pair(words, a, b, gap, rank) for gap, a, b, rank in near),
                    allowed=tuple(allowed),
                    stated=tuple(at for at in allowed if RELATIONS[at] in said),
                )


def _gap(a: Place, b: Place) -> int:
    first, last = between((a.first, a.last), (b.first, b.last))
    return last - first


def _pair(words: Sequence[Word], a: Place, b: Place, gap: int, mentions: int) -> MentionPair:
    texts = abs(words[a.first].text - words[b.first].text)
    return MentionPair(
        a,
        b,
        between((a.first, a.last), (b.first, b.last)),
        slots(
            forward=a.first < b.first,
            words=gap,
            texts=texts,
            mentions=mentions,
            references=(a.is_reference, b.is_reference),
        ),
    )


def shuffled(examples: list[Example], size: int, rng: random.Random | None) -> list[list[Example]]:
    """Bucket by length, so that little is padding; shuffle the buckets."""
    order = sorted(
        examples, key=lambda item: len(item.window.pieces) + (rng.random() * 16 if rng else 0)
    )
    made: list[list[Example]] = []
    pieces = 0
    for item in order:
        pieces += len(item.window.pieces)
        if not made or pieces > size:
            made.append([])
            pieces = len(item.window.pieces)
        made[-1].append(item)
    if rng is not None:
        rng.shuffle(made)
    return made
