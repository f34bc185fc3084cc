"""Logistic regression over named features, cross-validated by passage, and its calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

FOLDS = 5
# A feature that is seen in fewer passages than this is left out.
FEWEST_PASSAGES = 3
_LEAST_WEIGHT = 0.001


class Example(Protocol):
    """What an example needs: its passage, what is seen of it, and the right answer."""

    @property
    def passage(self) -> str:
        """The passage's id."""

    @property
    def features(self) -> Mapping[str, float]:
        """Feature to value."""

    @property
    def right(self) -> bool:
        """Whether it holds."""


def fit(found: Sequence[Example], strength: float) -> dict[str, float]:
    """Return the weight of each feature (L2; ``strength`` is scikit-learn's C)."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen: dict[str, set[str]] = defaultdict(set)
    for example in found:
        for name in example.features:
            seen[name].add(example.passage)
    kept = {name for name, ids in seen.items() if len(ids) >= FEWEST_PASSAGES}
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [{name: x for name, x in example.features.items() if name in kept} for example in found]
    )
    machine = LogisticRegression(C=strength, max_iter=5000)
    machine.fit(rows, [example.right for example in found])
    weights = {
        name: round(float(machine.coef_[0][at]), 3)
        for name, at in sorted(vectorizer.vocabulary_.items())
        if abs(machine.coef_[0][at]) >= _LEAST_WEIGHT
    }
    weights["bias"] = round(weights.get("bias", 0.0) + float(machine.intercept_[0]), 3)
    return dict(sorted(weights.items()))


def cross_validated(
    found: Sequence[Example], strength: float, probability: Probability
) -> list[float]:
    """Return each example's probability by weights fitted without its passage."""
    ids = sorted({example.passage for example in found})
    fold = {id_: at % FOLDS for at, id_ in enumerate(ids)}
    chances = [0.0] * len(found)
    for number in range(FOLDS):
        weights = fit([e for e in found if fold[e.passage] != number], strength)
        for at, example in enumerate(found):
            if fold[example.passage] == number:
                chances[at] = probability(weights, example.features)
    return chances


class Probability(Protocol):
    """From weights and features to a probability, as the package computes it."""

    def __call__(self, weights: Mapping[str, float], features: Mapping[str, float], /) -> float:
        """Return a number between 0 and 1."""


def calibration(chances: Sequence[float], right: Sequence[bool], bins: int = 10) -> Iterator[str]:
    """Yield a reliability diagram in text, and the expected calibration error (Guo et al. 2017)."""
    error = 0.0
    for number in range(bins):
        inside = [
            (chance, answer)
            for chance, answer in zip(chances, right, strict=True)
            if min(bins - 1, int(chance * bins)) == number
        ]
        if inside:
            said = sum(chance for chance, _ in inside) / len(inside)
            held = sum(answer for _, answer in inside) / len(inside)
            error += abs(said - held) * len(inside) / len(chances)
            bar = "#" * round(40 * held)
            yield f"said {said:.2f} held {held:.2f} n {len(inside):5d} |{bar:<40}|"
    yield f"expected calibration error {error:.3f}"
