"""The one sum that every fitted model of the package ends with."""

from __future__ import annotations

import math
from collections.abc import Mapping

# Shares of the others are told apart up to here.
_SMALL = 0.002


def logit(share: float) -> float:
    """Return the log odds of a share, bounded where it is all but 0 or 1."""
    share = min(max(share, _SMALL), 1.0 - _SMALL)
    return math.log(share / (1.0 - share))


def probability(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the probability that a logistic regression gives to features with values."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1.0 / (1.0 + math.exp(-total)) if total > -500 else 0.0
