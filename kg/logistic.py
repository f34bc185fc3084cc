"""What the fitted models of the package share: how their weights are read, and the last sum."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import KgError

# Shares of the others are told apart up to here.
_SMALL = 0.002


@contextmanager
def shipped(path: Path) -> Iterator[Any]:
    """Give what a file of weights holds; a fault in it, or in reading it, is a ``KgError``."""
    try:
        yield json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KgError(f"{path.name}: {error}. Reinstall the package.") from error


def logit(share: float) -> float:
    """Return the log odds of a share, bounded where it is all but 0 or 1."""
    share = min(max(share, _SMALL), 1.0 - _SMALL)
    return math.log(share / (1.0 - share))


def probability(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the probability that a logistic regression gives to features with values."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-total)) if total > -500 else 0.0
