"""Fit the model that reads unknown names by their context (``kg/recognition/unknown.json``).

    python -m training.fit_unknown [--write]

Multinomial logistic regression (L2) over the features of ``kg.recognition.features``. Every run of
name-like words of the corpus is an example; its class is that of the mention with the same place,
or none. Dev passages are left out: the arbiter is fitted on them. Without ``--write`` only the
scores on them are printed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import kg.recognition.unknown as model
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.ontology import load_ontology
from kg.recognition.features import features
from kg.recognition.shape import name_runs
from training.matrix import matrix_of
from training.passages import read_corpus

STRENGTH = 0.3
FEWEST_PASSAGES = 4
LEAST_WEIGHT = 0.03


@dataclass(frozen=True, slots=True)
class Example:
    """One run of name-like words."""

    passage: str
    is_dev: bool
    type: str
    features: tuple[str, ...]


def examples() -> list[Example]:
    """Turn the corpus into examples; passages that reading changes are left out."""
    ontology, nlp = load_ontology(), load_pipeline()
    found = []
    for passage in read_corpus():
        guide = parse_guide(passage.text, passage.id)
        if guide.text != passage.text:
            continue
        gold = {(m.start, m.end): ontology.root(m.type) for m in passage.mentions}
        for parsed in parse(guide, nlp).passages:
            for run in name_runs(parsed, ontology.naming):
                span = parsed.char_span(run.start, run.end)
                # An article belongs to some names ("The Boiler Papers") and to no run.
                type_ = gold.get((span.start, span.end)) or gold.get((span.start - 4, span.end))
                found.append(
                    Example(
                        passage.id,
                        passage.is_dev,
                        type_ or model.NO_NAME,
                        tuple(dict.fromkeys(features(run, ontology))),
                    )
                )
    return found


def main() -> None:
    """Fit, print the scores on dev, and write the weights where asked."""
    from sklearn.linear_model import LogisticRegression

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    arguments = parser.parse_args()
    found = examples()
    matrix, columns = matrix_of(found, FEWEST_PASSAGES)
    types = [example.type for example in found]
    train = [at for at, example in enumerate(found) if not example.is_dev]
    dev = [at for at, example in enumerate(found) if example.is_dev]
    trial = LogisticRegression(C=STRENGTH, max_iter=1000)
    trial.fit(matrix[train], [types[at] for at in train])
    predicted = trial.predict(matrix[dev])
    _report([types[at] for at in dev], list(predicted))
    if arguments.write:
        _write(columns, trial)


def _report(gold: list[str], predicted: list[str]) -> None:
    right = sum(a == b for a, b in zip(gold, predicted, strict=True))
    print(f"{len(gold)} dev runs, accuracy {right / len(gold):.3f}")
    hits = Counter(a for a, b in zip(gold, predicted, strict=True) if a == b)
    for name, count in Counter(gold).most_common():
        precision = hits[name] / max(1, predicted.count(name))
        print(f"{name:14s} n {count:4d}  P {precision:.2f}  R {hits[name] / count:.2f}")


def _write(vocabulary: dict[str, int], fitted: object) -> None:
    classes = [str(name) for name in fitted.classes_]  # type: ignore[attr-defined]
    coefficients, intercepts = fitted.coef_, fitted.intercept_  # type: ignore[attr-defined]
    weights: dict[str, dict[str, float]] = {}
    for feature, column in sorted(vocabulary.items()):
        row = {
            name: round(float(coefficients[at][column]), 2)
            for at, name in enumerate(classes)
            if abs(coefficients[at][column]) >= LEAST_WEIGHT
        }
        if row:
            weights[feature] = row
    bias = weights.setdefault("bias", {})
    for at, name in enumerate(classes):
        bias[name] = round(bias.get(name, 0.0) + float(intercepts[at]), 2)
    path = Path(model.__file__).with_name("unknown.json")
    stored = json.dumps({"classes": classes, "weights": weights}, ensure_ascii=False, indent=0)
    path.write_text(stored + "\n", "utf-8")
    print(f"wrote {path.name}: {len(weights)} features, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
