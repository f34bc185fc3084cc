"""The relation model weighs what the rules say; it knows no names and breaks no rule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg.relations.learned as learned
from kg.errors import KgError
from kg.model import Modality
from kg.relations.learned import RelationModel, load_models
from kg.relations.pairs import MOST_NAMES, joinable, pairs, votes_of
from tests.marked import Read, ontology, read_paragraphs, read_whole

TEXT = "[{}|Organization] released [{}|Model], and [{}|Model] beats it."


def features(read: Read) -> list[tuple[str, ...]]:
    return [pair.features for pair in pairs(read.reading, {})]


def test_features_hold_no_names() -> None:
    one = read_paragraphs(TEXT.format("Halden Labs", "Skald 2", "Borealis 3"))
    other = read_paragraphs(TEXT.format("Nordlys Labs", "Kestrel 4", "Tarn 5"))
    assert features(one) == features(other)
    words = {word for found in features(one) for feature in found for word in feature.split()}
    assert not words & {"halden", "labs", "skald", "borealis", "Halden", "Skald", "Borealis"}


def test_pairs_are_ordered_and_allowed() -> None:
    read = read_paragraphs(TEXT.format("Halden Labs", "Skald 2", "Borealis 3"))
    found = [(pair.subject.entity, pair.object.entity) for pair in pairs(read.reading, {})]
    assert len(set(found)) == len(found)
    for subject, object_ in found:
        assert subject != object_
        assert joinable(read.reading, subject, object_)
    # A model develops nothing, but one model may be a variant of the other, either way.
    assert set(found) == {(0, 1), (0, 2), (1, 2), (2, 1)}


def test_names_of_two_sentences_are_no_pair() -> None:
    read = read_paragraphs("[Halden Labs|Organization] grew. [Skald 2|Model] is a beauty.")
    assert not list(pairs(read.reading, {}))


def test_an_items_head_makes_pairs_with_its_text() -> None:
    text = (
        "# Notes\n\n## Labs\n\n- **[Halden|Organization]**: [Skald 2|Model] is out.\n- **X**: no.\n"
    )
    read = read_whole(text)
    assert (0, 1) in {(p.subject.entity, p.object.entity) for p in pairs(read.reading, {})}


@pytest.mark.parametrize("count", [MOST_NAMES, MOST_NAMES + 1])
def test_a_sentence_of_very_many_names_is_a_list(count: int) -> None:
    names = ", ".join(f"[Skald {number}|Model]" for number in range(count))
    read = read_paragraphs(f"They are {names}.")
    sentences = [s for names_ in read.reading.maps for s in names_.passage.doc.sents]
    if len(sentences) == 1:
        assert bool(list(pairs(read.reading, {}))) is (count == MOST_NAMES)


def test_only_asserted_statements_of_the_rules_are_votes() -> None:
    read = read_paragraphs(
        "[Halden Labs|Organization] released [Skald 2|Model]. "
        "[Nordlys|Organization] has not released [Borealis 3|Model]."
    )
    votes = votes_of(read.statements())
    subjects = {read.label(subject) for subject, _ in votes}
    assert subjects == {"Halden Labs"}


def test_the_shipped_models_are_of_relations_of_the_ontology() -> None:
    models = load_models()
    assert models.keys() <= ontology().relations.keys()
    for fitted in models.values():
        assert 0.0 <= fitted.probability(()) <= 1.0
        assert fitted.examples > 0


def test_probability_is_logistic() -> None:
    fitted = RelationModel({"bias": 0.0, "a": 50.0, "b": -50.0}, 5)
    assert fitted.probability(["bias"]) == 0.5
    assert fitted.probability(["bias", "a", "unknown"]) > 0.999
    assert fitted.probability(["bias", "b"]) < 0.001
    assert fitted.probability(["a", "b"]) == 0.5


Install = Callable[..., None]


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Let one relation have a model, with one weight."""

    def install(relation: str, bias: float, examples: int = 1000) -> None:
        weights = {"bias": bias / 2, f"types {TYPES}": bias / 4, "between f adore": bias / 4}
        models = {relation: RelationModel({**weights, "between f release": bias / 4}, examples)}
        monkeypatch.setattr(learned, "load_models", lambda: models)

    return install


TYPES = "Organization Model"
RELEASED = "[Halden Labs|Organization] released [Skald 2|Model]."
TWO_NAMES = "[Halden Labs|Organization] adores [Skald 2|Model]."


def relations(text: str) -> list[tuple[str, str, Modality]]:
    found = read_paragraphs(text).statements()
    return [(s.relation, s.voice.split()[0], s.modality) for s in found]


def test_a_sure_model_states_what_the_rules_missed(only: Install) -> None:
    only("develops", 5.0)
    assert ("develops", "learned", Modality.ASSERTED) in relations(TWO_NAMES)


def test_what_a_model_states_is_in_the_mood_of_its_sentence(only: Install) -> None:
    only("develops", 5.0)
    text = TWO_NAMES.replace("adores", "does not adore")
    assert ("develops", "learned", Modality.NEGATED) in relations(text)


def test_an_unsure_model_states_nothing(only: Install) -> None:
    only("develops", 0.0)
    assert "develops" not in {relation for relation, _, _ in relations(TWO_NAMES)}


@pytest.mark.parametrize(("examples", "kept"), [(1000, False), (5, True)])
def test_a_model_overrules_a_rule_if_it_has_seen_enough(
    only: Install, examples: int, kept: bool
) -> None:
    only("develops", -5.0, examples)
    assert ("develops" in {relation for relation, _, _ in relations(RELEASED)}) is kept


def test_a_model_never_names_hosts_and_guests(only: Install) -> None:
    only("hostOf", 5.0)
    text = "[Ada Holm|Person] adores [The Queue|Series]."
    assert "hostOf" not in {relation for relation, _, _ in relations(text)}


@pytest.mark.parametrize("content", [None, "{", "[]", '{"relations": {"uses": 5}}'])
def test_damaged_weights_are_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    path = tmp_path / "learned.json"
    if content is not None:
        path.write_text(content, "utf-8")
    monkeypatch.setattr(learned, "_WEIGHTS", path)
    with pytest.raises(KgError, match=r"learned\.json: .*Reinstall the package"):
        load_models.__wrapped__()
