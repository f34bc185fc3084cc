"""Finding guides: each once, in an order that no argument decides."""

from __future__ import annotations

import io
import itertools
import os
import sys
from pathlib import Path

import pytest

from kg.errors import SourceError, UnknownNameError
from kg.guides import READERS, Source, find_sources, parse_guide, read_guide


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.md", "deep/c.MARKDOWN", "deep/notes.pdf", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("A guide of one sentence.", "utf-8")
    return tmp_path


def names(*arguments: str) -> list[str]:
    return [source.name for source in find_sources(arguments)]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["b.txt"], ["b.txt"]),
        (["."], ["a.md", "b.txt", "c.MARKDOWN"]),
        (["deep"], ["c.MARKDOWN"]),
        (["*.txt"], ["b.txt"]),
        (["**/*"], ["a.md", "b.txt", "c.MARKDOWN"]),
        (["-"], ["stdin"]),
        (["b.txt", "./b.txt", "deep/../b.txt", "*.txt", "."], ["a.md", "b.txt", "c.MARKDOWN"]),
    ],
)
def test_what_arguments_name(folder: Path, arguments: list[str], found: list[str]) -> None:
    assert names(*arguments) == found


def test_the_order_of_arguments_does_not_matter(folder: Path) -> None:
    arguments = ["b.txt", "deep", "a.md", "-", "./b.txt"]
    orders = [find_sources(order) for order in itertools.permutations(arguments)]
    assert all(order == orders[0] for order in orders)


def test_a_name_with_the_marks_of_a_pattern_is_a_name_first(folder: Path) -> None:
    (folder / "[1].txt").write_text("x", "utf-8")
    (folder / "1.txt").write_text("y", "utf-8")
    assert names("[1].txt") == ["[1].txt"]


def test_a_link_to_a_guide_is_the_same_guide(folder: Path) -> None:
    (folder / "z.txt").symlink_to(folder / "b.txt")
    assert names("b.txt", "z.txt") == ["b.txt"]


def test_links_that_go_in_circles_are_not_followed(folder: Path) -> None:
    (folder / "deep" / "again").symlink_to(folder, target_is_directory=True)
    assert names(".") == ["a.md", "b.txt", "c.MARKDOWN"]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("none.txt", r"none\.txt: does not exist"),
        ("none*.txt", r"none\*\.txt: no file matches this pattern"),
        ("deep/notes.pdf", r"files ending in \.pdf are not read.*\.markdown, \.md, \.text, \.txt"),
        ("deep/*.pdf", r"there is no guide here"),
        ("empty", r"empty: there is no guide here\. Guides end in \.markdown, \.md"),
        ("x" * 5000, "does not exist"),
        ("nul\0.txt", "does not exist"),
    ],
)
def test_arguments_that_name_no_guide(folder: Path, argument: str, message: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(SourceError, match=message):
        find_sources([argument])


def test_no_argument_at_all() -> None:
    with pytest.raises(SourceError, match="No guide is named"):
        find_sources([])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_by_name_would_block(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with pytest.raises(SourceError, match="neither a file nor a folder"):
        find_sources(["pipe.txt"])


def test_reading_a_file_keeps_its_name_without_the_folder(folder: Path) -> None:
    (source,) = find_sources([str(folder / "deep")])
    guide = read_guide(source)
    assert (guide.source, guide.text) == ("c.MARKDOWN", "A guide of one sentence.")


def test_reading_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Zoë spoke.".encode())))
    (source,) = find_sources(["-"])
    guide = read_guide(source)
    assert (guide.source, guide.text) == ("stdin", "Zoë spoke.")


def test_a_file_that_goes_away_before_it_is_read(folder: Path) -> None:
    (source,) = find_sources(["b.txt"])
    (folder / "b.txt").unlink()
    with pytest.raises(SourceError, match=r"b\.txt: no such file or directory"):
        read_guide(source)


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\u200b\u202e".encode()])
def test_a_guide_without_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "empty.txt").write_bytes(content)
    with pytest.raises(SourceError, match=r"empty\.txt: the guide is empty"):
        read_guide(Source("empty.txt", tmp_path / "empty.txt"))


def test_every_reader_can_be_called() -> None:
    for suffix in READERS:
        guide = parse_guide("A guide of one sentence.", "guide", suffix)
        assert [block.span.of(guide.text) for block in guide.blocks] == [guide.text]


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(UnknownNameError, match="'markdown'"):
        parse_guide("x", "guide", "markdwn")
