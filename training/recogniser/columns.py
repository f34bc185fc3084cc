"""Read tagged sentences in two columns, as CoNLL and CrossNER have them.

A line is a word, a tab and its BIO tag; an empty line ends a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError

Span = tuple[int, int, str]
"""The first word of a name, the word after its last, and its type."""

_TAG = re.compile(r"O|[BI]-\S+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and, one each, their tags."""

    words: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def spans(self) -> set[Span]:
        """The names that the tags mark."""
        return spans_of(self.tags)


def read_columns(path: Path) -> tuple[Sentence, ...]:
    """Read a file; raises ``SourceError`` when it is missing, empty or not in two columns."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}. Name a file in two columns.") from error
    sentences: list[Sentence] = []
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            rows.append(_row(line.rstrip("\r"), path, number))
        elif rows:
            words, tags = zip(*rows, strict=True)
            sentences.append(Sentence(words, tags))
            rows = []
    if not sentences:
        raise SourceError(f"{path} has no sentence. Name a file in two columns.")
    return tuple(sentences)


def _row(line: str, path: Path, number: int) -> tuple[str, str]:
    word, _, tag = line.partition("\t")
    if not word.strip() or not _TAG.fullmatch(tag):
        raise SourceError(
            f"{path}, line {number}: {line!r} is not a word, a tab and a tag "
            "(O, B-type or I-type). Correct the line."
        )
    return word, tag


def spans_of(tags: Sequence[str]) -> set[Span]:
    """Read BIO tags as spans; an I that continues no span of its type opens one."""
    found: set[Span] = set()
    start: int | None = None
    for at, tag in enumerate([*tags, "O"]):
        if start is not None and tag != f"I-{tags[start][2:]}":
            found.add((start, at, tags[start][2:]))
            start = None
        if tag != "O" and start is None:
            start = at
    return found
