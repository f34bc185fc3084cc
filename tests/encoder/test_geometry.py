"""Where a pair of mentions stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.encoder.geometry import SLOT_SIZES, between, slots

_range = st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda at: (at[0], at[0] + at[1]))


@given(st.booleans(), st.lists(st.integers(0, 500), min_size=3, max_size=3), st.booleans())
def test_slots_are_within_their_sizes(forward: bool, counts: list[int], reference: bool) -> None:
    words, texts, mentions = counts
    found = slots(
        forward=forward,
        words=words,
        texts=texts,
        mentions=mentions,
        references=(reference, not reference),
    )
    assert len(found) == len(SLOT_SIZES)
    assert all(0 <= slot < size for slot, size in zip(found, SLOT_SIZES, strict=True))


def test_more_between_is_another_slot() -> None:
    def words(count: int) -> int:
        return slots(forward=True, words=count, texts=0, mentions=0, references=(False, False))[1]

    found = [words(count) for count in range(60)]
    assert found == sorted(found)
    assert len(set(found)) == SLOT_SIZES[1]


@given(_range, _range)
def test_what_is_between_is_in_neither(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, last = between(one, other)
    assert (first, last) == between(other, one)
    inside = set(range(first, last))
    assert not inside & {*range(*one), *range(*other)}
