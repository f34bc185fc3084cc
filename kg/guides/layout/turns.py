"""Who is speaking in a transcript: lines that open with a name and a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.guides.layout.shapes import SPEAKER, Line, is_name
from kg.guides.layout.words import LayoutWords

FEWEST_TURNS = 3
"""Lines with a speaker that make a text a transcript; one of the names must come back."""

LONGEST_SPEAKER = 5
"""Words of a speaker's name."""


def find_speakers(lines: Iterable[Line], words: LayoutWords) -> frozenset[str]:
    """Find the names that open turns; none in a text that is no transcript.

    Many a word stands before a colon once, so a single word in plain letters must come twice; a
    bold name or one of several words need not in a text in which others come back.
    """
    plain: Counter[str] = Counter()
    bold: Counter[str] = Counter()
    for line in lines:
        match = SPEAKER.match(line.text)
        if match is not None and _may_speak(match["name"], words):
            (bold if match["bold"] else plain)[match["name"]] += 1
    turns = bold + plain
    repeated = {name for name, count in turns.items() if count > 1}
    if not repeated or turns.total() < FEWEST_TURNS:
        return frozenset()
    return frozenset(repeated | bold.keys() | {name for name in plain if " " in name})


def match_turn(line: Line, speakers: frozenset[str]) -> re.Match[str] | None:
    """Return the match whose group ``name`` is the speaker of the line, or None."""
    match = SPEAKER.match(line.text) if speakers else None
    return match if match is not None and match["name"] in speakers else None


def _may_speak(name: str, words: LayoutWords) -> bool:
    return (
        len(name.split()) <= LONGEST_SPEAKER
        and is_name(name, words.particles)
        and words.label(name) in ("", "hosts", "guests")
        and words.role(name) in ("", "hosts", "guests")
        and " ".join(name.casefold().split()) not in words.not_speakers
    )
