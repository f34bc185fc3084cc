"""Files written whole or not at all.

A reader of a file, or a power cut while it is written, meets either what stood there before or all
of the new content. Failures of the file system come out as ``OutputError``.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import OutputError


def write_atomically(path: Path, content: bytes | str) -> None:
    """Write a file, or put its new content in the place of the old.

    Text is written as UTF-8, newlines as they are. A link is followed, a file that exists keeps
    its permissions, and what is no regular file (a device, a pipe) is written to, not replaced.
    Raises ``OutputError``; a regular file is then as it was.
    """
    with _output_errors(path):
        _replace({path.resolve(): content.encode() if isinstance(content, str) else content})


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write several files of one folder together, and return their paths sorted by name.

    The folder is made where it is missing. No file is replaced before all are safely on the disk
    beside their places, so a full disk or a lost permission leaves every old file as it was.
    Raises ``OutputError``.
    """
    with _output_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        paths = {name: folder / name for name in sorted(files)}
        _replace({path.resolve(): files[name] for name, path in paths.items()})
    return list(paths.values())


def ensure_writable_folder(folder: Path) -> None:
    """Raise ``OutputError`` unless files can be put into the folder, which need not exist yet.

    To be asked before long work. It leaves nothing behind, not even the folder.
    """
    with _output_errors(folder):
        nearest = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        # Permission bits do not tell: root may write anywhere except where the file system
        # itself refuses, so the only honest question is to try.
        with tempfile.TemporaryDirectory(prefix=".kg-", dir=nearest):
            pass


def _replace(files: Mapping[Path, bytes]) -> None:
    waiting: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "there is a folder of this name", str(path))
            if path.exists() and not path.is_file():
                path.write_bytes(content)
            else:
                waiting[path] = _write_beside(path, content)
        for path, temporary in waiting.items():
            temporary.replace(path)
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes) -> Path:
    """Write the content to a new file in the path's folder, flushed to the disk."""
    temporary = path.with_name(f".kg-{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


@contextmanager
def _output_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{place} cannot be written: {error.strerror}. "
            "Name a place for the output where you may write and which has room."
        ) from error
