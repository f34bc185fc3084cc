"""Where gold names stand in a text, and a text cut by marks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation.marks import Mark, cut
from kg.evaluation.occurrences import occurrences
from kg.evaluation.values import Verdict
from kg.model import Span
from kg.names import fold


def places(text: str, **names: str) -> dict[str, list[str]]:
    found = occurrences(text, {id_: tuple(forms.split("/")) for id_, forms in names.items()})
    return {id_: [span.of(text) for span in spans] for id_, spans in found.items()}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Alpha, alpha and ALPHA", "Alpha", ["Alpha", "alpha", "ALPHA"]),
        ("the KV-cache, a KV cache, KVCache", "KV cache", ["KV-cache", "KV cache", "KVCache"]),
        ("two transformers", "transformer", ["transformers"]),
        ("one transformer", "Transformers", ["transformer"]),
        ("Alpha's paper, alphabet", "Alpha", ["Alpha"]),
        ("The Institute. An institute", "the Institute", ["Institute", "institute"]),
        ("C, C++ and C#", "C++", ["C++"]),
        ("aws and aw", "AWS", ["aws"]),  # too short for a plural
        ("ﬁne_tuning", "fine-tuning", ["ﬁne_tuning"]),
        ("a ½ b", "½", ["½"]),
        ("nothing", "Alpha", []),
        ("", "Alpha", []),
        ("... - ...", "-", []),  # folds to nothing
        ("Ada and Holm", "Ada Holm/Holm", ["Holm"]),
        ("Ada Holm", "Ada Holm/Holm", ["Ada Holm"]),
    ],
)
def test_name_in_a_text(text: str, name: str, expected: list[str]) -> None:
    assert places(text, one=name) == {"one": expected}


def test_name_inside_a_longer_one_is_not_meant() -> None:
    found = places("Alpha 2 replaced Alpha", short="Alpha", long="Alpha 2")
    assert found == {"short": ["Alpha"], "long": ["Alpha 2"]}


def test_name_that_stands_only_inside_a_longer_one_is_shown_there() -> None:
    found = places("Alpha 2 is here", short="Alpha", long="Alpha 2")
    assert found == {"short": ["Alpha"], "long": ["Alpha 2"]}


def test_two_of_one_name_are_both_shown() -> None:
    assert places("Alpha", model="Alpha", lab="Alpha") == {"model": ["Alpha"], "lab": ["Alpha"]}


@given(
    st.text(alphabet="aAbs -'.+#_½ﬁ\n", max_size=30),
    st.text(alphabet="aAbs -'+½", min_size=1, max_size=6),
)
def test_every_place_folds_as_the_name_does(text: str, name: str) -> None:
    (spans,) = occurrences(text, {"one": (name,)}).values()
    assert all(fold(span.of(text)) == fold(name) for span in spans)
    assert spans == sorted(spans)


def test_a_long_text_takes_no_time() -> None:
    text = "Alpha and alpha beta " * 20_000
    started = time.perf_counter()
    found = occurrences(text, {"one": ("Alpha Beta",), "two": ("Alpha",)})
    assert time.perf_counter() - started < 5
    assert (len(found["one"]), len(found["two"])) == (20_000, 20_000)


def mark(start: int, end: int, verdict: Verdict = Verdict.HIT, type_: str = "Model") -> Mark:
    return Mark(Span(start, end), verdict, type_, "name")


def test_marks_may_overlap() -> None:
    one, two = mark(1, 4), mark(2, 6, Verdict.MISSED)
    pieces = cut("abcdefgh", [two, one, one])
    assert [piece.text for piece in pieces] == ["a", "b", "cd", "ef", "gh"]
    assert [piece.marks for piece in pieces] == [(), (one,), (one, two), (two,), ()]
    assert [piece.ending for piece in pieces] == [(), (), (one,), (two,), ()]
    assert pieces[2].verdicts == (Verdict.HIT, Verdict.MISSED)


@pytest.mark.parametrize("text", ["", "abc"])
def test_text_without_marks_is_itself(text: str) -> None:
    assert "".join(piece.text for piece in cut(text, [])) == text


@given(st.data())
def test_pieces_are_the_text_and_every_mark_ends_once(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=20))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [(a, b) for a, b in data.draw(st.lists(ends, max_size=8)) if a < b]
    marks = [mark(a, b) for a, b in spans]
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert sorted(m for piece in pieces for m in piece.ending) == sorted(set(marks))
    for one in set(marks):
        assert "".join(p.text for p in pieces if one in p.marks) == one.span.of(text)
