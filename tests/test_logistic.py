"""The fitted models' one sum, and how calibration is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import antecedents
from kg.errors import KgError
from kg.logistic import logit, probability
from kg.recognition import unknown, weighing
from kg.relations import judging, learned
from training.logistic import calibration


@dataclass(frozen=True)
class Case:
    passage: str
    features: dict[str, float]
    right: bool


def test_probability_is_logistic() -> None:
    weights = {"bias": 0.0, "a": 50.0, "b": -50.0}
    assert probability(weights, {"bias": 1.0}) == 0.5
    assert probability(weights, {"bias": 1.0, "a": 1.0, "unknown": 9.0}) > 0.999
    assert probability(weights, {"b": 1.0}) < 0.001
    assert probability(weights, {"a": 0.5, "b": 0.5}) == 0.5
    assert probability(weights, {"b": 1000.0}) == 0.0


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_keep_the_order_and_are_bounded(one: float, other: float) -> None:
    assert (logit(one) - logit(other)) * (one - other) >= 0
    assert abs(logit(one)) < 7


def test_calibration_error_is_the_mean_gap() -> None:
    *rows, last = calibration([0.1, 0.1, 0.9, 0.9], [False, False, True, False])
    assert len(rows) == 2
    assert last == "expected calibration error 0.250"


@pytest.mark.parametrize("chances", [[0.0, 1.0], [1.0]])
def test_certainty_has_a_bin(chances: list[float]) -> None:
    assert list(calibration(chances, [True] * len(chances)))


_FITTED = (antecedents, unknown, weighing, judging, learned)


@pytest.mark.parametrize("module", _FITTED, ids=lambda module: module.__name__)
@pytest.mark.parametrize("content", [None, "{", "[]", '{"relations": {"uses": 5}, "weight": {}}'])
def test_damaged_weights_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, content: str | None
) -> None:
    path = tmp_path / "fitted.json"
    if content is not None:
        path.write_text(content, "utf-8")
    monkeypatch.setattr(module, "_WEIGHTS", path)
    load = getattr(module, "load_models", None) or module.load_weights
    with pytest.raises(KgError, match=r"fitted\.json: .*Reinstall the package"):
        load.__wrapped__()
