"""Where a pair of mentions stands: which pairs are asked, and the numbers the pair head sees."""

from __future__ import annotations

from bisect import bisect_left

# Upper bounds of the buckets for words, texts and mentions between the two.
_WORD_BUCKETS = (0, 1, 2, 3, 5, 8, 12, 18, 26, 40)
_TEXT_BUCKETS = (0, 1, 2, 3)
_MENTION_BUCKETS = (0, 1, 2, 3, 5, 8)
SLOT_SIZES = (2, len(_WORD_BUCKETS) + 1, len(_TEXT_BUCKETS) + 1, len(_MENTION_BUCKETS) + 1, 4)
"""How many values each slot of a pair has: direction; words, texts, mentions between; references.

The last tells which of the two are references, such as ``its``, and not names.
"""

# Two mentions with more words, or more other mentions, between them are no pair.
FARTHEST, MOST_BETWEEN = 60, 12
# Of two entities this many pairs of mentions are looked at in a window, the nearest first.
NEAREST = 3


def slots(
    *, forward: bool, words: int, texts: int, mentions: int, references: tuple[bool, bool]
) -> tuple[int, ...]:
    """Return a pair's slots: direction, how much stands between, in buckets, and references."""
    return (
        int(forward),
        bisect_left(_WORD_BUCKETS, words),
        bisect_left(_TEXT_BUCKETS, texts),
        bisect_left(_MENTION_BUCKETS, mentions),
        references[0] + 2 * references[1],
    )


def between(subject: tuple[int, int], object_: tuple[int, int]) -> tuple[int, int]:
    """Return the half-open range of words between two ranges, empty where they touch."""
    left, right = sorted((subject, object_))
    return left[1], max(left[1], right[0])
