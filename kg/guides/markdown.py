"""Markdown: as in plain text, but only a blank line ends a paragraph."""

from __future__ import annotations

from kg.guides.layout import Style, read_page
from kg.model import Guide


def parse_markdown(text: str, source_name: str) -> Guide:
    """Read a cleaned Markdown text."""
    return read_page(text, source_name, Style(soft_wrap=True))
