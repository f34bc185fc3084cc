"""Running text, lists, tables, turns of a transcript, and what is not read at all."""

from __future__ import annotations

from kg.guides.layout import shapes
from kg.guides.layout.drafts import Draft
from kg.guides.layout.page import LONGEST_PLAIN_LINE, Page
from kg.guides.layout.quotations import split_attribution
from kg.guides.layout.turns import match_turn
from kg.model import BlockKind, Span

LONGEST_IMAGE_LINE = 4000


def fenced_code(page: Page, at: int) -> int | None:
    """Pass over code between two fences."""
    closing = page.closing_fences.get(at)
    if closing is None:
        return None
    page.add(Draft(page.lines[at].start, page.lines[closing].end, BlockKind.BOILERPLATE))
    return closing + 1


def furniture(page: Page, at: int) -> int | None:
    """Pass over a line of page furniture, an image, a comment, the definition of a link."""
    line = page.lines[at]
    if not (
        (
            len(line.text) <= LONGEST_PLAIN_LINE
            and (page.words.boilerplate_line.match(line.text) or shapes.REMARK.match(line.text))
        )
        or (len(line.text) <= LONGEST_IMAGE_LINE and shapes.IMAGE_LINE.match(line.text))
    ):
        return None
    page.add(Draft(line.start, line.end, BlockKind.BOILERPLATE))
    return at + 1


def timed(page: Page, at: int) -> int | None:
    """Read a line that opens with a place in the recording: a chapter, or what is said there."""
    line = page.lines[at]
    bullet = shapes.BULLET.match(line.text)
    opening = bullet.end() if bullet else 0
    match = shapes.TIMED.match(line.text, opening)
    if match is None or page.is_turn(at):
        return None
    page.add(Draft(line.start + opening, line.start + match.end("time"), BlockKind.METADATA))
    if page.speakers or len(line.text) > LONGEST_PLAIN_LINE:
        return add_prose(page, at, line.start + match.end())
    page.add(Draft(line.start + match.end(), line.end, BlockKind.ITEM))
    return at + 1


def turn(page: Page, at: int) -> int | None:
    """Read a line that opens with a speaker's name; what follows, up to the next, is theirs."""
    line = page.lines[at]
    match = match_turn(line, page.speakers)
    if match is None:
        return None
    page.in_header = False
    page.speaker = Span(line.start + match.start("name"), line.start + match.end("name"))
    if match.end() < len(line.text):
        return add_prose(page, at, line.start + match.end())
    return at + 1


def table_row(page: Page, at: int) -> int | None:
    """Read a row of a Markdown table as one item."""
    line = page.lines[at]
    if shapes.TABLE_ROW.match(line.text) is None:
        return None
    words = line.text.strip("| \t")
    start = line.start + line.text.index(words)
    page.add(Draft(start, start + len(words), BlockKind.ITEM))
    return at + 1


def item(page: Page, at: int) -> int | None:
    """Read one item of a list with the lines that go on with it."""
    line = page.lines[at]
    match = shapes.BULLET.match(line.text)
    if match is None:
        return None
    after = at + 1
    while (below := page.line(after)) is not None and not page.opens_other(after):
        if below.indent <= line.indent and not page.joins(after):
            break
        after += 1
    _add(page, BlockKind.ITEM, line.start + match.end(), page.lines[after - 1].end)
    return after


def prose(page: Page, at: int) -> int:
    """Read a paragraph: the rule that takes what no other did."""
    return add_prose(page, at, page.lines[at].start)


def add_prose(page: Page, at: int, start: int) -> int:
    """Append the paragraph of the line, from ``start`` on; return the index of the line below."""
    after = page.prose_end(at)
    _add(page, BlockKind.PARAGRAPH, start, page.lines[after - 1].end)
    return after


def _add(page: Page, kind: BlockKind, start: int, end: int) -> None:
    quoted = shapes.is_quotation(page.text[start:end])
    page.add(Draft(start, end, kind, speaker=page.speaker, quoted=quoted))
    split_attribution(page)
