"""One arbiter: from the candidates of all voices to mentions that do not overlap.

What the voices say of a place and a class is weighed together (``weighing.py``). Of overlapping
readings the likelier stands, where a longer one is preferred to its own parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.language import ParsedGuide
from kg.model import Mention, Span
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition import layout, lexicon, posts
from kg.recognition.candidates import Candidate
from kg.recognition.homographs import preferences
from kg.recognition.lexicon import lexicon_index
from kg.recognition.readings import Reading, collect
from kg.recognition.weighing import weigh

# Below this no voice, nor their agreement, makes a mention.
ACCEPT = 0.35
# Classes whose scores differ by less than this are told apart by their context.
CLOSE = 0.2
# Voices that do not guess.
_PLAIN = frozenset({lexicon.VOICE, posts.VOICE})
# How much the other places of the same name count.
ELSEWHERE = 0.05
# How much of its score at its surest place a name of several words has at every other.
ELSEWHERE_SHARE = 0.8
# What each further word adds when a longer candidate competes with its own parts.
LENGTH_BONUS = 0.12


def _rank(reading: Reading) -> tuple[float, int, int, str]:
    """The likelier first, where a longer one is preferred to its own parts."""
    bonus = LENGTH_BONUS * (reading.words - 1)
    return (-reading.score - bonus, reading.span.start, -reading.span.end, reading.type)


def arbitrate(
    parsed: ParsedGuide, candidates: Iterable[Candidate], ontology: Ontology
) -> tuple[Mention, ...]:
    """Decide which candidates are mentions, and of what class."""
    readings = weigh(parsed, collect(parsed.guide.text, candidates, ontology))
    readings = _one_class_per_place(parsed, _sure_elsewhere(parsed, readings), ontology)
    taken: list[Reading] = []
    covered: set[int] = set()
    for reading in sorted(readings, key=_rank):
        places = range(reading.span.start, reading.span.end)
        if reading.score >= ACCEPT and covered.isdisjoint(places):
            taken.append(reading)
            covered.update(places)
    text = parsed.guide.text
    taken = _one_class_per_name(text, taken, ontology)
    return tuple(
        Mention(
            start=found.span.start,
            end=found.span.end,
            text=found.span.of(text),
            type=found.type,
            confidence=round(found.score, 4),
            voices=found.voices,
            entry=found.entry,
        )
        for found in sorted(taken, key=lambda found: found.span)
    )


def _sure_elsewhere(parsed: ParsedGuide, readings: list[Reading]) -> list[Reading]:
    """A name of several words that one place makes sure is that name in headings and lists too."""
    text = parsed.guide.text
    best: dict[tuple[str, str], float] = defaultdict(float)
    for found in readings:
        key = (fold(found.span.of(text)), found.root)
        best[key] = max(best[key], found.score)
    return [
        replace(found, score=max(found.score, ELSEWHERE_SHARE * best[name, found.root]))
        if found.words > 1 and found.score
        else found
        for found in readings
        for name in (fold(found.span.of(text)),)
    ]


def _one_class_per_name(text: str, taken: list[Reading], ontology: Ontology) -> list[Reading]:
    """A name has one class in a guide, unless the lexicon knows it as several things."""
    index = lexicon_index(ontology)
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for found in taken:
        weights[fold(found.span.of(text))][found.type] += found.score  # type: ignore[assignment]
    kept = []
    for found in taken:
        name = fold(found.span.of(text))
        types = weights[name]
        roots = {ontology.root(type_) for type_ in types}
        known = {ontology.root(entry.type) for entry in index.entries(found.span.of(text))}
        placed = layout.VOICE in found.voices
        if len(roots) > 1 and len(known) < 2 and not placed:
            best = max(sorted(types), key=lambda type_: types[type_])
            found = found if found.type == best else replace(found, type=best, entry="")
        kept.append(found)
    return kept


def _one_class_per_place(
    parsed: ParsedGuide, readings: list[Reading], ontology: Ontology
) -> list[Reading]:
    """Keep, for each place, the class that the voices and the context prefer.

    Of a name's places, those that say something plainly also speak for those that do not.
    """
    by_span: dict[Span, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_span[reading.span].append(reading)
    kept = []
    doubtful: dict[Span, list[Reading]] = {}
    for span, options in by_span.items():
        best = max(options, key=lambda found: (found.score, found.type))
        rivals = [
            found
            for found in options
            if (
                found.score >= best.score - CLOSE and (found.score >= ACCEPT or best.score < ACCEPT)
            )
            or _homographs(found, best)
        ]
        placed = [found for found in rivals if layout.VOICE in found.voices]
        if placed:
            # The series' own line: what stands there is the series, whatever else bears its name.
            kept.append(min(placed, key=_rank))
        elif len(rivals) == 1:
            kept.append(best)
        else:
            doubtful[span] = rivals
    sure = {found.span: found.type for found in kept if found.score >= ACCEPT}
    sure.update(dict.fromkeys(doubtful, ""))
    places = sorted(sure.items())
    wishes = {
        span: preferences(parsed, span, [found.type for found in rivals], places, ontology)
        for span, rivals in doubtful.items()
    }
    elsewhere: dict[str, Counter[str]] = defaultdict(Counter)
    for span, wish in wishes.items():
        elsewhere[fold(span.of(parsed.guide.text))].update(wish)
    for span, rivals in doubtful.items():
        others = elsewhere[fold(span.of(parsed.guide.text))]

        def rank(
            found: Reading, span: Span = span, others: Counter[str] = others
        ) -> tuple[float, str]:
            wish = wishes[span][found.type]
            return (found.score + wish + ELSEWHERE * others[found.type], found.type)

        # That it is a name is as sure as the likeliest reading; only the class was in doubt.
        surest = max(found.score for found in rivals)
        kept.append(replace(max(rivals, key=rank), score=surest))
    return kept


def _homographs(one: Reading, other: Reading) -> bool:
    """Tell whether a place is plainly known as both: context decides, however sure the rest is."""
    return all(not _PLAIN.isdisjoint(found.scores) for found in (one, other))
