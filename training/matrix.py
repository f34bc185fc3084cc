"""From the features of examples to the matrix that scikit-learn fits on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Protocol


class Example(Protocol):
    """What an example needs: the passage it comes from, and its features."""

    @property
    def passage(self) -> str:
        """The passage's id."""

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features that hold."""


def matrix_of(found: Sequence[Example], fewest: int) -> tuple[Any, dict[str, int]]:
    """Return the examples as rows of a sparse 0/1 matrix, and the column of each feature.

    Features that hold in fewer than ``fewest`` passages are left out.
    """
    from sklearn.feature_extraction import DictVectorizer

    seen: dict[str, set[str]] = defaultdict(set)
    for example in found:
        for feature in example.features:
            seen[feature].add(example.passage)
    kept = {feature for feature, passages in seen.items() if len(passages) >= fewest}
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [dict.fromkeys(sorted(kept.intersection(example.features)), 1) for example in found]
    )
    return rows, dict(vectorizer.vocabulary_)
