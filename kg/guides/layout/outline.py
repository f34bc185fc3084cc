"""From lines to drafts: the rules, in the order in which they are tried at every line."""

from __future__ import annotations

from collections.abc import Callable

from kg.guides.layout import header, headings, prose, quotations, shapes
from kg.guides.layout.page import Page

Rule = Callable[[Page, int], int | None]
"""Looks at the line with the index, adds the drafts it recognises to the page and returns the
index of the first line it did not take; or returns None and adds nothing."""

RULES: tuple[Rule, ...] = (
    prose.fenced_code,
    prose.furniture,
    headings.marked_heading,
    header.label,
    header.header_line,
    headings.known_heading,
    quotations.attribution,
    quotations.block_quotation,
    prose.timed,
    prose.turn,
    prose.table_row,
    prose.item,
    headings.bare_heading,
    prose.prose,
)


def read_lines(page: Page) -> None:
    """Read every line of the page with the first rule that recognises it."""
    at = header.read_front_matter(page)
    while at < len(page.lines):
        if shapes.has_words(page.lines[at].text):
            at = next(after for rule in RULES if (after := rule(page, at)) is not None)
        else:
            at += 1  # blank, or a rule across the page
