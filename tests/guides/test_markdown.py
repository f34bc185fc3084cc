"""Markdown: headings, lists, block quotations, code, front matter."""

from __future__ import annotations

import pytest

from kg.guides import parse_guide
from kg.guides.markup import plain_words
from kg.model import BlockKind, Guide
from tests.guides.reading import heads, seen, seen_in

NOTES = """\
---
title: "Ep. 7: Kernels & Quants"
date: 2025-11-03
duration: 3723
podcast: Tiny Tensors
tags:
  - quantisation
  - kernels
guest: Ola Brandt
layout: post
---

# Ep. 7: Kernels & Quants

![Cover](https://example.com/a.png)

Ola explains [FlashQuant](https://example.com/fq) and
why **INT4** matters.

## Highlights ##

* **INT4:** halves memory
  - nested *item*
1. First
2. Second
   goes on here

Petra Nunez:

> Never trust a
> benchmark.

Setext heading
--------------

> Quantisation is a bargain.
>
> — Ola Brandt

> A quotation that nobody signed.

```python
import secrets
```

| Model | Size |
|-------|------|
| Skald | 7B   |

***

**Bold heading**

It ends.

[1]: https://example.com/ref
<!-- a comment -->
"""


@pytest.fixture(scope="module")
def notes() -> Guide:
    return parse_guide(NOTES, "notes.md", "markdown")


def test_front_matter(notes: Guide) -> None:
    assert notes.title == "Ep. 7: Kernels & Quants"
    assert (notes.series, notes.number) == ("Tiny Tensors", "7")
    assert (notes.published, notes.duration) == ("2025-11-03", "PT1H2M3S")
    assert seen(notes)[:12] == [
        ("metadata", "title"),
        ("title", "Ep. 7: Kernels & Quants"),
        ("metadata", "date: 2025-11-03"),
        ("metadata", "duration: 3723"),
        ("metadata", "podcast"),
        ("series", "Tiny Tensors"),
        ("metadata", "tags:"),
        ("tags", "quantisation"),
        ("tags", "kernels"),
        ("heading", "guest"),
        ("item", "Ola Brandt"),
        ("metadata", "layout: post"),
    ]


def test_the_body(notes: Guide) -> None:
    assert seen(notes)[12:] == [
        ("title", "Ep. 7: Kernels & Quants"),
        ("boilerplate", "![Cover](https://example.com/a.png)"),
        (
            "paragraph",
            "Ola explains [FlashQuant](https://example.com/fq) and\nwhy **INT4** matters.",
        ),
        ("heading", "Highlights"),
        ("item", "**INT4:** halves memory"),
        ("item", "nested *item*"),
        ("item", "First"),
        ("item", "Second\n   goes on here"),
        ("attribution", "Petra Nunez"),
        ("quote", "Never trust a\n> benchmark."),
        ("heading", "Setext heading"),
        ("quote", "Quantisation is a bargain."),
        ("attribution", "Ola Brandt"),
        ("paragraph", "A quotation that nobody signed."),
        ("boilerplate", "```python\nimport secrets\n```"),
        ("item", "Model | Size"),
        ("item", "Skald | 7B"),
        ("heading", "Bold heading"),
        ("paragraph", "It ends."),
        ("boilerplate", "[1]: https://example.com/ref"),
        ("boilerplate", "<!-- a comment -->"),
    ]
    assert heads(notes) == ["INT4"]


def test_sections_and_quotes(notes: Guide) -> None:
    assert [(section.level, section.title) for section in notes.sections] == [
        (7, "guest"),
        (2, "Highlights"),
        (2, "Setext heading"),
        (3, "Bold heading"),
    ]
    said = [
        (plain_words(notes.text, q.quotation.start, q.quotation.end), q.attribution.of(notes.text))
        for q in notes.quotes
    ]
    assert said == [
        ("Never trust a benchmark.", "Petra Nunez"),
        ("Quantisation is a bargain.", "Ola Brandt"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule, then prose.\n\n---\n",
        "---\ntitle: never closed\n",
        "---\nnot a field\ntitle: too late\n---\n\nProse.\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    guide = parse_guide(text, "notes.md", "markdown")
    assert BlockKind.PARAGRAPH in {block.kind for block in guide.blocks} or guide.title


def test_an_open_fence_hides_nothing() -> None:
    text = "They talk.\n\n```\n\nHalden Labs is in Bergen.\n"
    assert seen_in(text, format="markdown")[-1] == ("paragraph", "Halden Labs is in Bergen.")


def test_only_marked_lines_are_headings_where_headings_are_marked() -> None:
    text = "# Small Models\n\n## One\n\nChief of Halden\n\nIt is late.\n\n## Two\n\nIt ends.\n"
    assert seen_in(text, format="markdown")[2] == ("paragraph", "Chief of Halden")


def test_a_blank_line_ends_a_paragraph_and_nothing_else_does() -> None:
    text = "It is late.\nThe bill came.\n\nThey paid."
    assert seen_in(text, format="markdown") == [
        ("paragraph", "It is late.\nThe bill came."),
        ("paragraph", "They paid."),
    ]


def test_tags_on_lines_of_one_paragraph() -> None:
    text = "# Small Models\n\n## Themes\n\nllm\n[x] open weights\n"
    assert seen_in(text, BlockKind.TAGS, format="markdown") == [
        ("tags", "llm"),
        ("tags", "x"),
        ("tags", "open weights"),
    ]
