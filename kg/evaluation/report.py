"""Reports of an evaluation as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UnknownNameError
from kg.files import write_all

if TYPE_CHECKING:
    from kg.evaluation.content import Report
    from kg.evaluation.values import Evaluation

FORMATS: Mapping[str, str] = {
    ".html": "kg.evaluation.page:render",
    ".md": "kg.evaluation.markdown:render",
}
"""The suffix of a report's file, and the function that makes it. Each is imported when used."""

FOLDER_NAME = "evaluation"
"""What the reports are called in a folder: ``evaluation.html``, ``evaluation.md``."""


def report_files(place: Path) -> dict[Path, str]:
    """Return the files to be written for a place, each with its suffix.

    That is the file itself where the suffix is that of a format, and otherwise, for a folder that
    exists or a name without suffix, one file of each format in that folder. Raises
    ``UnknownNameError`` for another suffix.
    """
    if not place.is_dir():
        suffix = place.suffix.lower()
        if suffix in FORMATS:
            return {place: suffix}
        if suffix:
            raise UnknownNameError("format of reports", place.suffix, FORMATS)
    return {place / f"{FOLDER_NAME}{suffix}": suffix for suffix in FORMATS}


def write_report(result: Evaluation, gold: Path, graphs: Path, place: Path) -> list[Path]:
    """Write the report of an evaluation of these folders, whole or not at all; return its paths.

    Raises ``UnknownNameError``, ``OutputError``, and ``GraphError`` where a graph lacks what the
    report shows.
    """
    from kg.evaluation.content import make_report

    files = report_files(place)
    report = make_report(result, gold, graphs)
    folder = place.parent if place in files else place
    made = {path.name: _renderer(suffix)(report) for path, suffix in files.items()}
    return write_all(folder, made)


def _renderer(suffix: str) -> Callable[[Report], bytes]:
    module, name = FORMATS[suffix].split(":")
    render: Callable[[Report], bytes] = getattr(import_module(module), name)
    return render
