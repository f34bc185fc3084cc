"""Fit the weights by which references choose their antecedent (``kg/antecedents.json``).

    python -m training.fit_references [--write]

For every pronoun and definite noun of the corpus the options of ``kg.antecedents`` with their
features; right is the entity that the annotation gives, or none where it marks nothing. Fitted is a
conditional logit: the probability of an option is its share of the exponentials of all options'
scores. Only the passages that are not kept for measuring are fitted on, so that
``benchmarks/references.py`` can judge the shipped weights on the others.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import kg.antecedents as model
from kg.antecedents import Question, resolve
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.model import Span
from kg.ontology import load_ontology
from kg.references import mention_maps
from training.passages import entities_of, read_corpus

# Passages in which plain pronouns are marked only where a fact hangs on them: what is unmarked
# there may refer all the same.
SPARSE = ("iv-", "mx-", "tk-", "wf-")
STRENGTH = 1.5
FEWEST_PASSAGES = 3
LEAST_WEIGHT = 0.02
FOLDS = 5
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the option that is right, and whether the corpus marks the reference."""

    passage: str
    question: Question
    right: int
    marked: bool


def examples() -> list[Example]:
    """Ask the questions of all passages that are fitted on; earlier references are given."""
    nlp, ontology = load_pipeline(), load_ontology()
    found: list[Example] = []
    for passage in read_corpus():
        if passage.is_dev or passage.id.startswith(SPARSE):
            continue
        parsed = parse(parse_guide(passage.text, passage.id), nlp)
        entities = entities_of(passage)
        by_name: dict[str, list[int]] = defaultdict(list)
        for at, entity in enumerate(entities):
            by_name[entity.label].append(at)
        meant: dict[tuple[int, int], list[int]] = {}
        for reference in passage.references:
            span = Span(reference.start, reference.end)
            read = parsed.passage_at(span)
            tokens = read.tokens(span) if read is not None else None
            if read is not None and tokens is not None:
                meant[read.index, tokens.root.i] = by_name[reference.name]
        for names in mention_maps(parsed, entities, ontology):
            right = partial(_right, meant, names.passage.index)
            asked = resolve(
                names.passage.doc, names.places, names.kinds, names.head_entities, ontology, right
            )
            for question in asked.values():
                answer = right(question)
                marked = (names.passage.index, question.token) in meant
                found.append(
                    Example(passage.id, question, -1 if answer is None else answer, marked)
                )
    return found


def _right(
    meant: Mapping[tuple[int, int], list[int]], passage: int, question: Question
) -> int | None:
    """Return the option that the annotation gives, or None."""
    options = {entity for entity, _ in question.options}
    entities = meant.get((passage, question.token), [])
    return next((entity for entity in entities if entity in options), None)


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return the weights that make the right options likeliest, kept small."""
    import numpy
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    seen: dict[str, set[str]] = defaultdict(set)
    for example in found:
        for _, features in example.question.options:
            for feature in features:
                seen[feature].add(example.passage)
    kept = sorted(name for name, passages in seen.items() if len(passages) >= FEWEST_PASSAGES)
    column = {name: at for at, name in enumerate(kept)}
    rows, columns, group, right = [], [], [], []
    row = 0
    for number, example in enumerate(found):
        for entity, features in example.question.options:
            known = [column[feature] for feature in features if feature in column]
            rows += [row] * len(known)
            columns += known
            group.append(number)
            right.append(entity == example.right)
            row += 1
    matrix = csr_matrix((numpy.ones(len(rows)), (rows, columns)), shape=(row, len(kept)))
    groups, answers = numpy.array(group), numpy.array(right, dtype=float)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        highest = numpy.full(len(found), -numpy.inf)
        numpy.maximum.at(highest, groups, scores)
        shares = numpy.exp(scores - highest[groups])
        total = numpy.bincount(groups, shares)
        shares /= total[groups]
        value = -(answers @ (scores - highest[groups])) + numpy.log(total).sum()
        gradient = matrix.T @ (shares - answers)
        penalty = weights @ weights / (2 * STRENGTH)
        return float(value + penalty), gradient + weights / STRENGTH

    done = minimize(loss, numpy.zeros(len(kept)), jac=True, method="L-BFGS-B")
    return {
        name: round(float(weight), 3)
        for name, weight in zip(kept, done.x, strict=True)
        if abs(weight) >= LEAST_WEIGHT
    }


def main() -> None:
    """Print the scores of cross-validation, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="replace the shipped weights")
    arguments = parser.parse_args()
    found = examples()
    print(f"{len(found)} questions, {sum(e.right >= 0 for e in found)} with an answer")
    passages = sorted({example.passage for example in found})
    fold = {passage: at % FOLDS for at, passage in enumerate(passages)}
    judged: list[tuple[Example, int, float]] = []
    for number in range(FOLDS):
        weights = fit([example for example in found if fold[example.passage] != number])
        for example in found:
            if fold[example.passage] == number:
                shares = model.probabilities(example.question, weights)
                best = max(shares, key=lambda entity: shares[entity])
                judged.append((example, best, shares[best]))
    answerable = sum(example.right >= 0 for example in found)
    print("threshold  precision  recall  (cross-validated, earlier references given)")
    for threshold in THRESHOLDS:
        said = [(e, best) for e, best, p in judged if best >= 0 and p >= threshold and e.marked]
        hits = sum(example.right == best for example, best in said)
        print(f"{threshold:9.2f} {hits / max(1, len(said)):10.3f} {hits / answerable:7.3f}")
    if arguments.write:
        path = Path(model.__file__).with_name("antecedents.json")
        text = json.dumps({"weights": fit(found)}, ensure_ascii=False, indent=0, sort_keys=True)
        path.write_text(text + "\n", "utf-8")
        print(f"wrote {path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
