"""The parts of the CrossNER benchmark that need no encoder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import crossner
from kg.errors import SourceError
from training.recogniser.columns import Sentence, read_columns, spans_of

TWO = "Ada\tB-researcher\nHolm\tI-researcher\nsings\tO\n\nSkald\tB-product\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "sentences.txt"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("text", [TWO, TWO.replace("\n", "\r\n"), f"\n\n{TWO}\n\n", TWO[:-1]])
def test_sentences_are_read_from_two_columns(tmp_path: Path, text: str) -> None:
    first, second = read_columns(_file(tmp_path, text))
    assert first == Sentence(("Ada", "Holm", "sings"), ("B-researcher", "I-researcher", "O"))
    assert first.spans == {(0, 2, "researcher")}
    assert second.words == ("Skald",)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"absent\.txt cannot be read"):
        read_columns(tmp_path / "absent.txt")


@pytest.mark.parametrize("line", ["Ada", "Ada B-researcher", "Ada\tresearcher", "\tO", "a\tB-x\tO"])
def test_a_faulty_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(SourceError, match=r"sentences\.txt, line 2: "):
        read_columns(_file(tmp_path, f"Skald\tO\n{line}\n"))


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no sentence"):
        read_columns(_file(tmp_path, "\n\n"))


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("O O", set()),
        ("B-a I-a O", {(0, 2, "a")}),
        ("B-a B-a I-a", {(0, 1, "a"), (1, 3, "a")}),
        ("B-a I-b", {(0, 1, "a"), (1, 2, "b")}),
        ("O I-a I-a", {(1, 3, "a")}),
    ],
)
def test_tags_are_read_as_spans(tags: str, spans: set[tuple[int, int, str]]) -> None:
    assert spans_of(tags.split()) == spans


def test_a_name_counts_when_both_ends_and_the_type_are_right() -> None:
    there = {(0, 2, "a"), (3, 4, "b"), (5, 6, "a")}
    score = crossner.strict(
        [({(0, 2, "a"), (3, 5, "b"), (5, 6, "b")}, there), (set(), {(0, 1, "a")}), (set(), set())]
    )
    assert score == crossner.Score(right=1, said=3, there=4)
    assert (score.precision, score.recall) == (1 / 3, 1 / 4)
    assert score.f1 == pytest.approx(2 / 7)


def test_nothing_said_scores_nothing() -> None:
    assert crossner.strict([]).f1 == crossner.strict([(set(), {(0, 1, "a")})]).f1 == 0.0


def test_a_missing_file_ends_the_benchmark_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = str(tmp_path / "absent.txt")
    monkeypatch.setattr(sys, "argv", ["crossner", "--train", absent, "--eval", absent])
    with pytest.raises(SystemExit, match=r"absent\.txt cannot be read"):
        crossner.main()
