"""The page being read: its lines, what is known so far, and what may be asked about a line."""

from __future__ import annotations

from dataclasses import dataclass

from kg.guides.layout import shapes
from kg.guides.layout.drafts import Draft, Facts
from kg.guides.layout.shapes import Line
from kg.guides.layout.turns import find_speakers, match_turn
from kg.guides.layout.words import LayoutWords
from kg.model import BlockKind, Span

LONGEST_PLAIN_LINE = 400
"""Characters beyond which a line is prose: no furniture of the page, no label, no heading."""

_BODY = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})
_ENDS_PROSE = '.!?:…"”’)'
_NARROWEST_WRAP, _WIDEST_WRAP = 45, 120


@dataclass(frozen=True, slots=True)
class Style:
    """How a format lays text out.

    ``soft_wrap``: lines with no blank line between them are always one paragraph.
    """

    soft_wrap: bool


class Page:
    """The lines of one guide and what the rules have made of those above the current one.

    ``in_header`` holds until the first piece of the body; ``speaker`` is whose turn it is in a
    transcript.
    """

    def __init__(self, text: str, words: LayoutWords, style: Style) -> None:
        self.text = text
        self.words = words
        self.style = style
        self.lines = shapes.split_lines(text)
        self.facts = Facts()
        self.drafts: list[Draft] = []
        self.speakers = find_speakers(self.lines, words)
        self.speaker: Span | None = None
        self.in_header = True
        self.marked_headings = sum(
            1 for line in self.lines if shapes.MARKED_HEADING.match(line.text)
        )
        self.closing_fences = _closing_fences(self.lines)

    def line(self, at: int) -> Line | None:
        """Return the line with the index, or None where there is none or a blank one."""
        return self.lines[at] if 0 <= at < len(self.lines) and self.lines[at].text else None

    def next_content(self, at: int) -> int:
        """Return the index of the next line with words below, or the number of lines."""
        at += 1
        while at < len(self.lines) and not shapes.has_words(self.lines[at].text):
            at += 1
        return at

    def stands_alone(self, at: int) -> bool:
        """Tell whether the lines above and below are blank."""
        return self.line(at - 1) is None and self.line(at + 1) is None

    def add(self, *drafts: Draft) -> None:
        """Append drafts of the body or its furniture."""
        self.drafts += drafts
        if any(draft.kind in _BODY for draft in drafts):
            self.in_header = False

    def add_heading(self, start: int, end: int, level: int) -> None:
        """Append a heading; nobody speaks any longer below it."""
        self.speaker = None
        self.add(Draft(start, end, BlockKind.HEADING, level))

    def is_turn(self, at: int) -> bool:
        """Tell whether the line opens with the name of a speaker."""
        return match_turn(self.lines[at], self.speakers) is not None

    def opens_label(self, at: int) -> bool:
        """Tell whether the line is or opens with a label of the page's head."""
        if at >= len(self.lines) or len(self.lines[at].text) > LONGEST_PLAIN_LINE:
            return False
        text = self.lines[at].text
        labelled = shapes.LABELLED.match(text)
        return bool(self.words.label(labelled["label"] if labelled else text))

    def opens_other(self, at: int) -> bool:
        """Tell whether the line opens something other than prose, so that no paragraph takes it."""
        text = self.lines[at].text
        return bool(
            shapes.BULLET.match(text)
            or shapes.MARKED_HEADING.match(text)
            or shapes.QUOTE_MARK.match(text)
            or shapes.TABLE_ROW.match(text)
            or shapes.TIMED.match(text)
            or not shapes.has_words(text)
            or at in self.closing_fences
            or self.is_turn(at)
            or (
                len(text) <= LONGEST_PLAIN_LINE
                and (self.words.role(text) or self.words.boilerplate_line.match(text))
            )
            or (
                at
                and shapes.ATTRIBUTION.match(text)
                and self.lines[at - 1].text[-1:] in shapes.CLOSING_QUOTES
            )
        )

    def prose_end(self, at: int) -> int:
        """Return the index of the first line that is not part of the paragraph from ``at`` on."""
        in_quotation = self.lines[at].text[0] in '"“«'
        after = at + 1
        while self.line(after) is not None and not self.opens_other(after):
            above = self.lines[after - 1].text
            still_open = in_quotation and above.rstrip(".,")[-1:] not in shapes.CLOSING_QUOTES
            if not (still_open or self.joins(after)):
                break
            after += 1
        return after

    def joins(self, at: int) -> bool:
        """Tell whether the line goes on with the sentence of the line above it."""
        if self.style.soft_wrap:
            return True
        above, line = self.lines[at - 1].text, self.lines[at].text
        if above[-1] in _ENDS_PROSE:
            return False
        return line[0].islower() or _NARROWEST_WRAP <= len(above) <= _WIDEST_WRAP


def _closing_fences(lines: list[Line]) -> dict[int, int]:
    """Map each line that opens fenced code to the one that closes it."""
    closing: dict[int, int] = {}
    opened, mark = -1, ""
    for at, line in enumerate(lines):
        fence = shapes.FENCE.match(line.text)
        if fence is None:
            continue
        if opened < 0:
            opened, mark = at, fence.group()
        elif fence.group().startswith(mark):
            closing[opened] = at
            opened = -1
    return closing
