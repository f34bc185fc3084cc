"""The parts of the encoder's training that need no encoder."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.recognition.learned import viterbi
from training.passages import read_corpus
from training.recogniser.augment import Tagged, forgetful, heading, noisy, plain, swapped

TAGS = ("O", "B-Model", "I-Model", "B-Person", "I-Person")


@given(st.integers(1, 7), st.randoms(use_true_random=False))
def test_decoded_tags_are_well_formed(length: int, rng: random.Random) -> None:
    table = np.log(np.array([[rng.random() + 1e-6 for _ in TAGS] for _ in range(length)]))
    before = "O"
    for at in viterbi(table, TAGS):
        if TAGS[at].startswith("I-"):
            assert before in (TAGS[at], f"B-{TAGS[at][2:]}")
        before = TAGS[at]


def test_the_likeliest_well_formed_tags_are_chosen() -> None:
    table = np.log(np.array([[0.1, 0.4, 0.45, 0.03, 0.02], [0.2, 0.02, 0.7, 0.06, 0.02]]))
    assert [TAGS[at] for at in viterbi(table, TAGS)] == ["B-Model", "I-Model"]


def spans_are_whole(tagged: Tagged) -> bool:
    return all(
        0 <= start < end <= len(tagged.text) and tagged.text[start:end].strip()
        for start, end, *_ in tagged.spans
    )


def test_examples_keep_their_spans_in_place() -> None:
    rng = random.Random(7)
    names = {"Person": ["Grace Lund"], "Organization": ["Nordlys"]}
    for passage in read_corpus()[:200]:
        changed = swapped(passage, names, rng)
        assert spans_are_whole(changed)
        assert len(changed.spans) == len(plain(passage).spans)
        for piece in (changed, noisy(changed, rng)):
            assert spans_are_whole(piece)
            assert len(piece.spans) >= len(changed.spans)
            made = heading(piece, rng)
            assert made is None or spans_are_whole(made)


def test_layout_noise_changes_no_name() -> None:
    rng = random.Random(11)
    for passage in read_corpus()[:300]:
        tagged = plain(passage)
        changed = noisy(tagged, rng)
        before, after = (
            Counter((one.text[s:e].lower(), type_) for s, e, type_, _ in one.spans)
            for one in (tagged, changed)
        )
        assert before <= after
        assert after.keys() == before.keys()


def test_only_references_are_forgotten() -> None:
    tagged = plain(next(p for p in read_corpus() if len(p.references) > 3))
    for seed in range(10):
        kept = forgetful(tagged, random.Random(seed))
        assert {span for span in tagged.spans if span[2]} <= set(kept.spans) <= set(tagged.spans)


def test_a_name_is_swapped_everywhere_alike() -> None:
    passage = next(p for p in read_corpus() if len({m.name for m in p.mentions}) > 3)
    for seed in range(20):
        changed = swapped(passage, {}, random.Random(seed))
        new = [changed.text[start:end] for start, end, type_, _ in changed.spans if type_]
        by_name: dict[tuple[str, str], set[str]] = {}
        for mention, surface in zip(passage.mentions, new, strict=True):
            by_name.setdefault((mention.name, mention.text), set()).add(surface)
        assert all(len(surfaces) == 1 for surfaces in by_name.values())
