"""From drafts to blocks: trimmed, in sections, with what each section's role makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.guides.layout import shapes
from kg.guides.layout.drafts import LEVEL_OF_OTHER_HEADING, Draft
from kg.guides.layout.labels import split_tags
from kg.guides.layout.words import LayoutWords
from kg.guides.markup import plain_words
from kg.model import READ_FOR_ENTITIES, Block, BlockKind, Quote, Section

_EDGES = " \t\n"
_MARKED_EDGES = _EDGES + "*_`"
_SAID = (BlockKind.QUOTE, BlockKind.ATTRIBUTION)


@dataclass(slots=True)
class _OpenSection:
    """A section that is being read. ``end`` is where its last block so far ends.

    ``said`` counts its quotations and attributions, ``other`` its other blocks but the heading.
    """

    index: int
    heading: Draft
    role: str
    end: int
    said: int = 0
    other: int = 0

    def ends_before(self, draft: Draft) -> bool:
        """Tell whether the section ends before the draft.

        A line that heads a quotation heads nothing else: a list below it is not its own.
        """
        if self.heading.until and draft.start >= self.heading.until:
            return True
        if draft.kind is BlockKind.HEADING:
            return draft.level <= self.heading.level
        heads_quotation = self.said > 0 and self.other == 0
        return (
            heads_quotation
            and draft.kind is BlockKind.ITEM
            and self.heading.level == LEVEL_OF_OTHER_HEADING
        )


def build(
    text: str, drafts: Iterable[Draft], words: LayoutWords
) -> tuple[tuple[Block, ...], tuple[Section, ...], tuple[Quote, ...]]:
    """Give every block its section, and pair each quotation with its attribution."""
    blocks: list[Block] = []
    sections: list[Section] = []
    opened: list[_OpenSection] = []

    def close(keep: int) -> None:
        while len(opened) > keep:
            done = opened.pop()
            sections[done.index] = replace(sections[done.index], end=done.end)
            if opened:
                opened[-1].end = max(opened[-1].end, done.end)

    for draft in _trimmed(text, drafts):
        close(next((at for at, one in enumerate(opened) if one.ends_before(draft)), len(opened)))
        if draft.kind is BlockKind.HEADING:
            title = plain_words(text, draft.start, draft.end).rstrip(":").strip()
            opened.append(_OpenSection(len(sections), draft, words.role(title), draft.end))
            sections.append(Section(draft.start, draft.end, title, draft.level))
        section = opened[-1] if opened else None
        for piece in _by_role(text, draft, section.role if section else ""):
            index = section.index if section else -1
            blocks.append(
                Block(piece.start, piece.end, piece.kind, index, piece.head, piece.speaker)
            )
            if section is not None:
                section.end = piece.end
                section.said += piece.kind in _SAID
                section.other += piece.kind not in (BlockKind.HEADING, *_SAID)
    close(0)
    return tuple(blocks), tuple(sections), tuple(_pair(blocks))


def _pair(blocks: Iterable[Block]) -> Iterator[Quote]:
    """Yield each quotation with the attribution next to it, below or above."""
    free: Block | None = None
    for block in blocks:
        if block.kind not in _SAID:
            free = None
        elif free is None or free.kind is block.kind:
            free = block
        else:
            said, who = (free, block) if free.kind is BlockKind.QUOTE else (block, free)
            yield Quote(said.span, who.span)
            free = None


def _trimmed(text: str, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts without white space, marks and quotation marks at their ends.

    What holds no word is left out.
    """
    for draft in drafts:
        start, end = _strip(text, draft.start, draft.end, _EDGES)
        if draft.kind in (BlockKind.TITLE, BlockKind.SERIES, BlockKind.HEADING, *_SAID):
            start, end = _strip(text, start, end, _MARKED_EDGES)
            start, end = _unquoted(text, start, end, all_of_it=draft.kind is BlockKind.QUOTE)
        elif draft.kind is BlockKind.TAGS:
            start, end = _strip(text, start, end, _MARKED_EDGES + "#\"'[],;.")
        if start >= end or (
            draft.kind in READ_FOR_ENTITIES and not shapes.has_words(text[start:end])
        ):
            continue
        head = draft.head
        if head is not None and not (start <= head.start and head.end <= end):
            head = None
        yield replace(draft, start=start, end=end, head=head)


def _strip(text: str, start: int, end: int, characters: str) -> tuple[int, int]:
    while start < end and text[start] in characters:
        start += 1
    while end > start and text[end - 1] in characters:
        end -= 1
    return start, end


def _unquoted(text: str, start: int, end: int, *, all_of_it: bool) -> tuple[int, int]:
    """Leave out quotation marks around the whole; a heading that quotes in passing keeps them."""
    if not shapes.is_quotation(text[start:end]) or text[end - 1] not in shapes.CLOSING_QUOTES:
        return start, end
    inner = text[start + 1 : end - 1]
    if not all_of_it and not set(inner).isdisjoint('"“”«»'):
        return start, end
    return _strip(text, start + 1, end - 1, _EDGES)


def _by_role(text: str, draft: Draft, role: str) -> Iterable[Draft]:
    """Return the draft as what it is in a section of the role: a tag, advertising, or itself."""
    if draft.kind not in READ_FOR_ENTITIES:
        return (draft,)
    if role == "sponsors":
        return (replace(draft, kind=BlockKind.BOILERPLATE, head=None),)
    if role == "themes" and draft.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
        return split_tags(text[draft.start : draft.end], draft.start) or (draft,)
    return (draft,)
