"""Pages saved as text: title, labels, headings, quotations, lists, advertising."""

from __future__ import annotations

import pytest

from kg.guides import parse_guide
from kg.model import BlockKind, Guide
from tests.guides.reading import heads, seen, seen_in

PAGE = """\
The Cheap Tutor Nobody Asked For | Deep End Radio #212

Deep End

Published
2026-06-08

Summary

Mara Lindqvist asks Ines Corva of Halden Labs why Skald 2 teaches better than it plays chess.

"Why is this so slow?" — Pricing Patience, Not Tokens

"We measured patience, not speed.
It turned out that nobody had."
— Ines Corva

"Forks Are the Point"

"Forks are the point."
-- Mara Lindqvist & Ines Corva

Halden Ships on a Tuesday

"We shipped it on a Tuesday," she says, "and forgot the licence."
- Ines Corva, Halden Labs

- Cold open: bad pitches  - Why investors left the room
- Skald 2 demo  - A walk through the tutor
- Latency  - $80 an hour - or nothing
"""


@pytest.fixture(scope="module")
def page() -> Guide:
    return parse_guide(PAGE, "page.txt")


def test_facts(page: Guide) -> None:
    # The title gives the show's name in full where the channel's line shortens it.
    assert (page.series, page.number, page.published) == ("Deep End Radio", "212", "2026-06-08")
    assert page.title == "The Cheap Tutor Nobody Asked For | Deep End Radio #212"


def test_blocks_of_a_page_with_quotations(page: Guide) -> None:
    assert seen(page)[5:] == [
        (
            "paragraph",
            "Mara Lindqvist asks Ines Corva of Halden Labs why Skald 2 teaches better than it "
            "plays chess.",
        ),
        ("heading", '"Why is this so slow?" — Pricing Patience, Not Tokens'),
        ("quote", "We measured patience, not speed.\nIt turned out that nobody had."),
        ("attribution", "Ines Corva"),
        ("heading", "Forks Are the Point"),
        ("quote", "Forks are the point."),
        ("attribution", "Mara Lindqvist & Ines Corva"),
        ("heading", "Halden Ships on a Tuesday"),
        ("quote", 'We shipped it on a Tuesday," she says, "and forgot the licence.'),
        ("attribution", "Ines Corva, Halden Labs"),
        ("item", "Cold open: bad pitches  - Why investors left the room"),
        ("item", "Skald 2 demo  - A walk through the tutor"),
        ("item", "Latency  - $80 an hour - or nothing"),
    ]


def test_heads_stand_before_the_dash(page: Guide) -> None:
    assert heads(page) == ["Cold open: bad pitches", "Skald 2 demo", "Latency"]


def test_quotes_are_paired_with_who_said_them(page: Guide) -> None:
    said = [(q.quotation.of(page.text)[:10], q.attribution.of(page.text)) for q in page.quotes]
    assert said == [
        ("We measure", "Ines Corva"),
        ("Forks are ", "Mara Lindqvist & Ines Corva"),
        ("We shipped", "Ines Corva, Halden Labs"),
    ]


def test_a_heading_of_a_quotation_heads_no_list(page: Guide) -> None:
    titles = {page.section_title(block) for block in page.blocks if block.kind is BlockKind.ITEM}
    assert titles == {"Summary"}


@pytest.mark.parametrize(
    ("title", "number", "series", "published"),
    [
        ("#490 – Small Models", "490", "", ""),
        ("Ep 12: Small Models", "12", "", ""),
        ("Episode 007 - Small Models", "7", "", ""),
        ("CR 588: Small Models", "588", "", ""),
        ("33. Small Models", "33", "", ""),
        ("Small Models | Deep End #494", "494", "Deep End", ""),
        ("Small Models - Deep End Podcast (Ep. 5)", "5", "Deep End Podcast", ""),
        ("Small Models | E2298", "2298", "", ""),
        ("Small Models | The Deep End Show", "", "The Deep End Show", ""),
        ("Small Models — Deep End 2026-05-26", "", "Deep End", "2026-05-26"),
        ("Deep End 2026-05-26", "", "Deep End", "2026-05-26"),
        ("Small Models | Ines Corva", "", "", ""),
        ("2026: The Year of Small Models", "", "", ""),
        ("GPT-5 and 7 Other Models", "", "", ""),
        ("Part 2: Small Models", "", "", ""),
    ],
)
def test_what_titles_say(title: str, number: str, series: str, published: str) -> None:
    guide = parse_guide(f"{title}\n\nSummary\n\nThey talk about models.", "guide.txt")
    assert guide.title == title
    assert (guide.number, guide.series, guide.published) == (number, series, published)


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("Published: March 3, 2026\nDuration: 1h 5m", ("2026-03-03", "", "PT1H5M")),
        ("* Air Date: 2024-09-18\n* Duration: 59 mins 32 secs", ("2024-09-18", "", "PT59M32S")),
        (
            "**Released:** 3 May 2024\n**Last updated**: 4 May 2024",
            ("2024-05-03", "2024-05-04", ""),
        ),
        ("Published\n2026-02-30\nLast updated\nMarch 3, 2026", ("", "2026-03-03", "")),
        ("March 3, 2026 • 1:02:03", ("2026-03-03", "", "PT1H2M3S")),
        ("Published\nMarch 3, 2026\n\nPublished: March 4, 2026", ("2026-03-03", "", "")),
    ],
)
def test_labels_and_their_values(head: str, facts: tuple[str, str, str]) -> None:
    guide = parse_guide(f"Small Models\n\n{head}\n\nSummary\n\nThey talk.", "guide.txt")
    assert (guide.published, guide.updated, guide.duration) == facts
    assert [words for _, words in seen(guide, *set(BlockKind) - {BlockKind.METADATA})] == [
        "Small Models",
        "Summary",
        "They talk.",
    ]


def test_a_label_below_the_head_needs_its_value() -> None:
    text = "Small Models\n\nSummary\n\nUpdated: the lab answered.\n\nUpdated: 4 May 2024\n"
    assert seen_in(text)[2:] == [
        ("paragraph", "Updated: the lab answered."),
        ("metadata", "Updated: 4 May 2024"),
    ]


def test_hosts_guests_and_tags_in_the_head() -> None:
    guide = parse_guide(
        "Small Models\n\nHosts: Mara Lindqvist and Tobias Okafor\nGuest: Ines Corva, Halden Labs\n"
        "Topics: open weights, inference\n\nThe three of them talk about models.\n",
        "guide.txt",
    )
    assert [
        (*one, guide.section_title(block))
        for one, block in zip(seen(guide), guide.blocks, strict=True)
    ] == [
        ("title", "Small Models", ""),
        ("heading", "Hosts", "Hosts"),
        ("item", "Mara Lindqvist and Tobias Okafor", "Hosts"),
        ("heading", "Guest", "Guest"),
        ("item", "Ines Corva, Halden Labs", "Guest"),
        ("metadata", "Topics", ""),
        ("tags", "open weights", ""),
        ("tags", "inference", ""),
        ("paragraph", "The three of them talk about models.", ""),
    ]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Themes\n\n• llm\n• open-weight models", ["llm", "open-weight models"]),
        ("Tags\n\n[ai cameras], [larry ellison]", ["ai cameras", "larry ellison"]),
        ("Themes\n\nllm, society; “culture”", ["llm", "society", "culture"]),
        ("#llm #open-weights", ["llm", "open-weights"]),
        ("Covers llm, scaling laws.", ["llm", "scaling laws"]),
        ("Themes\n\n- **Safety**: how the labs test their models before they ship them", []),
        ("Covers how the labs test their models, and why they ship them.", []),
    ],
)
def test_tags(text: str, tags: list[str]) -> None:
    found = seen_in(f"Small Models\n\n{text}\n", BlockKind.TAGS)
    assert [words for _, words in found] == tags


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("OpenAI released GPT-5. It was late.", ["paragraph"]),
        ("OpenAI released GPT-5.\n\nIt was late.\n", ["paragraph", "paragraph"]),
        ("One line without a full stop", ["paragraph"]),
        ("A Title\n\nIt was late.", ["title", "paragraph"]),
        ("A Title\nIt was late, and nobody had thought of the licence.", ["paragraph"] * 2),
        ("A Title\n" + "It was late. " * 30, ["title", "paragraph"]),
        ("a lower-case start\n\nIt was late.", ["paragraph", "paragraph"]),
        ("Well said.\n\nA Heading\n\nIt was late.", ["paragraph", "heading", "paragraph"]),
        ("Well said.\n\nA last short line", ["paragraph", "paragraph"]),
        ("Well said.\n\nA Heading\n" + "It was late. " * 30, ["paragraph", "heading", "paragraph"]),
        ("Well said.\n\nSummary: It was late.", ["paragraph", "heading", "paragraph"]),
        (
            "Well said.\n\nAda Holm\n\nInes Corva\n\nOla Brandt\n\nMara Lindqvist",
            ["paragraph", "item", "item", "item", "item"],
        ),
    ],
)
def test_titles_headings_and_prose(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in seen_in(text)] == kinds


def test_lines_that_are_wrapped_are_one_paragraph() -> None:
    wrapped = (
        "The lab trained the model on nine hundred chips for a\n"
        "month, and nobody asked what it had cost until the\n"
        "bill came."
    )
    assert seen_in(f"{wrapped}\n\nThen they paid.") == [
        ("paragraph", wrapped),
        ("paragraph", "Then they paid."),
    ]


def test_lines_that_are_sentences_are_paragraphs_of_their_own() -> None:
    text = "What did it cost?\nWho paid the bill?\nNobody knows."
    assert [words for _, words in seen_in(text)] == text.split("\n")


@pytest.mark.parametrize(
    ("item", "head"),
    [
        ("- **Mixture of Experts (MoE):** routes tokens", "Mixture of Experts (MoE)"),
        ("* **KV cache**: keeps what was read", "KV cache"),
        ("1. **Alone in bold**", "Alone in bold"),
        ("- Skald 2 demo  - a walk - or a run", "Skald 2 demo"),
        ("• [The paper](https://example.com/p) — how it was trained", "The paper"),
        ("  * [A headline ]", "A headline"),
        ("2) Skald 2 – the tutor", "Skald 2"),
        ("- Distillation: teaching the small one", "Distillation"),
        ("- A word of bold **later** is no head", None),
        ("- So they said: it was a long and winding way to a model: really", "So they said"),
        ("- It was a long sentence with words enough before a dash - and it ends", None),
        ("- It cost much. Nobody paid: why?", None),
        ("- Tool use—enabling models to call others", None),
    ],
)
def test_heads_of_items(item: str, head: str | None) -> None:
    guide = parse_guide(f"They talk.\n\n{item}\n", "guide.txt")
    assert [block.kind for block in guide.blocks] == [BlockKind.PARAGRAPH, BlockKind.ITEM]
    assert heads(guide) == ([head] if head else [])


def test_a_paragraph_has_a_head_only_in_bold_and_set_off() -> None:
    text = "**Latency:** it is slow.\n\n**Halden Labs** is in Bergen.\n\nLatency: it is slow."
    assert heads(parse_guide(text, "guide.txt")) == ["Latency"]


def test_a_flattened_list_needs_more_than_one_dash() -> None:
    one = "It was fast. - And cheap, they said."
    assert seen_in(one) == [("paragraph", one)]
    assert seen_in("It has three parts: - Router. - Experts. - Glue.") == [
        ("paragraph", "It has three parts:"),
        ("item", "Router."),
        ("item", "Experts."),
        ("item", "Glue."),
    ]


def test_a_heading_inside_a_line_ends_with_it() -> None:
    guide = parse_guide(
        "They part as friends. --- **Key takeaways:** - Small wins. - Cheap wins.\n\nThe end.",
        "guide.txt",
    )
    assert [
        (*one, block.section) for one, block in zip(seen(guide), guide.blocks, strict=True)
    ] == [
        ("paragraph", "They part as friends.", -1),
        ("heading", "Key takeaways", 0),
        ("item", "Small wins.", 0),
        ("item", "Cheap wins.", 0),
        ("paragraph", "The end.", -1),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thank you for listening ❤",
        "Check out our sponsors: https://example.com/deal",
        "Check out…",
        "This episode is brought to you by Acme Cloud.",
        "Sponsored by Dr. Acme of Acme Cloud.",
        "Get 20% off with Acme Cloud.",
        "Use code DEEPEND at the till.",
        "Please subscribe and tell a friend!",
        "See below for timestamps, transcript, and to write to us.",
        "https://example.com/ep12",
    ],
)
def test_advertising_between_sentences(sentence: str) -> None:
    text = f"Halden Labs is in Bergen. {sentence} Skald 2 is its model."
    assert seen_in(text) == [
        ("paragraph", "Halden Labs is in Bergen."),
        ("boilerplate", sentence),
        ("paragraph", "Skald 2 is its model."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers doubled.",
        "Use code generation with care.",
        "Check out the RLHF Book.",
        "Copyright law is slow.",
        "Get models off the ground.",
        "Support for CUDA came late.",
        "Home is where the GPU is.",
    ],
)
def test_what_only_looks_like_advertising(sentence: str) -> None:
    text = f"Halden Labs is in Bergen. {sentence}"
    assert seen_in(text) == [("paragraph", text)]
    assert seen_in(f"They talk.\n\n{sentence}\n\nIt ends.")[1] == ("paragraph", sentence)


@pytest.mark.parametrize(
    "line",
    [
        "Podcast Guide",
        "Video thumbnail for Small Models — Deep End",
        "https://example.com/ep12",
        "mara@example.org",
        "[Music]",
        "Ad break",
        "Apple Podcasts | Spotify | RSS",
        "© 2026 Deep End",
        "Listen on any player",
    ],
)
def test_furniture_of_the_page(line: str) -> None:
    text = f"Small Models\n\nThey talk about models.\n\n{line}\n\nIt ends."
    assert seen_in(text)[2] == ("boilerplate", line)


def test_a_section_of_sponsors_is_not_read() -> None:
    text = "They talk.\n\nSponsors\n\n- Acme Cloud: clouds\n- Beta Bank\n\nShow notes\n\nIt ends."
    assert [kind for kind, _ in seen_in(text)] == [
        "paragraph",
        *["boilerplate"] * 3,
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("line", "time", "topic"),
    [
        ("00:12:30 – Why Skald 2 uses MLA", "00:12:30", "Why Skald 2 uses MLA"),
        ("(12:30) Why Skald 2 uses MLA", "(12:30)", "Why Skald 2 uses MLA"),
        ("- 12:30: Why Skald 2 uses MLA", "12:30", "Why Skald 2 uses MLA"),
        ("0:00 - 1:30 - Cold open", "0:00 - 1:30", "Cold open"),
        ("[1:02:03] Closing", "[1:02:03]", "Closing"),
    ],
)
def test_chapters_with_their_times(line: str, time: str, topic: str) -> None:
    text = f"They talk.\n\nChapters\n\n{line}\n"
    assert seen_in(text)[2:] == [("metadata", time), ("item", topic)]


@pytest.mark.parametrize(
    "attribution",
    ["— Ines Corva", "– Ines Corva", "-- Ines Corva", "- Ines Corva", "—Ines Corva, Halden Labs"],
)
def test_dashes_before_who_said_it(attribution: str) -> None:
    name = attribution.lstrip("—– -")
    for between in ("\n", "\n\n"):
        text = f"They talk.\n\n“Small is fast.”{between}{attribution}\n\nIt ends."
        assert seen_in(text)[1:3] == [("quote", "Small is fast."), ("attribution", name)]


def test_a_quotation_and_its_name_on_one_line() -> None:
    guide = parse_guide('They talk.\n\n"Small is fast." — Ines Corva\n\nIt ends.', "guide.txt")
    assert seen(guide)[1:3] == [("quote", "Small is fast."), ("attribution", "Ines Corva")]
    assert len(guide.quotes) == 1


def test_a_list_below_a_quotation_is_no_attribution() -> None:
    text = 'They talk.\n\n"Small is fast."\n- Halden Labs\n- Skald 2\n'
    assert seen_in(text)[1:] == [
        ("paragraph", '"Small is fast."'),
        ("item", "Halden Labs"),
        ("item", "Skald 2"),
    ]


def test_a_quotation_that_nobody_signed_is_prose() -> None:
    guide = parse_guide('They talk.\n\n"Small is fast."\n\nIt ends.', "guide.txt")
    assert not guide.quotes
    assert not seen(guide, BlockKind.QUOTE)


def test_a_title_may_be_two_sentences() -> None:
    text = (
        "I measured the new queue. It was slow.\n\nSlow Engines\n\nPublished\n2026-03-01\n\n"
        "Summary\n\nAda Holm measured a queue and tells what she saw.\n"
    )
    guide = parse_guide(text, "notes.txt")
    assert guide.title == "I measured the new queue. It was slow."
    assert guide.series == "Slow Engines"
    assert guide.published == "2026-03-01"
