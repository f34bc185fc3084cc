"""Fit the weights by which relations are judged (``kg/relations/judge.json``).

    python -m training.fit_judge [--write]

Logistic regression (L2) over the features of ``kg.relations.judging``. Examples are the facts that
some voice speaks for in the dev passages, on which none of the voices was fitted, with the names
that the recogniser finds there; one is right where the passage states it of names that match as
they do for scores. Printed are precision, recall and F1 at some thresholds, what each voice is
worth for each relation, and the calibration, all by five-fold cross-validation over passages.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import kg.relations.judging as model
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.linking import LinkedEntity, link
from kg.logistic import probability
from kg.names import fold
from kg.ontology import Ontology, load_ontology
from kg.recognition import recognise
from kg.references import mention_maps
from kg.relations import Reading, propose
from training.logistic import calibration, cross_validated, fit
from training.passages import Passage, read_corpus

STRENGTH = 0.3
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)

Fact = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of a dev passage: its relation, what is seen of it, whether it is stated."""

    passage: str
    relation: str
    features: Mapping[str, float]
    right: bool


def examples() -> tuple[list[Example], Counter[str]]:
    """Return the facts that voices speak for, and how many of each relation are annotated."""
    ontology, nlp = load_ontology(), load_pipeline()
    found: list[Example] = []
    stated: Counter[str] = Counter()
    for passage in read_corpus():
        guide = parse_guide(passage.text, passage.id)
        if not passage.is_dev or guide.text != passage.text:
            continue
        parsed = parse(guide, nlp)
        entities = link(parsed, recognise(parsed, ontology), ontology)
        reading = Reading(parsed, entities, mention_maps(parsed, entities, ontology), ontology)
        facts = _facts(passage)
        stated.update(relation for _, relation, _ in facts)
        names = [_gold_names(passage, entity, ontology) for entity in entities]
        said = model.cases(reading, propose(reading))
        for case, seen in zip(said, model.features(reading, said), strict=True):
            subject, relation, object_ = case.fact
            right = any(
                (one, relation, other) in facts or (symmetric and (other, relation, one) in facts)
                for symmetric in (ontology.relations[relation].symmetric,)
                for one in names[subject]
                for other in names[object_]
            )
            found.append(Example(passage.id, relation, seen, right))
    return found, stated


def _facts(passage: Passage) -> set[tuple[str, str, str]]:
    """The asserted facts that are judged, by canonical names."""
    return {
        (fact.subject, fact.relation, fact.object)
        for fact in passage.facts
        if not fact.modality and model.is_judged(fact.relation)
    }


def _gold_names(passage: Passage, entity: LinkedEntity, ontology: Ontology) -> set[str]:
    """The canonical names of the annotated entities of its class that share a name with it."""
    own = {fold(name) for name in (entity.label, *entity.aliases)}
    root = ontology.root(entity.type)
    return {
        mention.name
        for mention in passage.mentions
        if ontology.root(mention.type) == root and own & {fold(mention.text), fold(mention.name)}
    }


def main() -> None:
    """Fit, print the scores, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    arguments = parser.parse_args()
    found, stated = examples()
    chances = cross_validated(found, STRENGTH, probability)
    print(f"{len(found)} proposed facts, {sum(stated.values())} annotated")
    for least in THRESHOLDS:
        print(f"threshold {least}: {_rates(found, chances, sum(stated.values()), least)}")
    _by_relation(found, chances, stated)
    print("\n".join(calibration(chances, [example.right for example in found])))
    if arguments.write:
        path = Path(model.__file__).with_name("judge.json")
        stored = {"weights": fit(found, STRENGTH)}
        path.write_text(json.dumps(stored, indent=0) + "\n", "utf-8")
        print(f"wrote {path.name}: {path.stat().st_size} bytes")


def _rates(found: Sequence[Example], chances: Sequence[float], there: int, least: float) -> str:
    said = sum(chance >= least for chance in chances)
    right = sum(
        example.right for example, chance in zip(found, chances, strict=True) if chance >= least
    )
    precision, recall = right / max(1, said), right / max(1, there)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * right / max(1, said + there):.3f}"


def _by_relation(found: Sequence[Example], chances: Sequence[float], stated: Counter[str]) -> None:
    """Print right/said of all voices together and of each alone, by relation."""
    tables: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for example, chance in zip(found, chances, strict=True):
        speaks = {
            "together": chance >= model.ACCEPT,
            "rules": "rule" in example.features,
            "pair model": example.features.get("pair", -9.0) >= 0.85,
            "encoder": example.features.get("context", -9.0) >= 0.0,
        }
        for voice, spoken in speaks.items():
            if spoken:
                tables[example.relation][voice][0] += example.right
                tables[example.relation][voice][1] += 1
    voices = ("together", "rules", "pair model", "encoder")
    print(f"{'right/said':14s} {'n':>5s} " + " ".join(f"{voice:>11s}" for voice in voices))
    for relation, count in stated.most_common():
        cells = [tables[relation][voice] for voice in voices]
        row = " ".join(f"{f'{right}/{said}':>11s}" for right, said in cells)
        print(f"{relation:14s} {count:5d} {row}")


if __name__ == "__main__":
    main()
