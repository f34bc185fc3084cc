from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import ParsedGuide
from kg.model import Mention
from kg.ontology import Ontology
from kg.recognition import weighing
from kg.recognition.arbiter import ACCEPT, arbitrate
from kg.recognition.candidates import Candidate
from kg.recognition.weighing import Weights
from tests.recognition.reading import read

TEXT = "They met Ines Corva of the Halden Labs group in Bergen, and Corva met them in Halden again."
CLASSES = ("Person", "Organization", "Lab", "Model", "Product", "Place", "Work")
VOICES = ("lexicon", "context", "statistical", "layout")


@pytest.fixture(autouse=True)
def unfitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every voice at its word, joined by noisy or, so that the rules are seen alone."""
    monkeypatch.setattr(weighing, "load_weights", lambda: Weights({}, frozenset()))


@pytest.fixture(scope="module")
def parsed() -> ParsedGuide:
    return read(TEXT)


def candidate(
    parsed: ParsedGuide,
    name: str,
    type_: str,
    score: float,
    voice: str = "lexicon",
    entry: str = "",
) -> Candidate:
    start = parsed.guide.text.index(name)
    return Candidate(start, start + len(name), type_, score, voice, entry)


def seen(mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    return [(mention.text, mention.type) for mention in mentions]


def test_no_candidates_make_no_mentions(small: Ontology, parsed: ParsedGuide) -> None:
    assert arbitrate(parsed, [], small) == ()


@pytest.mark.parametrize(("score", "kept"), [(ACCEPT, True), (ACCEPT - 0.01, False), (1.0, True)])
def test_a_candidate_needs_enough_of_a_score(
    small: Ontology, parsed: ParsedGuide, score: float, kept: bool
) -> None:
    found = arbitrate(parsed, [candidate(parsed, "Bergen", "Place", score)], small)
    assert bool(found) is kept
    assert [mention.confidence for mention in found] == [score] * kept


def test_agreement_raises_the_confidence_but_not_above_one(
    small: Ontology, parsed: ParsedGuide
) -> None:
    alone = candidate(parsed, "Bergen", "Place", 0.6)
    other = candidate(parsed, "Bergen", "Place", 0.6, "context")
    sure = candidate(parsed, "Bergen", "Place", 1.0, "statistical")
    (one,) = arbitrate(parsed, [alone], small)
    (two,) = arbitrate(parsed, [alone, other], small)
    (three,) = arbitrate(parsed, [alone, other, sure], small)
    assert one.confidence < two.confidence < three.confidence == 1.0
    assert two.voices == ("context", "lexicon")


def test_one_voice_that_repeats_itself_does_not_agree_with_itself(
    small: Ontology, parsed: ParsedGuide
) -> None:
    once = candidate(parsed, "Bergen", "Place", 0.6)
    again = candidate(parsed, "Bergen", "Place", 0.5)
    assert arbitrate(parsed, [once, again, once], small) == arbitrate(parsed, [once], small)


def test_two_weak_voices_that_agree_make_a_mention(small: Ontology, parsed: ParsedGuide) -> None:
    weak = [candidate(parsed, "Bergen", "Place", 0.25, voice) for voice in ("context", "lexicon")]
    assert seen(arbitrate(parsed, weak[:1], small)) == []
    assert seen(arbitrate(parsed, weak, small)) == [("Bergen", "Place")]


def test_a_class_and_its_subclass_agree_on_the_subclass(
    small: Ontology, parsed: ParsedGuide
) -> None:
    found = arbitrate(
        parsed,
        [
            candidate(parsed, "Halden Labs", "Organization", 0.6, "context"),
            candidate(parsed, "Halden Labs", "Lab", 0.6, entry="lex:halden"),
        ],
        small,
    )
    assert seen(found) == [("Halden Labs", "Lab")]
    assert found[0].entry == "lex:halden"
    assert found[0].confidence == pytest.approx(0.84)


def test_a_longer_name_stands_before_its_parts(small: Ontology, parsed: ParsedGuide) -> None:
    parts = [
        candidate(parsed, "Corva", "Person", 0.9),
        candidate(parsed, "Ines", "Person", 0.9),
        candidate(parsed, "Ines Corva", "Person", 0.9),
        candidate(parsed, "Halden", "Place", 0.6),
    ]
    assert seen(arbitrate(parsed, parts, small)) == [("Ines Corva", "Person"), ("Halden", "Place")]


@pytest.mark.parametrize("longer", ["GPT-9", "GPT-9.3-Codex", "Qwen-9"])
def test_a_version_after_a_hyphen_is_not_cut_off(small: Ontology, longer: str) -> None:
    from kg.recognition import recognise

    parsed = read(f"They moved the whole office to {longer} and never looked back.")
    assert seen(recognise(parsed, small)) == [(longer, "Model")]


def test_a_place_with_an_accepted_reading_keeps_a_mention(
    small: Ontology, parsed: ParsedGuide
) -> None:
    """The context may prefer the weaker of two readings; the place is a name all the same."""
    text = "They spoke with Zorbel, a researcher from the north, about the old days."
    zorbel = read(text)
    rivals = [
        candidate(zorbel, "Zorbel", "Place", 0.55),
        candidate(zorbel, "Zorbel", "Person", 0.45, "context"),
    ]
    assert len(arbitrate(zorbel, rivals, small)) == 1


def test_the_guides_own_layout_decides(small: Ontology, parsed: ParsedGuide) -> None:
    found = arbitrate(
        parsed,
        [
            candidate(parsed, "Bergen", "Place", 0.99),
            candidate(parsed, "Bergen", "Series", 0.97, "layout"),
        ],
        small,
    )
    assert seen(found) == [("Bergen", "Series")]


def test_two_classes_by_the_layout_do_not_hang_on_the_order_of_the_candidates(
    small: Ontology, parsed: ParsedGuide
) -> None:
    one = candidate(parsed, "Bergen", "Series", 0.97, "layout")
    other = candidate(parsed, "Bergen", "Person", 0.95, "layout")
    assert arbitrate(parsed, [one, other], small) == arbitrate(parsed, [other, one], small)


_candidates = st.lists(
    st.tuples(
        st.integers(0, len(TEXT) - 13),
        st.integers(1, 12),
        st.sampled_from(CLASSES),
        st.sampled_from([0.05, 0.3, 0.45, 0.5, 0.55, 0.6, 0.8, 0.95, 1.0]),
        st.sampled_from(VOICES),
    ),
    max_size=12,
)


def test_whatever_the_voices_say_mentions_are_in_order_and_apart(
    small: Ontology, parsed: ParsedGuide
) -> None:
    text = parsed.guide.text
    offset = text.index(TEXT)

    @given(drawn=_candidates, data=st.data())
    @settings(max_examples=200, deadline=None)
    def check(drawn: list[tuple[int, int, str, float, str]], data: st.DataObject) -> None:
        proposals = [
            Candidate(offset + at, offset + at + length, type_, score, voice)
            for at, length, type_, score, voice in drawn
        ]
        found = arbitrate(parsed, proposals, small)
        last = 0
        for mention in found:
            assert last <= mention.start < mention.end
            assert mention.text == text[mention.start : mention.end]
            assert mention.type in small.classes
            assert ACCEPT <= mention.confidence <= 1
            assert mention.voices == tuple(sorted(set(mention.voices)))
            last = mention.end
        shuffled = data.draw(st.permutations(proposals))
        assert arbitrate(parsed, shuffled, small) == found

    check()
