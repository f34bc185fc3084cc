"""Plain text: pages saved as text, show notes, transcripts. Marks of Markdown are read too."""

from __future__ import annotations

from kg.guides.layout import Style, read_page
from kg.model import Guide


def parse_text(text: str, source_name: str) -> Guide:
    """Read a cleaned plain text; lines may be paragraphs of their own."""
    return read_page(text, source_name, Style(soft_wrap=False))
