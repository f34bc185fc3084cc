"""The voices are weighed together; mood, classes and plain layout are not overruled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.encoder.geometry import MOST_BETWEEN
from kg.model import Modality
from kg.relations import contextual, judging, learned
from kg.relations.judging import cases, features, load_weights
from kg.relations.pairs import pairs
from tests.marked import Read, ontology, read_paragraphs, read_whole

RELEASED = "[Halden Labs|Organization] released [Skald 2|Model]."
TWO_NAMES = "[Halden Labs|Organization] adores [Skald 2|Model]."
DENIED = "[Halden Labs|Organization] has not released [Skald 2|Model]."

Weigh = Callable[..., None]


@pytest.fixture
def weigh(monkeypatch: pytest.MonkeyPatch) -> Weigh:
    """Judge by the given weights alone."""

    def install(**weights: float) -> None:
        monkeypatch.setattr(judging, "load_weights", lambda: weights)

    return install


def relations(text: str) -> list[tuple[str, str, Modality]]:
    found = read_paragraphs(text).statements()
    return [(s.relation, s.voice.split()[0], s.modality) for s in found]


def judged(read: Read) -> set[str]:
    return {statement.relation for statement in read.statements()} - {"relatedTo"}


def test_sure_voices_state_what_the_rules_missed(weigh: Weigh) -> None:
    weigh(bias=5.0)
    assert ("develops", "learned", Modality.ASSERTED) in relations(TWO_NAMES)


@pytest.mark.parametrize("verb", ["does not adore", "may adore", "is expected to adore"])
def test_where_the_evidence_is_hedged_the_voices_assert_nothing(weigh: Weigh, verb: str) -> None:
    weigh(bias=5.0)
    said = relations(TWO_NAMES.replace("adores", verb))
    assert ("develops", Modality.ASSERTED) not in {(relation, mood) for relation, _, mood in said}


def test_what_a_rule_reads_as_denied_is_not_asserted(weigh: Weigh) -> None:
    weigh(bias=5.0)
    assert {(r, m) for r, _, m in relations(DENIED) if r == "develops"} == {
        ("develops", Modality.NEGATED)
    }


def test_unsure_voices_state_nothing(weigh: Weigh) -> None:
    weigh(bias=-0.5)
    assert "develops" not in {relation for relation, _, _ in relations(TWO_NAMES)}


@pytest.mark.parametrize(("chance", "kept"), [(0.01, False), (0.5, True)])
def test_a_rule_is_overruled_by_the_pair_model(
    monkeypatch: pytest.MonkeyPatch, chance: float, kept: bool
) -> None:
    def chances(*_: object) -> dict[tuple[int, str, int], learned.Chance]:
        pair = next(iter(pairs(read_paragraphs(RELEASED).reading, {})))
        return {(0, "develops", 1): learned.Chance(chance, pair, says=True)}

    monkeypatch.setattr(learned, "chances", chances)
    assert ("develops" in {relation for relation, _, _ in relations(RELEASED)}) is kept


def test_plain_layout_is_not_overruled(weigh: Weigh, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“It grows.”\n\n— [Ada Holm|Person], head of design, [Halden Labs|Organization]\n"
    plain = judged(read_whole(text))
    assert "worksFor" in plain
    weigh(bias=-9.0)
    monkeypatch.setattr(judging, "_overruled", lambda _: True)
    assert "worksFor" in judged(read_whole(text))


def test_hosts_and_guests_are_not_judged(weigh: Weigh) -> None:
    weigh(bias=5.0)
    text = "[Ada Holm|Person] adores [The Queue|Series]."
    assert "hostOf" not in {relation for relation, _, _ in relations(text)}


def test_only_relations_that_the_classes_allow_are_asked() -> None:
    read = read_paragraphs("[Halden Labs|Organization] adores [Skald 2|Model] in [Bergen|Place].")
    kinds = ontology()
    for case in cases(read.reading, []):
        subject, relation, object_ = case.fact
        types = (read.reading.entities[subject].type, read.reading.entities[object_].type)
        assert kinds.allows(relation, *types)


def test_no_name_is_a_feature() -> None:
    read = read_paragraphs(RELEASED)
    for seen in features(read.reading, cases(read.reading, [])):
        assert not {"Halden", "Labs", "Skald"} & {word for name in seen for word in name.split()}


def test_mentions_in_two_sentences_are_asked_too() -> None:
    read = read_paragraphs("[Ada Holm|Person] opens the day with it. Then [Skald 2|Model] writes.")
    found = contextual.chances(read.reading)
    assert (0, "uses", 1) in found
    chance = found[0, "uses", 1]
    assert 0.0 <= chance.probability <= 1.0
    assert chance.subject.span.of(read.reading.parsed.guide.text) == "Ada Holm"


def test_evidence_holds_both_names(weigh: Weigh) -> None:
    weigh(bias=5.0)
    text = "[Ada Holm|Person] opens the day with it. Then [Skald 2|Model] writes."
    read = read_paragraphs(text)
    stated = [s for s in read.statements() if s.relation == "uses"]
    assert stated
    for statement in stated:
        evidence = statement.evidence.of(read.reading.parsed.guide.text)
        assert "Ada Holm" in evidence
        assert "Skald 2" in evidence


def test_names_far_apart_are_not_asked() -> None:
    gap = "It rained for days and nothing of note was said by anyone at all. " * 6
    read = read_paragraphs(f"[Ada Holm|Person] spoke. {gap}[Skald 2|Model] wrote.")
    assert not contextual.chances(read.reading)


def test_very_many_names_cost_no_more_than_a_line_of_them() -> None:
    names = ", ".join(f"[Skald {number}|Model]" for number in range(90))
    read = read_paragraphs(f"They are {names}.")
    pairs = {(subject, object_) for subject, _, object_ in contextual.chances(read.reading)}
    assert len(pairs) <= 90 * 2 * (MOST_BETWEEN + 1)


def test_the_shipped_weights_are_finite() -> None:
    weights = load_weights()
    assert weights["bias"] == weights["bias"]
    assert all(abs(weight) < 50 for weight in weights.values())
