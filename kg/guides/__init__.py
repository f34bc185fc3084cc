"""Reading: from a guide's file to a :class:`~kg.model.Guide`.

To read another format, add a module with a function from cleaned text and a source's name to a
guide, and its line in :data:`READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from kg.errors import SourceError, UnknownNameError
from kg.guides import sources
from kg.guides.clean import clean_text, decode
from kg.guides.sources import Source
from kg.model import Guide

__all__ = ["READERS", "Source", "find_sources", "parse_guide", "read_guide", "section_role"]

Reader = Callable[[str, str], Guide]
"""From cleaned text and the source's name to a guide."""

READERS: Mapping[str, tuple[str, str]] = {
    ".markdown": ("kg.guides.markdown", "parse_markdown"),
    ".md": ("kg.guides.markdown", "parse_markdown"),
    ".text": ("kg.guides.text", "parse_text"),
    ".txt": ("kg.guides.text", "parse_text"),
}
"""Which module and function reads files of which suffix; imported on use."""


def find_sources(arguments: Sequence[str]) -> list[Source]:
    """Find the guides that files, folders, patterns and ``-`` name; see :mod:`kg.guides.sources`.

    Raises ``SourceError`` for what does not exist, holds no guide, or has an unknown suffix.
    """
    return sources.find_sources(arguments, READERS.keys())


def read_guide(source: Source) -> Guide:
    """Read one guide.

    Raises ``SourceError`` when it cannot be read, is not UTF-8 text, is too large or is empty.
    """
    text = decode(source.read_bytes(), str(source))
    return parse_guide(text, source.name, source.suffix)


def parse_guide(text: str, source_name: str, format: str = "text") -> Guide:  # noqa: A002
    """Read a guide's text; ``format`` is a suffix of :data:`READERS`, with or without its dot.

    Raises ``SourceError`` when there is nothing to read in the text, and nothing else whatever
    the text is; ``UnknownNameError`` for a format that there is not.
    """
    suffix = f".{format.removeprefix('.')}"
    if suffix not in READERS:
        raise UnknownNameError("format of guides", format, (one[1:] for one in READERS))
    text = clean_text(text)
    if not text.strip():
        raise SourceError(f"{source_name}: the guide is empty. Name one that has text.")
    module, function = READERS[suffix]
    reader: Reader = getattr(import_module(module), function)
    return reader(text, source_name)


def section_role(title: str) -> str:
    """Return what a section is for, by its heading: ``summary``, ``themes``, ``guests``, …

    An empty string stands for a heading that ``layout.toml`` of the ontology does not know.
    """
    from kg.guides.layout import load_layout_words

    return load_layout_words().role(title)
