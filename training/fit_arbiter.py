"""Fit the arbiter's weights (``kg/recognition/arbiter.json``).

    python -m training.fit_arbiter [--write]

Logistic regression (L2) over the features of ``kg.recognition.weighing``. Examples are the readings
that the voices propose for the dev passages, on which none of the voices was fitted; a reading is
right where a mention with its place and class is annotated. Printed are precision, recall and F1,
and how well the probabilities are calibrated, all by five-fold cross-validation over passages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import kg.recognition.weighing as model
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.logistic import probability
from kg.names import fold
from kg.ontology import load_ontology
from kg.recognition import arbiter, candidates_of
from kg.recognition.lexicon import lexicon_index
from kg.recognition.readings import collect
from training.logistic import calibration, cross_validated, fit
from training.passages import read_corpus

STRENGTH = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A reading of a dev passage: its place, what is seen of it, whether it is right."""

    passage: str
    place: tuple[int, int]
    is_new: bool
    features: Mapping[str, float]
    right: bool


def examples() -> tuple[list[Example], Counter[bool], frozenset[str]]:
    """Return the readings of the dev passages, how many mentions there are, and the voices.

    A name is new where neither a train passage nor the lexicon has it; mentions are counted by
    whether they are.
    """
    ontology, nlp = load_ontology(), load_pipeline()
    known = {fold(m.text) for p in read_corpus() if not p.is_dev for m in p.mentions}
    known |= lexicon_index(ontology).names.keys()
    found: list[Example] = []
    mentions: Counter[bool] = Counter()
    voices: set[str] = set()
    for passage in read_corpus():
        guide = parse_guide(passage.text, passage.id)
        if not passage.is_dev or guide.text != passage.text:
            continue
        gold = {(m.start, m.end, ontology.root(m.type)) for m in passage.mentions}
        mentions.update(fold(mention.text) not in known for mention in passage.mentions)
        parsed = parse(guide, nlp)
        candidates = candidates_of(parsed, ontology)
        present = frozenset(candidate.voice for candidate in candidates)
        voices |= present
        readings = collect(guide.text, candidates, ontology)
        for reading, seen in zip(readings, model.features(parsed, readings, present), strict=True):
            place = (reading.span.start, reading.span.end)
            is_new = fold(reading.span.of(guide.text)) not in known
            right = (*place, reading.root) in gold
            found.append(Example(passage.id, place, is_new, seen, right))
    return found, mentions, frozenset(voices)


def main() -> None:
    """Fit, print the scores, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    arguments = parser.parse_args()
    found, mentions, voices = examples()
    chances = cross_validated(found, STRENGTH, probability)
    print(f"{len(found)} readings of {mentions.total()} mentions")
    chosen = _chosen(found, chances)
    print(f"all names: {_rates(chosen, mentions.total())}")
    print(f"new names: {_rates([e for e in chosen if e.is_new], mentions[True])}")
    print("\n".join(calibration(chances, [example.right for example in found])))
    if arguments.write:
        path = Path(model.__file__).with_name("arbiter.json")
        stored = {"voices": sorted(voices), "weights": fit(found, STRENGTH)}
        path.write_text(json.dumps(stored, indent=0) + "\n", "utf-8")
        print(f"wrote {path.name}: {path.stat().st_size} bytes")


def _chosen(found: Sequence[Example], chances: Sequence[float]) -> list[Example]:
    """Of overlapping readings the likelier stands; some voices make no mention alone."""
    chosen: list[Example] = []
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at in sorted(range(len(found)), key=lambda at: -chances[at]):
        start, end = found[at].place
        places = taken[found[at].passage]
        said = {name.removeprefix("has ") for name in found[at].features if name[:4] == "has "}
        accepted = chances[at] >= arbiter.ACCEPT and not said <= model.NEVER_ALONE
        if accepted and not any(start < e and s < end for s, e in places):
            places.append((start, end))
            chosen.append(found[at])
    return chosen


def _rates(chosen: Sequence[Example], mentions: int) -> str:
    right = sum(example.right for example in chosen)
    precision, recall = right / max(1, len(chosen)), right / max(1, mentions)
    f1 = 2 * right / max(1, len(chosen) + mentions)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} of {mentions}"


if __name__ == "__main__":
    main()
