"""Which guides are meant: files, folders, patterns and standard input, in one order."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceError
from kg.guides.clean import LARGEST_GUIDE

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a guide comes from. ``name`` is the file's, without its folder.

    ``path`` is as the user named it; None stands for standard input.
    """

    name: str
    path: Path | None = None

    @property
    def suffix(self) -> str:
        """The file's suffix in lower case, with its dot; ``.txt`` for standard input."""
        return self.path.suffix.lower() if self.path is not None else ".txt"

    def __str__(self) -> str:
        return str(self.path) if self.path is not None else "standard input"

    def read_bytes(self) -> bytes:
        """Read the guide, a little more than its largest size at most.

        Raises ``SourceError`` where it cannot be read.
        """
        try:
            if self.path is None:
                return sys.stdin.buffer.read(LARGEST_GUIDE + 1)
            with self.path.open("rb") as file:
                return file.read(LARGEST_GUIDE + 1)
        except OSError as error:
            raise SourceError(f"{self}: {_reason(error)}. Check that it can be read.") from error


def find_sources(arguments: Sequence[str], suffixes: Collection[str]) -> list[Source]:
    """Find the guides that the arguments name, each once, in an order of their own.

    A folder stands for every file below it that has one of the suffixes, hidden files and links
    to folders aside; a pattern such as ``guides/*.md`` for the files and folders that match; ``-``
    for standard input. The order of the arguments does not matter.

    Raises ``SourceError`` for what does not exist, holds no guide, or has another suffix.
    """
    if not arguments:
        raise SourceError(
            "No guide is named. Name files, folders, patterns, or - to read one from stdin."
        )
    found: dict[str, Source] = {}
    for argument in sorted(set(arguments)):
        for source in _sources_of(argument, suffixes):
            key = os.path.realpath(source.path) if source.path is not None else STANDARD_INPUT
            found.setdefault(key, source)
    return [found[key] for key in sorted(found, key=lambda key: (found[key].name, key))]


def _sources_of(argument: str, suffixes: Collection[str]) -> list[Source]:
    known = ", ".join(sorted(suffixes))
    if argument == STANDARD_INPUT:
        return [Source("stdin")]
    path = Path(argument)
    if not _exists(path):
        is_pattern = glob.has_magic(argument)
        # Path.glob takes no pattern that starts at the root.
        matches = sorted(glob.glob(argument, recursive=True)) if is_pattern else []  # noqa: PTH207
        if not matches:
            what = "no file matches this pattern" if is_pattern else "does not exist"
            raise SourceError(f"{argument}: {what}. Check its spelling and the current folder.")
        sources = [source for match in matches for source in _below(Path(match), suffixes)]
    elif path.is_dir():
        sources = list(_below(path, suffixes))
    elif not path.is_file():
        raise SourceError(f"{argument}: is neither a file nor a folder. Name one, or pipe it to -.")
    elif path.suffix.lower() not in suffixes:
        raise SourceError(
            f"{argument}: files ending in {path.suffix or 'no suffix'} are not read as guides. "
            f"Those that are end in {known}; rename it, or pipe it to -."
        )
    else:
        sources = [Source(path.name, path)]
    if not sources:
        raise SourceError(f"{argument}: there is no guide here. Guides end in {known}.")
    return sources


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long a name, or a NUL in it
        return False


def _below(path: Path, suffixes: Collection[str]) -> Iterator[Source]:
    """Yield the guides of a folder and of the folders in it, or the file itself if it is one."""
    if path.is_file():
        if path.suffix.lower() in suffixes:
            yield Source(path.name, path)
        return
    for folder, below, files in os.walk(path, onerror=_refuse):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(files):
            file = Path(folder, name)
            if not name.startswith(".") and file.suffix.lower() in suffixes and file.is_file():
                yield Source(name, file)


def _refuse(error: OSError) -> None:
    raise SourceError(f"{error.filename}: {_reason(error)}. Check that it can be read.") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
