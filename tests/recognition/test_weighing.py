"""What the voices say of a place is weighed into one probability."""

from __future__ import annotations

import pytest

from kg.ontology import Ontology
from kg.recognition import VOICES, weighing
from kg.recognition.candidates import Candidate
from kg.recognition.readings import Reading, collect
from kg.recognition.weighing import Weights, features, load_weights, weigh
from tests.recognition.reading import read

TEXT = "They met Ines Corva of Halden Labs in Bergen, and Ines Corva left."


def readings(ontology: Ontology, *said: tuple[str, str, float, str]) -> list[Reading]:
    text = read(TEXT).guide.text
    found = []
    for name, type_, score, voice in said:
        start = text.index(name)
        found.append(Candidate(start, start + len(name), type_, score, voice))
    return collect(text, found, ontology)


def test_readings_group_by_place_and_class(small: Ontology) -> None:
    found = readings(
        small,
        ("Halden Labs", "Organization", 0.5, "context"),
        ("Halden Labs", "Lab", 0.6, "lexicon"),
        ("Halden Labs", "Product", 0.4, "context"),
    )
    assert [(one.root, one.type, one.voices) for one in found] == [
        ("Organization", "Lab", ("context", "lexicon")),
        ("Product", "Product", ("context",)),
    ]


def test_what_overlaps_is_seen(small: Ontology) -> None:
    found = readings(
        small,
        ("Ines Corva", "Person", 0.9, "lexicon"),
        ("Corva", "Person", 0.7, "context"),
        ("Bergen", "Place", 0.9, "lexicon"),
    )
    whole, part, apart = features(read(TEXT), found, frozenset({"lexicon", "context"}))
    assert whole["shorter context"] == 0.7
    assert part["longer lexicon"] == 0.9
    assert not [name for name in apart if name.startswith(("shorter", "longer", "cross", "same"))]


def test_no_name_is_a_feature(small: Ontology) -> None:
    found = readings(small, ("Ines Corva", "Person", 0.9, "lexicon"))
    (seen,) = features(read(TEXT), found, frozenset({"lexicon"}))
    assert not {"Ines", "Corva", "ines", "corva"} & {w for name in seen for w in name.split()}


def test_more_of_a_voice_is_never_less_likely(small: Ontology) -> None:
    """The shipped weights: the lexicon's word counts for something."""
    scores = []
    for score in (0.35, 0.8, 0.95):
        found = readings(small, ("Bergen", "Place", score, "lexicon"))
        scores.append(weigh(read(TEXT), found)[0].score)
    assert scores == sorted(scores)
    assert scores[-1] > 0.9


def test_a_voice_that_was_not_fitted_is_joined_by_noisy_or(
    small: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        weighing, "load_weights", lambda: Weights({"bias": 0.0}, frozenset({"lexicon"}))
    )
    both = readings(small, ("Bergen", "Place", 0.9, "lexicon"), ("Bergen", "Place", 0.6, "outside"))
    assert weigh(read(TEXT), both)[0].score == pytest.approx(1 - 0.5 * 0.4)
    alone = readings(small, ("Bergen", "Place", 0.6, "outside"))
    assert weigh(read(TEXT), alone)[0].score == pytest.approx(0.6)


def test_the_shipped_weights_know_the_voices() -> None:
    assert load_weights().voices <= VOICES.keys()
    assert "learned" in load_weights().voices
