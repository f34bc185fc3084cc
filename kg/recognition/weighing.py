"""How likely a reading is right, given all that the voices say of its place.

A logistic regression over the voices' scores, what they make of overlapping places and of the same
name elsewhere, and where the place stands; fitted on the annotated passages of ``training/``
(``training/fit_arbiter.py``), so that the score is a probability one can rely on. A voice that was
not there when the weights were fitted (``--recognizer``) is joined to the others by noisy or.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.encoder import Encoded, encode, load_encoder
from kg.encoder.places import WordPlaces
from kg.language import ParsedGuide
from kg.logistic import logit, probability, shipped
from kg.names import fold
from kg.recognition import lexicon
from kg.recognition.readings import Reading
from kg.recognition.shape import is_title_case, opens_sentence

_WEIGHTS = Path(__file__).with_name("arbiter.json")
# Voices that only strengthen what another proposes: of what they alone took for names in the seed
# guide none was one (0 of 12), however well they read the corpus.
NEVER_ALONE = frozenset({"learned", "statistical"})
# What the lexicon knows without doubt is a name wherever its spelling stands.
CERTAIN = 0.5
# A voice as sure as this is noted apart.
_HIGH = 0.8


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: what each feature adds to the logit, and the voices it was fitted with."""

    by_feature: Mapping[str, float]
    voices: frozenset[str]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Read the fitted weights that come with the package."""
    with shipped(_WEIGHTS) as stored:
        return Weights(stored["weights"], frozenset(stored["voices"]))


def weigh(parsed: ParsedGuide, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with their scores."""
    weights = load_weights()
    weighed = []
    for reading, found in zip(readings, features(parsed, readings, weights.voices), strict=True):
        doubt = 1.0
        if weights.voices & reading.scores.keys() - NEVER_ALONE:
            doubt = 1.0 - probability(weights.by_feature, found)
        for voice, score in reading.scores.items():
            if voice not in weights.voices:
                doubt *= 1.0 - score
        score = 1.0 - doubt
        if reading.scores.get(lexicon.VOICE, 0.0) >= lexicon.KNOWN:
            score = max(score, CERTAIN)
        weighed.append(replace(reading, score=score))
    return weighed


def features(
    parsed: ParsedGuide, readings: Sequence[Reading], voices: frozenset[str]
) -> Iterator[dict[str, float]]:
    """Yield what is seen of each reading: feature to value."""
    text = parsed.guide.text
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in readings:
        names[fold(reading.span.of(text))][reading.root] += sum(  # type: ignore[assignment]
            score for voice, score in reading.scores.items() if voice in voices
        )
    contextual = _Contextual(parsed)
    seen = [contextual.of(reading) for reading in readings]
    elsewhere: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for reading, (own, any_, _) in zip(readings, seen, strict=True):
        elsewhere[fold(reading.span.of(text)), reading.root].append((own, any_))
    overlaps = _overlaps(readings)
    for at, reading in enumerate(readings):
        name, root = fold(reading.span.of(text)), reading.root
        found = {"bias": 1.0, f"class {root}": 1.0}
        scores = {v: score for v, score in reading.scores.items() if v in voices}
        for voice, score in scores.items():
            found[f"has {voice}"] = 1.0
            found[f"score {voice}"] = score
            found[f"{voice} {root}"] = 1.0
            if score >= _HIGH:
                found[f"high {voice}"] = 1.0
        found[f"agree {min(4, len(scores))}"] = 1.0
        for other in overlaps[at]:
            relation = _relation(reading, readings[other])
            for voice, score in readings[other].scores.items():
                if voice in voices:
                    key = f"{relation} {voice}"
                    found[key] = max(found.get(key, 0.0), score)
        own, any_, runs_on = seen[at]
        found["context class"] = logit(own)
        found["context name"] = logit(any_)
        found["context runs on"] = runs_on
        others = elsewhere[name, root]
        found["name class"] = logit(sum(own for own, _ in others) / len(others))
        found["name name"] = logit(sum(any_ for _, any_ in others) / len(others))
        found["name share"] = names[name][root] / max(1e-9, sum(names[name].values()))
        found[f"places {min(3, len(others))}"] = 1.0
        found.update(dict.fromkeys(_place(parsed, reading), 1.0))
        yield found


def _relation(reading: Reading, other: Reading) -> str:
    mine, its = reading.span, other.span
    if mine == its:
        return "same"
    if its.contains(mine):
        return "longer"
    return "shorter" if mine.contains(its) else "cross"


def _place(parsed: ParsedGuide, reading: Reading) -> Iterator[str]:
    surface = reading.span.of(parsed.guide.text)
    yield f"words {min(4, len(surface.split()))}"
    if surface.islower():
        yield "lower"
        yield f"lower {reading.root}"
    passage = parsed.passage_at(reading.span)
    tokens = passage.tokens(reading.span) if passage is not None else None
    if passage is None or tokens is None:
        return
    if is_title_case(passage.doc, tokens.start_char):
        yield "titled"
    if opens_sentence(passage.doc, tokens.start_char):
        yield "opens"
    if passage.is_head:
        yield "head"
    yield f"kind {passage.block.kind.value}"
    yield f"pos {tokens.root.pos_}"


def _overlaps(readings: Sequence[Reading]) -> list[list[int]]:
    """Return, for each reading (they come in text order), which others share characters with it."""
    starts = [reading.span.start for reading in readings]
    found: list[list[int]] = [[] for _ in readings]
    for at, reading in enumerate(readings):
        for other in range(at + 1, bisect_left(starts, reading.span.end)):
            found[at].append(other)
            found[other].append(at)
    return found


class _Contextual:
    """What the encoder makes of any place: how much of it is a name of a class, or any name."""

    def __init__(self, parsed: ParsedGuide) -> None:
        self._encoded: Encoded = encode(parsed)
        tags = load_encoder().tags
        self._columns = {tag: at for at, tag in enumerate(tags)}
        self._inside = [at for at, tag in enumerate(tags) if tag.startswith("I-")]
        self._places = WordPlaces(parsed, self._encoded)

    def of(self, reading: Reading) -> tuple[float, float, float]:
        """Return the mean probability of the class, of any name, and of running on behind it."""
        import numpy as np

        first, last = self._places.words_of(reading.span)
        if first >= last:
            return 0.0, 0.0, 0.0
        table = np.exp(self._encoded.tags[first:last])
        any_ = 1.0 - float(table[:, 0].mean())
        opening = self._columns.get(f"B-{reading.root}")
        inside = self._columns.get(f"I-{reading.root}")
        own = 0.0
        if opening is not None and inside is not None:
            own = float((table[0, opening] + table[1:, inside].sum()) / (last - first))
        runs_on = 0.0
        same_text = last < len(self._encoded.words) and (
            self._encoded.words[last].text == self._encoded.words[first].text
        )
        if same_text:
            runs_on = float(np.exp(self._encoded.tags[last][self._inside]).sum())
        return own, any_, runs_on
