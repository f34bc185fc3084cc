"""From drafts to blocks: trimmed, in sections, with what each section's role makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.guides.layout import shapes
from kg.guides.layout.drafts import LEVEL_OF_OTHER_HEADING, Draft
from kg.guides.layout.labels import split_tags
from kg.guides.layout.words import LayoutWords
from kg.guides.markup import plain_words
from kg.model import READ_FOR_ENTITIES, Block, BlockKind, Quote, Section, Span

LONGEST_THEME = 6
"""Words of a theme or tag; a longer item is read as language."""

_EDGES = " \t\n"
_MARKED_EDGES = _EDGES + "*_`"
_SAID = (BlockKind.QUOTE, BlockKind.ATTRIBUTION)


@dataclass(slots=True)
class _Open:
    """A section being read; ``end`` is where its last block so far ends."""

    index: int
    draft: Draft
    end: int
    only_said: bool = True
    said: bool = False


def build(
    text: str, drafts: Iterable[Draft], words: LayoutWords
) -> tuple[tuple[Block, ...], tuple[Section, ...], tuple[Quote, ...]]:
    """Give every block its section, and pair each quotation with its attribution."""
    blocks: list[Block] = []
    sections: list[Section] = []
    quotes: list[Quote] = []
    roles: list[str] = []
    opened: list[_Open] = []

    def close(keep: int) -> None:
        while len(opened) > keep:
            done = opened.pop()
            sections[done.index] = replace(sections[done.index], end=done.end)
            if opened:
                opened[-1].end = max(opened[-1].end, done.end)

    for draft in _trimmed(text, drafts):
        close(next((at for at, one in enumerate(opened) if _ends(one, draft)), len(opened)))
        if draft.kind is BlockKind.HEADING:
            title = plain_words(text, draft.start, draft.end).rstrip(":").strip()
            opened.append(_Open(len(sections), draft, draft.end))
            sections.append(Section(draft.start, draft.end, title, draft.level))
            roles.append(words.role(title))
        role = roles[opened[-1].index] if opened else ""
        for piece in _by_role(text, draft, role):
            section = opened[-1].index if opened else -1
            blocks.append(
                Block(piece.start, piece.end, piece.kind, section, piece.head, piece.speaker)
            )
            if opened:
                opened[-1].end = piece.end
                if piece.kind is not BlockKind.HEADING:
                    opened[-1].said |= piece.kind is BlockKind.QUOTE
                    opened[-1].only_said &= piece.kind in _SAID
    close(0)
    for first, second in zip(blocks, blocks[1:], strict=False):
        kinds = {first.kind: first, second.kind: second}
        if len(kinds) == 2 and set(kinds) == set(_SAID) and _pairs(quotes, first):
            quotes.append(Quote(kinds[BlockKind.QUOTE].span, kinds[BlockKind.ATTRIBUTION].span))
    return tuple(blocks), tuple(sections), tuple(quotes)


def _pairs(quotes: list[Quote], first: Block) -> bool:
    """Tell whether the block is free: not paired with the one before it."""
    return not quotes or first.span not in (quotes[-1].quotation, quotes[-1].attribution)


def _ends(section: _Open, draft: Draft) -> bool:
    """Tell whether the section ends before the draft.

    A line that heads a quotation heads nothing else: a list below the attribution is not under it.
    """
    if section.draft.until and draft.start >= section.draft.until:
        return True
    if draft.kind is BlockKind.HEADING:
        return draft.level <= section.draft.level
    return (
        draft.kind is BlockKind.ITEM
        and section.draft.level == LEVEL_OF_OTHER_HEADING
        and section.said
        and section.only_said
    )


def _trimmed(text: str, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts without white space, marks and quotation marks at their ends.

    What holds no word is left out; so is a head or a speaker that the draft has lost.
    """
    for draft in drafts:
        start, end = _strip(text, draft.start, draft.end, _EDGES)
        if draft.kind in (BlockKind.TITLE, BlockKind.SERIES, BlockKind.HEADING, *_SAID):
            start, end = _strip(text, start, end, _MARKED_EDGES)
            start, end = _unquoted(text, start, end, all_of_it=draft.kind is BlockKind.QUOTE)
        elif draft.kind is BlockKind.TAGS:
            start, end = _strip(text, start, end, _MARKED_EDGES + "#\"'[],;.")
        if start >= end or (draft.kind in READ_FOR_ENTITIES and not shapes.has_words(text[start:end])):
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
        tags = list(split_tags(text[draft.start : draft.end], draft.start))
        if tags and all(len(text[tag.start : tag.end].split()) <= LONGEST_THEME for tag in tags):
            return tags
    return (draft,)
