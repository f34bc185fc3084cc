"""What the tests of reading look at: blocks as words instead of offsets."""

from __future__ import annotations

from kg.guides import parse_guide
from kg.model import Block, BlockKind, Guide

Seen = tuple[str, str]


def seen(guide: Guide, *kinds: BlockKind) -> list[Seen]:
    """Return kind and words of the guide's blocks, of some kinds or of all."""
    return [
        (block.kind.value, block.span.of(guide.text))
        for block in guide.blocks
        if not kinds or block.kind in kinds
    ]


def seen_in(text: str, *kinds: BlockKind, format: str = "text") -> list[Seen]:  # noqa: A002
    return seen(parse_guide(text, "guide.txt", format), *kinds)


def heads(guide: Guide) -> list[str]:
    return [block.head.of(guide.text) for block in guide.blocks if block.head is not None]


def speaker_of(guide: Guide, block: Block) -> str:
    return block.speaker.of(guide.text) if block.speaker is not None else ""
