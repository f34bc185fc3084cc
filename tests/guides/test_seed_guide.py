"""The guide the project was made for, read block by block."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.guides import find_sources, read_guide
from kg.model import BlockKind, Guide
from tests.guides.reading import heads, seen

SEED = Path(__file__).resolve().parents[2] / "seeds" / "lex-fridman-490.txt"


@pytest.fixture(scope="module")
def guide() -> Guide:
    (source,) = find_sources([str(SEED)])
    return read_guide(source)


def test_facts(guide: Guide) -> None:
    assert guide.title == (
        "#490 – State of AI in 2026: LLMs, Coding, Scaling Laws, China, Agents, GPUs, AGI"
    )
    assert guide.series == "Lex Fridman Podcast"
    assert guide.number == "490"
    assert guide.published == "2026-02-01"
    assert guide.updated == "2026-04-25"
    assert guide.duration == "PT4H25M"
    assert guide.source == "lex-fridman-490.txt"


def test_the_text_is_the_file(guide: Guide) -> None:
    assert guide.text == SEED.read_text("utf-8")


def test_the_head_of_the_page(guide: Guide) -> None:
    first = next(at for at, block in enumerate(guide.blocks) if block.kind is BlockKind.HEADING)
    assert [(kind, words[:24]) for kind, words in seen(guide)[:first]] == [
        ("boilerplate", "Podcast Guide"),
        ("boilerplate", "Video thumbnail for #490"),
        ("title", "#490 – State of AI in 20"),
        ("series", "Lex Fridman Podcast"),
        ("metadata", "Published"),
        ("metadata", "February 1, 2026"),
        ("metadata", "Duration"),
        ("metadata", "4h 25m"),
        ("metadata", "Summary source"),
        ("metadata", "description"),
        ("metadata", "Last updated"),
        ("metadata", "Apr 25, 2026"),
        ("metadata", "Discusses"),
        ("tags", "llm"),
        ("tags", "machine-learning"),
        ("tags", "safety-alignment"),
        ("tags", "society"),
        ("tags", "culture"),
    ]


def test_sections(guide: Guide) -> None:
    assert [(section.level, section.title) for section in guide.sections] == [
        (1, "Summary"),
        (1, "Key takeaways"),
        (1, "Why this matters"),
        (1, "Entities"),
        (1, "Strategic Intelligence Report"),
        (2, "The Competitive Landscape: No Clear Winner"),
        (2, "The Open-Weight Ecosystem: China's Expanding Role"),
        (2, "Architecture: Incremental Refinement, Not Revolution"),
        (2, "Practical Model Usage and the Tool-Use Unlock"),
        (2, "Open Questions"),
        (7, "Key takeaways"),
        (1, "Show notes"),
        (1, "Themes"),
    ]
    report = guide.sections[4]
    assert all(report.start < one.start < one.end <= report.end for one in guide.sections[5:11])
    assert report.end < guide.sections[11].start


def test_the_list_that_runs_on_in_its_paragraph(guide: Guide) -> None:
    assert heads(guide) == [
        "Mixture of Experts (MoE)",
        "Multi-Head Latent Attention (MLA)",
        "Group Query Attention (GQA)",
        "Sliding Window Attention",
        "Linear Attention Variants",
    ]
    items = [block for block in guide.blocks if block.head is not None]
    assert {block.kind for block in items} == {BlockKind.ITEM}
    assert {guide.section_title(block) for block in items} == {
        "Architecture: Incremental Refinement, Not Revolution"
    }
    before = guide.blocks[guide.blocks.index(items[0]) - 1]
    assert before.kind is BlockKind.PARAGRAPH
    assert before.span.of(guide.text).endswith("current frontier models include:")


def test_the_takeaways_after_a_rule(guide: Guide) -> None:
    items = [
        block.span.of(guide.text)
        for block in guide.blocks
        if block.section == 10 and block.kind is BlockKind.ITEM
    ]
    assert [item[:20] for item in items] == [
        "No single company or",
        "DeepSeek's R1 releas",
        "Transformer architec",
        "Tool use—enabling mo",
        "Practitioner model s",
    ]
    assert items[0].endswith("as the primary differentiators.")


def test_advertising_is_cut_out_of_paragraphs(guide: Guide) -> None:
    boilerplate = [words for _, words in seen(guide, BlockKind.BOILERPLATE)][2:]
    assert [words[:24] for words in boilerplate] == ["Thank you for listening "] * 2
    assert boilerplate[0].endswith("Check out…")
    assert boilerplate[1].endswith("contact L")
    paragraphs = [words for _, words in seen(guide, BlockKind.PARAGRAPH)]
    assert sum("Build a Reasoning Model (From Scratch)." in words for words in paragraphs) == 2
    assert not any("Check out" in words or "://" in words for words in paragraphs)


def test_themes_are_tags(guide: Guide) -> None:
    themes = [words for _, words in seen(guide, BlockKind.TAGS)][5:]
    assert themes == ["llm", "machine-learning", "safety-alignment", "society", "culture"]
