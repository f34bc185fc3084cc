"""Quotations and the lines that say whose they are."""

from __future__ import annotations

import re

from kg.guides.layout import shapes
from kg.guides.layout.drafts import Draft
from kg.guides.layout.page import Page
from kg.model import BlockKind

FARTHEST_ATTRIBUTION = 2
"""Line feeds between a quotation and its attribution: one blank line may stand between them."""


def attribution(page: Page, at: int) -> int | None:
    """Read a dash and a name below a quotation."""
    if not page.drafts or not page.drafts[-1].quoted:
        return None
    line, said = page.lines[at], page.drafts[-1]
    match = shapes.ATTRIBUTION.match(line.text)
    if (
        match is None
        or len(line.text) > shapes.LONGEST_NAME_LINE
        or page.text.count("\n", said.end, line.start) > FARTHEST_ATTRIBUTION
    ):
        return None
    if match["dash"] in "-–":  # or the first bullet of a list: a list goes on, with no names
        below = page.line(at + 1)
        if below is not None and shapes.BULLET.match(below.text):
            return None
        if not shapes.is_name(line.text[match.end() :], page.words.particles):
            return None
    _attribute(page, line.start + match.end(), line.end)
    return at + 1


def block_quotation(page: Page, at: int) -> int | None:
    """Read the lines of a Markdown block quotation as one; its last may be the attribution."""
    if shapes.QUOTE_MARK.match(page.lines[at].text) is None:
        return None
    after = at
    while (line := page.line(after)) is not None and shapes.QUOTE_MARK.match(line.text):
        after += 1
    quoted = [
        (place, text)
        for place in range(at, after)
        if shapes.has_words(text := shapes.QUOTE_MARK.sub("", page.lines[place].text, count=1))
    ]
    first, opening = quoted[0]
    last, closing = quoted[-1]
    dash = shapes.ATTRIBUTION.match(closing) if first < last else None
    if dash is not None and len(closing) <= shapes.LONGEST_NAME_LINE:
        said, end = quoted[-2][0], page.lines[last].end
        start = page.lines[first].end - len(opening)
        page.add(Draft(start, page.lines[said].end, BlockKind.PARAGRAPH, quoted=True))
        _attribute(page, end - len(closing) + dash.end(), end)
        return after
    kind = BlockKind.PARAGRAPH
    if page.drafts and _names_who_said(page, before := page.drafts[-1]):
        words = page.text[before.start : before.end].rstrip("*_ ").removesuffix(":").rstrip("*_ ")
        page.drafts[-1] = Draft(before.start, before.start + len(words), BlockKind.ATTRIBUTION)
        kind = BlockKind.QUOTE
    page.add(Draft(page.lines[first].end - len(opening), page.lines[last].end, kind, quoted=True))
    return after


def split_attribution(page: Page) -> None:
    """Split the last draft where it is ``"What was said." — Name`` on one line."""
    draft = page.drafts[-1]
    match = find_attribution(page, draft.start, draft.end)
    if match is not None:
        page.drafts[-1] = Draft(draft.start, match.start() + 1, draft.kind)
        _attribute(page, match.end(), draft.end)


def find_attribution(page: Page, start: int, end: int) -> re.Match[str] | None:
    """Find the dash between a quotation and a name on the same line, the name to its end."""
    if page.text[start] not in shapes.OPENING_QUOTES:
        return None
    # A name is short, so it is looked for near the end only.
    near = max(start + 1, end - shapes.LONGEST_NAME_LINE)
    for match in shapes.SAME_LINE_ATTRIBUTION.finditer(page.text, near, end):
        if shapes.is_name(page.text[match.end() : end], page.words.particles):
            return match
    return None


def _attribute(page: Page, start: int, end: int) -> None:
    said = page.drafts.pop()
    page.add(
        Draft(said.start, said.end, BlockKind.QUOTE),
        Draft(start, end, BlockKind.ATTRIBUTION),
    )


def _names_who_said(page: Page, before: Draft) -> bool:
    """Tell whether a draft is a name and a colon, as they stand before a block quotation."""
    if (
        before.kind is not BlockKind.PARAGRAPH
        or before.end - before.start > shapes.LONGEST_NAME_LINE
    ):
        return False
    words = page.text[before.start : before.end].rstrip("*_ ")
    return words.endswith(":") and shapes.is_name(words[:-1], page.words.particles)
