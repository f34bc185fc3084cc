"""Headings: marked as such, known by their words, or standing alone above what they head."""

from __future__ import annotations

from kg.guides.layout import shapes
from kg.guides.layout.drafts import (
    LEVEL_OF_BOLD_HEADING,
    LEVEL_OF_KNOWN_HEADING,
    LEVEL_OF_OTHER_HEADING,
    Draft,
)
from kg.guides.layout.header import add_title, is_attributed, may_be_title
from kg.guides.layout.page import LONGEST_PLAIN_LINE, Page
from kg.guides.layout.prose import add_prose
from kg.guides.layout.quotations import find_attribution
from kg.guides.markup import plain_words
from kg.model import BlockKind

MOST_HEADINGS_IN_A_ROW = 2
"""Lone short lines beyond this number are a list without bullets."""


def marked_heading(page: Page, at: int) -> int | None:
    """Read a heading with hash signs before it or a line of dashes below it."""
    line = page.lines[at]
    if (match := shapes.MARKED_HEADING.match(line.text)) is not None:
        start, end = match.end(), len(line.text.rstrip("# \t"))
        level, after = len(match["marks"]), at + 1
    else:
        below = page.line(at + 1)
        under = shapes.UNDERLINE.match(below.text) if below is not None else None
        if under is None or page.line(at - 1) is not None or not shapes.is_heading(line.text):
            return None
        start, end = 0, len(line.text)
        level, after = 1 if under["marks"][0] == "=" else 2, at + 2
    if end <= start:
        return None
    first = level == 1 or not page.drafts
    if first and not page.words.role(line.text) and may_be_title(page, line.text[start:end]):
        add_title(page, line.start + start, line.start + end)
    else:
        page.add_heading(line.start + start, line.start + end, level)
    return after


def known_heading(page: Page, at: int) -> int | None:
    """Read a heading by its words, on a line of its own or before a colon, or one in bold."""
    line = page.lines[at]
    if page.words.role(line.text):
        page.add_heading(line.start, line.end, LEVEL_OF_KNOWN_HEADING)
        return at + 1
    if page.is_turn(at):
        return None
    bold = shapes.BOLD_LINE.match(line.text)
    if bold is not None and page.line(at - 1) is None:
        start, end = bold.span("words")
        page.add_heading(line.start + start, line.start + end, LEVEL_OF_BOLD_HEADING)
        return at + 1
    run_in = shapes.LABELLED.match(line.text)
    if (
        run_in is not None
        and run_in.end() < len(line.text)
        and page.words.role(run_in["label"])
        and shapes.BULLET.match(line.text) is None
    ):
        start, end = run_in.span("label")
        page.add_heading(line.start + start, line.start + end, LEVEL_OF_KNOWN_HEADING)
        return add_prose(page, at, line.start + run_in.end())
    return None


def bare_heading(page: Page, at: int) -> int | None:
    """Read lines that stand alone and look like headings, as many as follow each other.

    In a transcript, where short lines are said, and on a page that marks its headings only a link
    that stands alone is one; the speaker goes on below it.
    """
    if page.speakers or page.marked_headings > 1:
        line = page.lines[at]
        if not (page.stands_alone(at) and shapes.LINK_LINE.match(line.text)):
            return None
        page.add(Draft(line.start, line.end, BlockKind.HEADING, LEVEL_OF_BOLD_HEADING))
        return at + 1
    run: list[int] = []
    below = at
    while below < len(page.lines) and _stands_as_heading(page, below):
        run.append(below)
        below = page.next_content(below)
    if not run:
        return _heading_above_prose(page, at)
    is_list = len(run) > MOST_HEADINGS_IN_A_ROW
    for place in run:
        line = page.lines[place]
        if below < len(page.lines) and (not is_list or place == run[-1]):
            page.add_heading(line.start, line.end, LEVEL_OF_OTHER_HEADING)
        else:
            kind = BlockKind.ITEM if is_list else BlockKind.PARAGRAPH
            page.add(Draft(line.start, line.end, kind))
    return run[-1] + 1


def _stands_as_heading(page: Page, at: int) -> bool:
    line = page.lines[at]
    return (
        page.stands_alone(at)
        and len(line.text) <= LONGEST_PLAIN_LINE
        and shapes.is_heading(plain_words(line.text))
        and not is_attributed(page, at)
        and not _is_said(page, at)
        and not page.opens_other(at)
    )


def _is_said(page: Page, at: int) -> bool:
    """Tell whether the line is a quotation and a name, heading no further quotation."""
    line, below = page.lines[at], page.next_content(at)
    return find_attribution(page, line.start, line.end) is not None and not (
        below < len(page.lines) and page.lines[below].text[0] in shapes.OPENING_QUOTES
    )


def _heading_above_prose(page: Page, at: int) -> int | None:
    line, below = page.lines[at], page.line(at + 1)
    if below is None or page.line(at - 1) is not None:
        return None
    if not shapes.heads_prose(line.text, below.text):
        return None
    page.add_heading(line.start, line.end, LEVEL_OF_OTHER_HEADING)
    return at + 1
