"""Markup inside blocks: every mark and address found, no word lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.guides.markup import blank_markup, markup_spans, plain_words

MARKS = "*_`[]()<>!\\~&/:.@ \nabc1"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("plain words, 5 * 3 * 2", []),
        ("the **H100** chip", ["**", "**"]),
        ("an *old* and _new_ way", ["*", "*", "_", "_"]),
        ("A* search beats *plain* search", ["*", "*"]),
        ("A* and B* only", []),
        ("snake_case_names and __init__", ["__", "__"]),
        ("see [the paper](https://example.com/a_(b)) now", ["[", "](https://example.com/a_(b))"]),
        ('[t](https://example.com "Title")', ["[", '](https://example.com "Title")']),
        ("![Cover](a.png)", ["![", "](a.png)"]),
        ("[a][1] and [^2]", ["[", "][1]", "[^2]"]),
        ("go to https://example.com/x_y. Then", ["https://example.com/x_y"]),
        ("(https://example.com)", ["https://example.com"]),
        ("at example.com/path, but Node.js/Deno and Z.ai", ["example.com/path"]),
        ("write to mara@deep-end.example.org.", ["mara@deep-end.example.org"]),
        ("<b>bold</b> 3 < 4 > 2", ["<b>", "</b>"]),
        ("run `make` or ``a`b``", ["`", "`", "``", "`", "``"]),
        (r"\[06:01\] So (12:30) and [1:02:03]", [r"\[06:01\]", "(12:30)", "[1:02:03]"]),
        (r"5 \* 3", ["\\"]),
        ("quoted\n> twice", [">"]),
    ],
)
def test_marks(text: str, marks: list[str]) -> None:
    assert [span.of(text) for span in markup_spans(text)] == marks


def test_only_the_piece_that_is_asked_for() -> None:
    text = "**one** **two** **three**"
    assert [(span.start, span.end) for span in markup_spans(text, 8, 15)] == [(8, 10), (13, 15)]
    assert blank_markup(text, 8, 15) == "  two  "
    assert plain_words(text, 8, 15) == "two"


def test_words_of_a_link() -> None:
    assert plain_words("## [Kernel\n> notes](https://example.com/a)!") == "## Kernel notes!"


@given(st.text(MARKS), st.integers(0, 9), st.integers(0, 9))
def test_spans_are_in_order_and_blanking_keeps_every_place(text: str, skip: int, cut: int) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - cut)
    last = start
    for span in markup_spans(text, start, end):
        assert last <= span.start < span.end <= end
        last = span.end
    blanked = blank_markup(text, start, end)
    assert len(blanked) == end - start
    assert all(one in (" ", text[start + at]) for at, one in enumerate(blanked))


@given(st.text("abc XYZ,.;:?!'0123456789-—\n"))
def test_language_is_no_markup(text: str) -> None:
    assert markup_spans(text) == ()
