"""Names that no list knows, read by their shape and the words around them.

A log-linear model (multinomial logistic regression) over the features of ``features.py`` gives
each occurrence a probability for every class and for being no name at all. Its weights were
fitted on the annotated passages of ``training/`` (``training/fit_unknown.py``, where the scores
stand too). All occurrences of a name in a guide are weighed together, since a name rarely changes
its class within an episode and one clear occurrence decides for the others.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.language import ParsedGuide
from kg.logistic import shipped
from kg.model import BlockKind
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition import lexicon, versions
from kg.recognition.candidates import Candidate
from kg.recognition.features import features
from kg.recognition.shape import Run, name_runs

VOICE = "context"
NO_NAME = "none"
# A class with less of the probability than this is not proposed.
LEAST = 0.12
_WEIGHTS = Path(__file__).with_name("unknown.json")
# The same for a word whose capital may be owed to the start of its sentence everywhere.
_LEAST_AT_START = 0.4
# A name that is part of a person's full name in the same guide is that person.
_PART_OF_PERSON = 0.9


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: classes, and for each feature what it adds to some classes' logits."""

    classes: tuple[str, ...]
    by_feature: Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Read the fitted weights that come with the package."""
    with shipped(_WEIGHTS) as stored:
        return Weights(tuple(stored["classes"]), stored["weights"])


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield a candidate for every likely class of every occurrence of an unknown name."""
    known, persons = _known(parsed, ontology)
    runs = [
        run
        for passage in parsed.passages
        for run in name_runs(passage, ontology.naming)
        if not _tiled(run, known)
    ]
    by_name: dict[str, list[Run]] = defaultdict(list)
    for run in _without_heading_words(runs, ontology):
        by_name[fold(run.text)].append(run)
    weights = load_weights()
    shares = {name: _shares(group, weights, ontology) for name, group in by_name.items()}
    persons |= _person_parts(by_name, shares)
    for name, group in by_name.items():
        sure = any(not run.plain for run in group)
        for run in group:
            span = run.passage.char_span(run.start, run.end)
            if len(run.chunks) == 1 and name in persons and sure:
                yield Candidate(span.start, span.end, "Person", _PART_OF_PERSON, VOICE)
                continue
            for type_, share in shares[name].items():
                least = LEAST if sure else _LEAST_AT_START
                if type_ != NO_NAME and share >= least and type_ in ontology.classes:
                    yield Candidate(span.start, span.end, type_, round(share, 6), VOICE)


def _without_heading_words(runs: list[Run], ontology: Ontology) -> Iterator[Run]:
    """Yield the runs; of those in title case only the part that is a name in running text too.

    In a heading ("Encoding David's Taste") capitals say nothing. A title's own names are kept: the
    title line of a guide is where guests are named.
    """
    running = {fold(run.text) for run in runs if not run.titled}
    for run in runs:
        named = run.passage.block.kind in (BlockKind.TITLE, BlockKind.ATTRIBUTION)
        named = named or _person_as_head(run, ontology)
        if not run.titled or named or fold(run.text) in running:
            yield run
            continue
        for part in _parts(run):
            if fold(part.text) in running:
                yield part
                break


def _person_as_head(run: Run, ontology: Ontology) -> bool:
    """Tell whether an item's whole head is a person's full name."""
    whole = run.passage.is_head and run.text == run.passage.text
    if not whole or not 2 <= len(run.chunks) <= 3:
        return False
    labels = {ent.label_ for ent in run.passage.doc.ents}
    return "PERSON" in labels or run.chunks[0] in ontology.naming.first_names


def _parts(run: Run) -> Iterator[Run]:
    """Yield the runs of chunks inside a run, the longest first."""
    places = list(re.finditer(r"\S+", run.text))
    for length in range(min(len(places) - 1, 6), 0, -1):
        for at in range(len(places) - length + 1):
            start = run.start + places[at].start()
            end = run.start + places[at + length - 1].end()
            words = tuple(place.group() for place in places[at : at + length])
            yield replace(run, start=start, end=end, chunks=words)


def _known(parsed: ParsedGuide, ontology: Ontology) -> tuple[set[int], set[str]]:
    """Return the characters that a known name covers beyond doubt, and known persons' parts."""
    covered: set[int] = set()
    persons: set[str] = set()
    for voice in (lexicon, versions):
        for candidate in voice.find(parsed, ontology):
            if candidate.score > lexicon.AMBIGUOUS:
                covered.update(range(candidate.start, candidate.end))
                if candidate.type == "Person":
                    words = parsed.guide.text[candidate.start : candidate.end].split()
                    persons.update(fold(word) for word in (words[0], words[-1]) if len(word) > 2)
    return covered, persons


def _tiled(run: Run, known: set[int]) -> bool:
    """Tell whether known names cover the whole run, so that nothing is left to find."""
    text = run.passage.text
    return all(
        run.passage.positions[at] in known for at in range(run.start, run.end) if text[at].isalnum()
    )


def _shares(runs: list[Run], weights: Weights, ontology: Ontology) -> dict[str, float]:
    """Return the probability of each class for a name, over all its occurrences.

    Occurrences in headings and at the start of a sentence say less and are left out where there
    are others. The logits are averaged, with a bonus for agreement among several.
    """
    clear = [run for run in runs if not run.titled and not run.plain] or runs
    total = dict.fromkeys(weights.classes, 0.0)
    for run in clear:
        for feature in features(run, ontology):
            for type_, weight in weights.by_feature.get(feature, {}).items():
                total[type_] += weight
    scale = math.sqrt(len(clear)) / len(clear)
    highest = max(total.values())
    exponents = {name: math.exp((value - highest) * scale) for name, value in total.items()}
    whole = sum(exponents.values())
    return {name: value / whole for name, value in exponents.items()}


def class_shares(run: Run, ontology: Ontology) -> dict[str, float]:
    """Return the probability of each class for one occurrence of a name, by its context."""
    return _shares([run], load_weights(), ontology)


def _person_parts(
    by_name: Mapping[str, list[Run]], shares: Mapping[str, Mapping[str, float]]
) -> set[str]:
    """Return the first names and surnames of the guide's persons."""
    parts: set[str] = set()
    for name, runs in by_name.items():
        chunks = runs[0].chunks
        best = max(shares[name], key=lambda type_: (shares[name][type_], type_))
        if len(chunks) > 1 and best == "Person":
            parts.update(fold(part) for part in (chunks[0], chunks[-1]) if len(part) > 2)
    return parts
