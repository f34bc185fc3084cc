"""How text pages are laid out: from cleaned text to a guide.

``outline`` reads line by line, ``inline`` splits what runs on in one line, ``sections`` trims the
pieces and says what stands under which heading. The words it all goes by are in ``layout.toml``
of the ontology, read by ``words``. Every step is linear in the length of the text.
"""

from __future__ import annotations

from kg.guides.layout.inline import split_inline
from kg.guides.layout.outline import read_lines
from kg.guides.layout.page import Page, Style
from kg.guides.layout.sections import build
from kg.guides.layout.words import LayoutWords, load_layout_words
from kg.model import Guide

__all__ = ["LayoutWords", "Style", "load_layout_words", "read_page"]


def read_page(text: str, source_name: str, style: Style, words: LayoutWords | None = None) -> Guide:
    """Read a cleaned text into a guide; the shipped words are used when none are given."""
    words = load_layout_words() if words is None else words
    page = Page(text, words, style)
    read_lines(page)
    blocks, sections, quotes = build(text, split_inline(text, page.drafts, words), words)
    facts = page.facts
    facts.state_from_title(facts["title"], words)
    return Guide(
        source=source_name,
        text=text,
        title=facts["title"],
        series=facts["series"],
        number=facts["number"],
        published=facts["published"],
        updated=facts["updated"],
        duration=facts["duration"],
        blocks=blocks,
        sections=sections,
        quotes=quotes,
    )
