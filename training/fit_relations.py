"""Fit the relation model (``kg/relations/learned.json``).

    python -m training.fit_relations [--write]

For every relation a logistic regression (L1) over the features of ``kg.relations.pairs``, the
rules' votes among them. Examples are the ordered pairs of gold mentions and resolved references
that share a sentence and whose classes the relation allows; a pair is positive where the passage
states the fact. Dev passages are left out: the judge is fitted on them. Without ``--write`` only
the scores on them are printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import kg.relations.learned as model
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.linking import link
from kg.model import Mention
from kg.ontology import Ontology, load_ontology
from kg.references import mention_maps
from kg.relations import EXTRACTORS, Reading
from kg.relations.pairs import joinable, pairs, votes_of
from training.matrix import matrix_of
from training.passages import Passage, read_corpus

STRENGTH = 0.7
FEWEST_PASSAGES = 3
LEAST_WEIGHT = 0.01
# The probability from which the model counts as stating a fact in the report.
ACCEPT = 0.7


@dataclass(frozen=True, slots=True)
class Example:
    """An ordered pair of entities of one sentence."""

    passage: str
    is_dev: bool
    pair: tuple[str, str]
    allowed: tuple[str, ...]
    stated: tuple[str, ...]
    features: tuple[str, ...]


def examples() -> tuple[list[Example], int]:
    """Turn the corpus into examples; also return how many dev facts no pair can reach."""
    ontology, nlp = load_ontology(), load_pipeline()
    found: list[Example] = []
    unreachable = 0
    for passage in read_corpus():
        guide = parse_guide(passage.text, passage.id)
        if guide.text != passage.text:
            continue
        parsed = parse(guide, nlp)
        mentions = tuple(
            sorted(Mention(m.start, m.end, m.text, m.type, 0.95) for m in passage.mentions)
        )
        entities = link(parsed, mentions, ontology)
        gold = {(m.start, m.end): m.name for m in passage.mentions}
        names = [
            Counter(gold[m.start, m.end] for m in entity.mentions).most_common(1)[0][0]
            for entity in entities
        ]
        reading = Reading(parsed, entities, mention_maps(parsed, entities, ontology), ontology)
        rules = [
            statement
            for name, path in EXTRACTORS.items()
            if name != "open"
            for statement in import_module(path).find(reading)
        ]
        facts = _facts(passage, ontology)
        reached = set()
        for pair in pairs(reading, votes_of(rules)):
            ends = (names[pair.subject.entity], names[pair.object.entity])
            allowed = joinable(reading, pair.subject.entity, pair.object.entity)
            stated = tuple(name for name in allowed if (ends[0], name, ends[1]) in facts)
            reached |= {(ends[0], name, ends[1]) for name in stated}
            found.append(Example(passage.id, passage.is_dev, ends, allowed, stated, pair.features))
        if passage.is_dev:
            unreachable += len(facts - reached)
    return found, unreachable


def _facts(passage: Passage, ontology: Ontology) -> set[tuple[str, str, str]]:
    """The asserted facts between entities; symmetric ones in both directions."""
    facts = set()
    for fact in passage.facts:
        if fact.modality or fact.relation == "relatedTo" or fact.object == "EPISODE":
            continue
        facts.add((fact.subject, fact.relation, fact.object))
        if ontology.relations[fact.relation].symmetric:
            facts.add((fact.object, fact.relation, fact.subject))
    return facts


def main() -> None:
    """Fit, print the scores on dev, and write the weights where asked."""

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    arguments = parser.parse_args()
    found, unreachable = examples()
    matrix, columns = matrix_of(found, FEWEST_PASSAGES)
    train = [at for at, example in enumerate(found) if not example.is_dev]
    dev = [at for at, example in enumerate(found) if example.is_dev]
    fitted = _fit(found, train, matrix)
    _report(found, dev, fitted, matrix, unreachable)
    if arguments.write:
        _write(found, columns, fitted)


def _fit(found: list[Example], rows: Any, matrix: Any) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression

    fitted = {}
    for relation in sorted({name for example in found for name in example.allowed}):
        asked = [at for at in rows if relation in found[at].allowed]
        answers = [relation in found[at].stated for at in asked]
        if sum(answers) >= 5:
            machine = LogisticRegression(
                C=STRENGTH, penalty="l1", solver="liblinear", max_iter=1000, random_state=0
            )
            fitted[relation] = machine.fit(matrix[asked], answers)
    return fitted


def _report(
    found: list[Example], dev: list[int], fitted: dict[str, Any], matrix: Any, unreachable: int
) -> None:
    total: Counter[str] = Counter()
    print("relation         n    model P    R   rules P    R")
    for relation, machine in fitted.items():
        asked = [at for at in dev if relation in found[at].allowed]
        if not asked:
            continue
        chances = machine.predict_proba(matrix[asked])[:, 1]
        key = {at: (found[at].passage, *found[at].pair) for at in asked}
        gold = {key[at] for at in asked if relation in found[at].stated}
        said = {key[at] for at, p in zip(asked, chances, strict=True) if p >= ACCEPT}
        rule = {key[at] for at in asked if f"rule {relation}" in found[at].features}
        total.update(n=len(gold), hit=len(gold & said), said=len(said))
        total.update(rule=len(rule), rule_hit=len(gold & rule))
        print(f"{relation:14s} {len(gold):4d}  {_rates(gold, said)}  {_rates(gold, rule)}")
    precision, recall = total["hit"] / total["said"], total["hit"] / total["n"]
    print(
        f"all, threshold {ACCEPT}: P {precision:.3f} R {recall:.3f} "
        f"F1 {2 * precision * recall / (precision + recall):.3f}; rules alone "
        f"P {total['rule_hit'] / total['rule']:.3f} R {total['rule_hit'] / total['n']:.3f}; "
        f"{unreachable} further facts stand in no one sentence"
    )


def _rates(gold: set[Any], said: set[Any]) -> str:
    hits = len(gold & said)
    return f"{hits / max(1, len(said)):6.2f} {hits / max(1, len(gold)):6.2f}"


def _write(found: list[Example], vocabulary: dict[str, int], fitted: dict[str, Any]) -> None:
    models = {}
    for relation, machine in fitted.items():
        row = {
            feature: round(float(machine.coef_[0][column]), 3)
            for feature, column in sorted(vocabulary.items())
            if abs(machine.coef_[0][column]) >= LEAST_WEIGHT
        }
        row["bias"] = round(row.get("bias", 0.0) + float(machine.intercept_[0]), 3)
        count = sum(relation in example.stated for example in found)
        models[relation] = {"examples": count, "weights": dict(sorted(row.items()))}
    path = Path(model.__file__).with_name("learned.json")
    path.write_text(json.dumps({"relations": models}, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"wrote {path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
