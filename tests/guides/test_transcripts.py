"""Transcripts: who says what."""

from __future__ import annotations

import pytest

from kg.guides import parse_guide
from kg.model import BlockKind
from tests.guides.reading import seen, speaker_of

Said = list[tuple[str, str]]


def said(text: str) -> Said:
    guide = parse_guide(text, "talk.txt")
    return [
        (speaker_of(guide, block), block.span.of(guide.text))
        for block in guide.blocks
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "{}: {}",
        "**{}:** {}",
        "**{}**: {}",
        "[00:01:02] {}: {}",
        "{} (00:01:02): {}",
        "**{}** [1:02]: {}",
    ],
)
def test_ways_to_name_the_speaker(pattern: str) -> None:
    turns = [
        ("Mara Lindqvist", "Welcome back. Today it is small models."),
        ("Ines Corva", "Thanks for having me."),
        ("Mara Lindqvist", "So what is Skald 2?"),
        ("Ines Corva", "A tutor: nothing more."),
    ]
    assert said("\n\n".join(pattern.format(*turn) for turn in turns)) == turns


def test_a_turn_goes_on_until_the_next() -> None:
    text = (
        "**Mara Lindqvist:**\n\nWelcome back.\n\nToday it is small models.\n\n"
        "**Break:** \\[12:16\\]\n\n"
        "**Ines Corva:** Thanks.\n\n\\[12:20\\] It is a tutor.\n\n"
        "**Mara Lindqvist:** So it is.\n"
    )
    assert said(text) == [
        ("Mara Lindqvist", "Welcome back."),
        ("Mara Lindqvist", "Today it is small models."),
        ("Ines Corva", "Thanks."),
        ("Ines Corva", "It is a tutor."),
        ("Mara Lindqvist", "So it is."),
    ]
    kinds = seen(parse_guide(text, "talk.txt"), BlockKind.BOILERPLATE, BlockKind.METADATA)
    assert kinds == [("boilerplate", "**Break:** \\[12:16\\]"), ("metadata", "\\[12:20\\]")]


def test_a_link_on_a_line_of_its_own_heads_what_is_said_below() -> None:
    text = (
        "**Mara Lindqvist:**\n\n[Skald 2 is out](https://example.com/skald)\n\nIt is a tutor.\n\n"
        "**Ines Corva:** It is.\n\n**Mara Lindqvist:** So it is.\n"
    )
    guide = parse_guide(text, "talk.txt")
    assert [section.title for section in guide.sections] == ["Skald 2 is out"]
    assert said(text)[0] == ("Mara Lindqvist", "It is a tutor.")


def test_short_lines_that_are_said_are_no_headings() -> None:
    text = "Mara Lindqvist: Hello\n\nOh Yes\n\nInes Corva: Hello there\n\nMara Lindqvist: Well\n"
    assert not parse_guide(text, "talk.txt").sections


def test_a_title_above_a_transcript() -> None:
    text = "Small Models\n\nMara Lindqvist: Hello.\nInes Corva: Hello.\nMara Lindqvist: Well.\n"
    guide = parse_guide(text, "talk.txt")
    assert guide.title == "Small Models"
    assert [who for who, _ in said(text)] == ["Mara Lindqvist", "Ines Corva", "Mara Lindqvist"]


@pytest.mark.parametrize(
    "text",
    [
        "Halden Labs: a lab in Bergen.\n\nSkald 2: a tutor.\n\nBorealis: its rival.\n",
        "Note: it is late.\n\nNote: it is later.\n\nNote: it is over.\n",
        "https://example.com/a\nhttps://example.com/b\nhttps://example.com/c\n",
        "- **INT4:** small\n- **INT4:** smaller\n- **INT4:** smallest\n",
        "and so: it went\n\nand so: it stayed\n\nand so: it ended\n",
    ],
)
def test_words_before_a_colon_that_say_nothing(text: str) -> None:
    guide = parse_guide(text, "talk.txt")
    assert not any(block.speaker for block in guide.blocks)
