"""What has lost its line breaks: lists, headings and advertising inside one line, and heads.

Pages often flatten Markdown, so that a list runs on in its paragraph: ``… include: - **One:** …
- **Two:** …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.guides.layout.drafts import LEVEL_OF_INNER_HEADING, Draft
from kg.guides.layout.words import LayoutWords
from kg.model import BlockKind, Span

FEWEST_FLAT_ITEMS = 2
"""Dashes that follow the end of a sentence or a colon before they are taken for bullets."""

LONGEST_DASHED_HEAD = 8
"""Words before a dash that may be the head of an item; before a colon two fewer."""

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})

_FLAT_RULE = re.compile(r"(?<=\s)(?:-{3,}|\*{3,}|_{3,})(?=\s)")
_FLAT_BULLET = re.compile(
    r"(?<=[.:!?…\"”’)\]*])[ \t\n]{1,8}[-–•*][ \t]{1,8}(?=(?P<bold>\*\*)|[^\W_a-z]|[\"“‘'(\[`$])"
    r"|(?<=[^\s])[ \t\n]{1,8}•[ \t]{1,8}(?=\S)"
)
_FLAT_HEADING = re.compile(r"\*\*(?P<words>[^*\n]{1,80}?):?\*\*:?\s*$")

_SENTENCE_END = re.compile(
    r"(?:[.!?…][\"”’)\]*]{0,3}|[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?|(?<!\S)https?://\S++)"
    r"[ \t\n]++(?=[^\W_a-z]|[\"“‘(\[@#*•]|https?://|[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_LAST_WORD = re.compile(r"[\w.]{1,12}$")
_LONGEST_SENTENCE_START = 300

_HEADS = (
    re.compile(r"(?:\*\*|__)(?P<head>[^*\n]{1,150}?)[ \t]*[:.]?(?:\*\*|__)"),
    re.compile(r"(?P<head>\S[^\n]{0,150}?)[ \t]{2,}[-–—][ \t]+(?=\S)"),
    re.compile(
        r"\[[ \t]*(?P<head>[^\[\]\n]{1,200}?)[ \t]*\](?:\([^()\s]{0,2000}\))?"
        r"[ \t]*(?:[-–—:][ \t]|$)"
    ),
)
_DASHED_HEAD = re.compile(r"(?P<head>[^\W_][^.!?:;\n\"“”]{0,100}?)[ \t]+[-–—][ \t]+(?=\S)")
_COLON_HEAD = re.compile(r"(?P<head>[^\W_a-z][^.!?:;\n\"“”]{0,80}?):[ \t]+(?=\S)")
_PARAGRAPH_HEAD = re.compile(
    r"(?:\*\*|__)(?P<head>[^*\n]{1,150}?)(?:[ \t]*[:.](?:\*\*|__)|(?:\*\*|__)[ \t]*[:–—-])(?=\s)"
)


def split_inline(text: str, drafts: list[Draft], words: LayoutWords) -> Iterator[Draft]:
    """Split prose and items at flattened lists and advertising; give every item its head."""
    for draft in drafts:
        if draft.kind not in _READ:
            yield draft
            continue
        for piece in _split_flat(text, draft):
            for sentence in _cut_boilerplate(text, piece, words):
                yield _with_head(text, sentence)


def _split_flat(text: str, draft: Draft) -> Iterator[Draft]:
    """Yield the paragraphs, headings and items that run on in one draft."""
    breaks = [
        (match.start(), match.end(), True)
        for match in _FLAT_RULE.finditer(text, draft.start, draft.end)
    ]
    bullets = list(_FLAT_BULLET.finditer(text, draft.start, draft.end))
    if len(bullets) >= FEWEST_FLAT_ITEMS or any(match["bold"] for match in bullets) or breaks:
        breaks += [(match.start(), match.end(), False) for match in bullets]
    at, kind = draft.start, draft.kind
    for start, end, is_rule in (*sorted(breaks), (draft.end, draft.end, True)):
        if start < at:
            continue  # the bullet after a rule is found with the rule's own white space
        heading = None
        if not is_rule:
            heading = _FLAT_HEADING.search(text, max(at, start - 100), start)
        if heading is None:
            yield replace(draft, start=at, end=start, kind=kind)
        else:
            if heading.start() > at:
                yield replace(draft, start=at, end=heading.start(), kind=kind)
            first, last = heading.span("words")
            yield Draft(first, last, BlockKind.HEADING, LEVEL_OF_INNER_HEADING, until=draft.end)
        at, kind = end, BlockKind.PARAGRAPH if is_rule else BlockKind.ITEM


def _cut_boilerplate(text: str, draft: Draft, words: LayoutWords) -> Iterator[Draft]:
    """Yield runs of sentences that are read and runs of those that are not."""
    start, reading = draft.start, True
    for first, last in _sentences(text, draft, words):
        begin = text[first : min(last, first + _LONGEST_SENTENCE_START)].lstrip(" \t\n*_")
        read = words.boilerplate_sentence.match(begin) is None
        if read != reading:
            if first > start:
                yield _run(draft, start, first, read=reading)
            start, reading = first, read
    yield _run(draft, start, draft.end, read=reading)


def _run(draft: Draft, start: int, end: int, *, read: bool) -> Draft:
    if read:
        return replace(draft, start=start, end=end)
    return Draft(start, end, BlockKind.BOILERPLATE)


def _sentences(text: str, draft: Draft, words: LayoutWords) -> Iterator[tuple[int, int]]:
    at = draft.start
    for match in _SENTENCE_END.finditer(text, draft.start, draft.end):
        if text[match.start()] == ".":
            word = _LAST_WORD.search(text, max(draft.start, match.start() - 12), match.start())
            if word is not None and _is_abbreviated(word.group(), words):
                continue
        yield at, match.end()
        at = match.end()
    yield at, draft.end


def _is_abbreviated(word: str, words: LayoutWords) -> bool:
    return word in words.abbreviations or (len(word) == 1 and word.isupper())


def _with_head(text: str, draft: Draft) -> Draft:
    if draft.kind is BlockKind.PARAGRAPH:
        match = _PARAGRAPH_HEAD.match(text, draft.start, draft.end)
    elif draft.kind is BlockKind.ITEM:
        match = _item_head(text, draft)
    else:
        return draft
    if match is None:
        return draft
    first, last = match.span("head")
    return replace(draft, head=Span(first, last))


def _item_head(text: str, draft: Draft) -> re.Match[str] | None:
    for pattern in _HEADS:
        if match := pattern.match(text, draft.start, draft.end):
            return match
    for pattern, most in (
        (_DASHED_HEAD, LONGEST_DASHED_HEAD),
        (_COLON_HEAD, LONGEST_DASHED_HEAD - 2),
    ):
        match = pattern.match(text, draft.start, draft.end)
        if match is not None and len(match["head"].split()) <= most:
            return match
    return None
