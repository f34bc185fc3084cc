"""What holds for every text, and that no text takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.guides import READERS, parse_guide
from kg.guides.clean import clean_text
from kg.guides.markup import TIME
from kg.model import READ_FOR_ENTITIES, BlockKind, Guide

FORMATS = sorted({READERS[suffix]: suffix for suffix in READERS}.values())

# Pieces of layout, thrown together in any order.
_PIECES = st.sampled_from(
    [
        *"\n\n\n\n\n    \t-*_#>:.|[]()`\"'“”—–•❤…",
        *("---", "```\n", "**", "- ", "1. ", "> ", "## ", "— ", "  - ", "===\n", "[x] ", "\\["),
        *("Summary", "Themes\n\n", "Sponsors", "Hosts", "Published\n", "Duration: ", "Tags: "),
        *("2026-02-01", "4h 25m", "12:30 ", "[1:02:03]", "title: ", "Key takeaways:"),
        *("Ines Corva", "Mara Lindqvist: ", "**Mara Lindqvist:** ", "Ines Corva: ", "— Ines Corva"),
        *("It is late. ", "Check out our sponsors. ", "Thank you for listening", "Dr. ", "it"),
        *("https://example.com/a", "[a](b)", "![a](b)", "<b>", "a@b.co", "#12 – ", " | E7"),
        *("漢字", "e\u0301", "\u200b", "\ud800", "\x00", "\r\n", "٣", "ǅ"),
    ]
)
texts = st.lists(_PIECES, min_size=1, max_size=40).map("".join) | st.text()

# What may stand outside of every block: marks of layout, and a list's numbers, boxes and times.
_BETWEEN = re.compile(rf"(?:[\W_]|\(?[0-9]{{1,3}}[.)]\s|\[[xX]\]|{TIME})*")


def read(text: str, suffix: str) -> Guide | None:
    if not clean_text(text).strip():
        with pytest.raises(SourceError, match="is empty"):
            parse_guide(text, "guide", suffix)
        return None
    return parse_guide(text, "guide", suffix)


def check(guide: Guide) -> None:
    text = guide.text
    last = 0
    for block in guide.blocks:
        piece = block.span.of(text)
        assert piece == piece.strip(), block
        assert last <= block.start, block
        assert -1 <= block.section < len(guide.sections), block
        if block.kind in READ_FOR_ENTITIES:
            assert any(one.isalnum() for one in piece), block
        if block.head is not None:
            assert block.span.contains(block.head), block
        if block.section >= 0:
            section = guide.sections[block.section]
            assert section.start <= block.start < block.end <= section.end, block
        between = text[last : block.start]
        if block.speaker is not None:
            assert block.speaker.end <= block.start
            between = between.replace(block.speaker.of(text), "", 1)
        assert _BETWEEN.fullmatch(between), between
        last = block.end
    for section in guide.sections:
        assert any(
            block.kind in (BlockKind.HEADING, BlockKind.BOILERPLATE)
            and block.start == section.start
            for block in guide.blocks
        ), section
    for quote in guide.quotes:
        spans = {(block.kind, block.span) for block in guide.blocks}
        assert (BlockKind.QUOTE, quote.quotation) in spans
        assert (BlockKind.ATTRIBUTION, quote.attribution) in spans


@pytest.mark.parametrize("suffix", FORMATS)
@given(text=texts)
@settings(max_examples=400, deadline=None)
def test_every_text_is_read_whole(suffix: str, text: str) -> None:
    guide = read(text, suffix)
    if guide is not None:
        check(guide)
        assert read(guide.text, suffix) == guide


LONG = 1_000_000


@pytest.mark.parametrize("opening", ["", "Title\n\n", "- "])
@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "漢",
        ". ",
        "A. ",
        " - A.",
        "**",
        "*_",
        "[",
        "](",
        "[a](b) ",
        '"',
        '"A" — B ',
        "> ",
        "# ",
        "| a ",
        ":",
        "https://",
        "a@",
        "12:30 ",
        "❤ ",
        "Check out ",
        " --- ",
        "Tags: a,",
        "<!--",
        "```\n",
        "A\n\n",
        "Ines Corva: x\n",
        '"a"\n- B\n',
        "Published\n",
        "---\na: b\n",
        "\n",
    ],
)
def test_long_repeated_pieces_are_read(opening: str, unit: str) -> None:
    """What takes quadratic time somewhere takes minutes here."""
    text = opening + unit * (LONG // 10 // len(unit))
    assert (read(text, "txt") is None) == (not text.strip())


def test_ten_million_characters_in_one_line() -> None:
    text = "Halden Labs trained Skald 2 on nine hundred chips, " * (10 * LONG // 51)
    guide = parse_guide(text, "guide")
    assert [block.kind for block in guide.blocks] == [BlockKind.PARAGRAPH]
