"""Lines that say something about the episode: `Label: value`, a label above its value, tags."""

from __future__ import annotations

import re

from kg.guides.layout.drafts import LEVEL_OF_INNER_HEADING, Draft, Facts
from kg.guides.layout.shapes import LABELLED, LONGEST_HEADING, Line, has_words, is_name
from kg.guides.layout.values import iso_date, iso_duration
from kg.guides.layout.words import LONGEST_LABEL, LayoutWords
from kg.model import BlockKind

TYPED = frozenset({"published", "updated", "duration"})
ALONE = TYPED | {"number", "series", "other"}
"""Labels that may stand on a line of their own, above the value; the others are headings then."""

LONGEST_TAG = 6
"""Words of a tag; a longer one is language."""
_TAG_BETWEEN = re.compile(r"[,;•·|\[\]\n]+|\s(?=#)")
_TAG_EDGES = "#*_`\"'“”. \t"
_NUMBER = re.compile(r"#?([0-9]{1,5})\b")
_PART_BETWEEN = re.compile(r"\s[•·|]\s")


def read_labelled(line: Line, facts: Facts, words: LayoutWords, *, in_header: bool) -> list[Draft]:
    """Read a line `Label: value`; an empty list when it is something else.

    Below the page's head only labels whose value shows that they are labels count.
    """
    match = LABELLED.match(line.text)
    if match is None or match.end() == len(line.text):
        return []
    meaning = words.label(match["label"])
    start = line.start + match.start("label")
    value_start = line.start + match.end()
    value = line.text[match.end() :]
    label = Draft(start, line.start + match.end("label"), BlockKind.METADATA)
    if meaning in TYPED:
        if facts.state_typed(meaning, value) or in_header:
            return [Draft(start, line.end, BlockKind.METADATA)]
        return []
    if meaning in ("hosts", "guests") and (in_header or is_name(value, words.particles)):
        heading = Draft(
            label.start, label.end, BlockKind.HEADING, LEVEL_OF_INNER_HEADING, until=line.end
        )
        return [heading, Draft(value_start, line.end, BlockKind.ITEM)]
    if meaning == "tags":
        tags = split_tags(value, value_start)
        return [label, *tags] if tags else []
    if not in_header:
        return []
    if meaning == "number" and (number := _NUMBER.match(value)) is not None:
        facts.state("number", number[1].lstrip("0"))
    unquoted = value.strip("\"'")
    if meaning in ("title", "series") and has_words(unquoted):
        kind = BlockKind.TITLE if meaning == "title" else BlockKind.SERIES
        facts.state(meaning, unquoted)
        shift = value_start + value.index(unquoted)
        return [label, Draft(shift, shift + len(unquoted), kind)]
    if meaning == "prose":
        return [label, Draft(value_start, line.end, BlockKind.PARAGRAPH)]
    return [Draft(start, line.end, BlockKind.METADATA)] if meaning else []


def read_label_above(
    line: Line, below: Line | None, facts: Facts, words: LayoutWords, *, in_header: bool
) -> list[Draft]:
    """Read a label on a line of its own and the value on the line below it."""
    meaning = words.label(line.text) if len(line.text) <= LONGEST_LABEL else ""
    if meaning not in ALONE or below is None or len(below.text) > LONGEST_HEADING:
        return []
    label = Draft(line.start, line.end, BlockKind.METADATA)
    value = Draft(below.start, below.end, BlockKind.METADATA)
    if meaning in TYPED:
        read = iso_duration if meaning == "duration" else iso_date
        if facts.state(meaning, read(below.text)) or in_header:
            return [label, value]
        return []
    if not in_header:
        return []
    if meaning == "series":
        facts.state("series", below.text)
        return [label, Draft(below.start, below.end, BlockKind.SERIES)]
    if meaning == "number":
        number = _NUMBER.match(below.text)
        if number is None:
            return []
        facts.state("number", number[1].lstrip("0"))
    return [label, value]


def read_byline(line: Line, facts: Facts) -> list[Draft]:
    """Read a line of the page's head that is dates, durations and the show's name.

    The parts stand between dots or bars: ``The Deep End • 1 March 2026 • 1h 5m``.
    """
    if len(line.text) > LONGEST_HEADING:
        return []
    parts: list[tuple[int, int]] = []
    at = 0
    for between in (*_PART_BETWEEN.finditer(line.text), None):
        parts.append((at, between.start() if between else len(line.text)))
        at = between.end() if between else at
    typed = {
        part: name
        for part in parts
        for name in ("published", "duration")
        if facts.state_typed(name, line.text[slice(*part)], whole=True)
    }
    drafts: list[Draft] = []
    for first, last in parts if typed else ():
        words = line.text[first:last]
        if not has_words(words):
            continue
        kind = BlockKind.METADATA
        if (first, last) not in typed and not facts["series"]:
            facts.state("series", words)
            kind = BlockKind.SERIES
        lead = len(words) - len(words.lstrip())
        drafts.append(
            Draft(line.start + first + lead, line.start + first + len(words.rstrip()), kind)
        )
    return drafts


def read_tag_line(line: Line, words: LayoutWords) -> list[Draft]:
    """Read a line of the page's head that lists tags, such as ``Discusses llm, society.``"""
    if len(line.text) > 500:
        return []
    if match := words.tag_line.match(line.text):
        tags = split_tags(match["tags"], line.start + match.start("tags"), most_words=3)
        if tags:
            return [Draft(line.start, tags[0].start, BlockKind.METADATA), *tags]
    pieces = line.text.split()
    if pieces and all(
        len(piece) > 1 and piece[0] == "#" and piece[1].isalpha() for piece in pieces
    ):
        return split_tags(line.text, line.start)
    return []


def split_tags(words: str, offset: int, *, most_words: int = LONGEST_TAG) -> list[Draft]:
    """Split a list with commas, brackets or hash signs between the tags.

    An empty list when one of them is so long that this is no list of tags.
    """
    tags: list[Draft] = []
    at = 0
    for between in (*_TAG_BETWEEN.finditer(words), None):
        piece = words[at : between.start() if between else len(words)]
        tag = piece.strip(_TAG_EDGES)
        if len(tag.split()) > most_words:
            return []
        if has_words(tag):
            start = offset + at + piece.index(tag)
            tags.append(Draft(start, start + len(tag), BlockKind.TAGS))
        at = between.end() if between else at
    return tags
