"""The head of the page: front matter, labels, the title, the show's name."""

from __future__ import annotations

from kg.guides.layout import shapes
from kg.guides.layout.drafts import Draft
from kg.guides.layout.labels import read_byline, read_label_above, read_labelled, read_tag_line
from kg.guides.layout.page import Page
from kg.guides.layout.shapes import Line
from kg.guides.markup import plain_words
from kg.model import BlockKind

LONGEST_SERIES = 60
_FRONT_MATTER = "---"


def read_front_matter(page: Page) -> int:
    """Read `key: value` lines between two lines of dashes at the very top.

    Returns the index of the first line below them: 0 where there is no front matter.
    """
    if page.lines[0].text != _FRONT_MATTER:
        return 0
    rest = range(1, len(page.lines))
    end = next((at for at in rest if page.lines[at].text == _FRONT_MATTER), 0)
    key: Line | None = None
    drafts: list[Draft] = []
    for line in page.lines[1:end]:
        if not line.text:
            continue
        if line.indent == 0 and (match := shapes.LABELLED.match(line.text)) is not None:
            key = Line(line.start, line.end, 0, match["label"])
            drafts += read_labelled(line, page.facts, page.words, in_header=True)
            if not drafts or drafts[-1].start < line.start:
                drafts.append(Draft(line.start, line.end, BlockKind.METADATA))
        elif key is None:
            return 0  # a rule and then prose
        else:
            tags = page.words.label(key.text) == "tags"
            bullet = shapes.BULLET.match(line.text)
            start = line.start + (bullet.end() if bullet else 0)
            drafts.append(Draft(start, line.end, BlockKind.TAGS if tags else BlockKind.METADATA))
    page.drafts += drafts
    return end + 1 if end else 0


def label(page: Page, at: int) -> int | None:
    """Read `Label: value`, or a label and the value on the line below."""
    if page.is_turn(at):
        return None
    line = page.lines[at]
    # Not through Page.add: a line of hosts or guests is a section of its own, in the page's head.
    if drafts := read_labelled(line, page.facts, page.words, in_header=page.in_header):
        page.drafts += drafts
        return at + 1
    below = page.line(at + 1)
    if drafts := read_label_above(line, below, page.facts, page.words, in_header=page.in_header):
        page.drafts += drafts
        return at + 2
    return None


def header_line(page: Page, at: int) -> int | None:
    """Read a byline, a line of tags, the title or the show's name in the page's head."""
    if not page.in_header:
        return None
    line = page.lines[at]
    if drafts := read_byline(line, page.facts) or read_tag_line(line, page.words):
        page.drafts += drafts
    elif not page.facts["title"] and _is_title(page, at):
        add_title(page, line.start, line.end)
    elif page.drafts and page.drafts[-1].kind is BlockKind.TITLE and _is_series(page, at):
        page.facts.state("series", plain_words(line.text))
        page.add(Draft(line.start, line.end, BlockKind.SERIES))
    else:
        return None
    return at + 1


def add_title(page: Page, start: int, end: int) -> None:
    """Take the words as the episode's title."""
    page.facts.state("title", plain_words(page.text, start, end))
    page.add(Draft(start, end, BlockKind.TITLE))


def may_be_title(page: Page, words: str) -> bool:
    """Tell whether a marked heading is the title: the first of the page, or the title once more."""
    title = page.facts["title"]
    return page.in_header and (not title or plain_words(words).casefold() == title.casefold())


def _is_title(page: Page, at: int) -> bool:
    line, below, after = page.lines[at], page.line(at + 1), page.next_content(at)
    if (
        len(line.text) > shapes.LONGEST_TITLE
        or after == len(page.lines)
        or line.text[0].islower()
        or _is_item(page, at)
        or shapes.QUOTE_MARK.match(line.text)
        or page.words.role(line.text)
        or page.is_turn(at)
        or is_attributed(page, at)
    ):
        return False
    if page.opens_label(after) or _stands_over_labels(page, after):
        return True
    if line.text[-1] in ".,;:":
        return False
    if below is None or shapes.heads_prose(line.text, below.text):
        return True
    # The show's name may stand directly below the title.
    is_short = len(below.text) <= shapes.LONGEST_HEADING and page.line(at + 2) is None
    return is_short and shapes.is_heading(below.text)


def _stands_over_labels(page: Page, at: int) -> bool:
    """Tell whether a line is a show's name right above ``Published`` and the like."""
    words, after = page.lines[at].text, page.next_content(at)
    is_name = len(words) <= LONGEST_SERIES and shapes.is_heading(words)
    return is_name and after < len(page.lines) and page.opens_label(after)


def _is_item(page: Page, at: int) -> bool:
    """Tell whether the line is an item of a list; one number alone may be the episode's."""
    if shapes.BULLET.match(page.lines[at].text) is None:
        return False
    after = page.next_content(at)
    return (
        not page.lines[at].text[0].isdigit()
        or after == len(page.lines)
        or shapes.BULLET.match(page.lines[after].text) is not None
    )


def _is_series(page: Page, at: int) -> bool:
    line, after = page.lines[at], page.next_content(at)
    if (
        len(line.text) > LONGEST_SERIES
        or not shapes.is_heading(line.text)
        or page.words.role(line.text)
    ):
        return False
    named = not page.words.series_words.isdisjoint(line.text.casefold().split())
    return after < len(page.lines) and (
        named or page.opens_label(after) or page.words.role(page.lines[after].text) != ""
    )


def is_attributed(page: Page, at: int) -> bool:
    """Tell whether the line is a quotation with the name of its speaker below."""
    if not shapes.is_quotation(page.lines[at].text):
        return False
    after = page.next_content(at)
    return after < len(page.lines) and shapes.ATTRIBUTION.match(page.lines[after].text) is not None
