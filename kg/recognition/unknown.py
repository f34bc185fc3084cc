"""Names that no list knows, read by their shape and the words around them.

A log-linear model (multinomial logistic regression) over the features of ``features.py`` gives
each occurrence a probability for every class and for being no name at all. Its weights were
fitted on the annotated passages of ``training/`` (``training/fit_unknown.py``, where the scores
stand too). All occurrences of a name in a guide are weighed together, since a name rarely changes
its class within an episode and one clear occurrence decides for the others.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.language import ParsedGuide
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
LEAST = 0.25
_WEIGHTS = Path(__file__).with_name("unknown.json")
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
    try:
        stored = json.loads(_WEIGHTS.read_text("utf-8"))
        return Weights(tuple(stored["classes"]), stored["weights"])
    except (OSError, ValueError, KeyError) as error:
        raise KgError(f"{_WEIGHTS.name}: {error}. Reinstall the package.") from error


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield a candidate for every likely class of every occurrence of an unknown name."""
    known = _known(parsed, ontology)
    runs = [
        run
        for passage in parsed.passages
        for run in name_runs(passage, ontology.naming)
        if not _tiled(run, known)
    ]
    by_name: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_name[fold(run.text)].append(run)
    by_name = {name: group for name, group in by_name.items() if not _headings_only(group)}
    weights = load_weights()
    shares = {name: _shares(group, weights, ontology) for name, group in by_name.items()}
    persons = _person_parts(by_name, shares)
    for run in runs:
        span = run.passage.char_span(run.start, run.end)
        name = fold(run.text)
        if name not in shares:
            continue
        if len(run.chunks) == 1 and name in persons and not run.plain:
            yield Candidate(span.start, span.end, "Person", _PART_OF_PERSON, VOICE)
            continue
        for type_, share in shares[name].items():
            if type_ != NO_NAME and share >= LEAST and type_ in ontology.classes:
                yield Candidate(span.start, span.end, type_, round(share, 6), VOICE)


def _known(parsed: ParsedGuide, ontology: Ontology) -> set[int]:
    """Return the characters of the guide that a known name covers beyond doubt."""
    covered: set[int] = set()
    for voice in (lexicon, versions):
        for candidate in voice.find(parsed, ontology):
            if candidate.score > lexicon.AMBIGUOUS:
                covered.update(range(candidate.start, candidate.end))
    return covered


def _headings_only(runs: list[Run]) -> bool:
    """Tell whether capitals may be owed to headings alone."""
    return all(run.titled and run.passage.block.kind is BlockKind.HEADING for run in runs)


def _tiled(run: Run, known: set[int]) -> bool:
    """Tell whether known names cover the whole run, so that nothing is left to find."""
    text = run.passage.doc.text
    return all(
        run.passage.positions[at] in known
        for at in range(run.start, run.end)
        if text[at].isalnum()
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
