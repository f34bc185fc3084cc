"""How likely each relation holds between two entities, by the encoder's pair head.

Asked are pairs of mentions that stand near each other, in one sentence or not, and whose classes
some relation joins; of two entities the likeliest pair of mentions speaks. Which of it is stated
is decided together with the other voices (``kg.relations.judging``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.encoder import Encoded, Encoder, encode, load_encoder
from kg.encoder.geometry import FARTHEST, MOST_BETWEEN, NEAREST, between, slots
from kg.encoder.places import WordPlaces
from kg.encoder.session import judge_pairs
from kg.model import BlockKind, Span
from kg.ontology import Ontology
from kg.relations.statement import Reading

if TYPE_CHECKING:
    import numpy as np

_PAIRS_PER_RUN = 1024
_UNREAD = frozenset({BlockKind.SERIES, BlockKind.TAGS})


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A mention or reference: half-open range of words, entity, rank among all, passage, span."""

    first: int
    last: int
    entity: int
    rank: int
    text: int
    span: Span
    is_reference: bool


@dataclass(frozen=True, order=True, slots=True)
class Chance:
    """The probability of a relation, and the two mentions that speak for it."""

    probability: float
    subject: Place
    object: Place


Fact = tuple[int, str, int]


def chances(reading: Reading) -> dict[Fact, Chance]:
    """Return the likeliest pair of mentions of every (subject, relation, object) allowed."""
    encoder = load_encoder()
    encoded = encode(reading.parsed)
    places = _places(reading, encoded)
    best: dict[Fact, Chance] = {}
    todo: list[tuple[Place, Place]] = []
    for pair in _pairs(reading, encoded, places):
        todo.append(pair)
        if len(todo) == _PAIRS_PER_RUN:
            _judge(reading, encoded, encoder, todo, best)
            todo = []
    if todo:
        _judge(reading, encoded, encoder, todo, best)
    return best


def _places(reading: Reading, encoded: Encoded) -> list[Place]:
    """Find the words of every mention, and of every reference that is resolved."""
    parsed = reading.parsed
    places = WordPlaces(parsed, encoded)
    named = [
        (mention.span, entity, False)
        for entity, linked in enumerate(reading.entities)
        for mention in linked.mentions
    ]
    found = []
    for span, entity, is_reference in (*named, *_references(reading)):
        first, last = places.words_of(span)
        if first < last:
            text = encoded.words[first].text
            if parsed.passages[text].block.kind not in _UNREAD:
                found.append((first, last, entity, text, span, is_reference))
    return [
        Place(first, last, entity, rank, text, span, is_reference)
        for rank, (first, last, entity, text, span, is_reference) in enumerate(sorted(found))
    ]


def _references(reading: Reading) -> Iterator[tuple[Span, int, bool]]:
    """Yield where a pronoun or phrase stands for an entity."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        for token in passage.doc:
            entity = names.antecedent(token) if names.anchor(token) is None else None
            if entity is not None:
                yield passage.span(token), entity, True


def _pairs(
    reading: Reading, encoded: Encoded, places: Sequence[Place]
) -> Iterator[tuple[Place, Place]]:
    """Yield the ordered pairs that are asked, each once."""
    ontology = reading.ontology
    types = [ontology.root(entity.type) for entity in reading.entities]
    firsts = [place.first for place in places]
    asked: set[tuple[int, int]] = set()
    for first, last in encoded.windows:
        inside = places[bisect_left(firsts, first) : bisect_left(firsts, last)]
        near: dict[tuple[int, int], list[tuple[int, Place, Place]]] = defaultdict(list)
        for at, left in enumerate(inside):
            for right in inside[at + 1 : at + 2 + MOST_BETWEEN]:
                gap = max(0, right.first - left.last)
                if gap > FARTHEST:
                    break
                if left.entity == right.entity:
                    continue
                for one, other in ((left, right), (right, left)):
                    if allowed(ontology, types[one.entity], types[other.entity]):
                        near[one.entity, other.entity].append((gap, one, other))
        for options in near.values():
            for _, one, other in sorted(options)[:NEAREST]:
                if (one.rank, other.rank) not in asked:
                    asked.add((one.rank, other.rank))
                    yield one, other


@lru_cache(maxsize=1024)
def allowed(ontology: Ontology, subject: str, object_: str) -> tuple[int, ...]:
    """Return the numbers of the encoder's relations that two classes allow."""
    names = load_encoder().relations
    return tuple(at for at, name in enumerate(names) if ontology.allows(name, subject, object_))


def _judge(
    reading: Reading,
    encoded: Encoded,
    encoder: Encoder,
    asked: Sequence[tuple[Place, Place]],
    best: dict[Fact, Chance],
) -> None:
    import numpy as np

    ontology = reading.ontology
    types = [ontology.root(entity.type) for entity in reading.entities]
    classes: Mapping[str, int] = {name: at for at, name in enumerate(encoder.classes)}
    table = judge_pairs(
        encoder,
        np.stack([_seen(encoded, one, other) for one, other in asked]),
        np.array([(classes[types[a.entity]], classes[types[b.entity]]) for a, b in asked]),
        np.array([_slots(one, other) for one, other in asked]),
    )
    for (one, other), row in zip(asked, table, strict=True):
        for at in allowed(ontology, types[one.entity], types[other.entity]):
            fact = (one.entity, encoder.relations[at], other.entity)
            chance = Chance(round(float(row[at]), 4), one, other)
            if fact not in best or chance.probability > best[fact].probability:
                best[fact] = chance


def _seen(encoded: Encoded, one: Place, other: Place) -> np.ndarray:
    """Both mentions' states, their product, the maximum and the mean of the states between."""
    import numpy as np

    states = encoded.states
    subject = _mean_of_ends(states, one)
    object_ = _mean_of_ends(states, other)
    first, last = between((one.first, one.last), (other.first, other.last))
    if first < last:
        inside = states[first:last].astype(np.float32)
        highest, mean = inside.max(axis=0), inside.mean(axis=0)
    else:
        highest = mean = np.zeros_like(subject)
    return np.concatenate([subject, object_, subject * object_, highest, mean])


def _mean_of_ends(states: np.ndarray, place: Place) -> np.ndarray:
    import numpy as np

    ends = states[[place.first, place.last - 1]].astype(np.float32)
    mean: np.ndarray = ends.mean(axis=0)
    return mean


def _slots(one: Place, other: Place) -> tuple[int, ...]:
    first, last = between((one.first, one.last), (other.first, other.last))
    return slots(
        forward=one.first < other.first,
        words=last - first,
        texts=abs(one.text - other.text),
        mentions=abs(one.rank - other.rank) - 1,
        references=(one.is_reference, other.is_reference),
    )
