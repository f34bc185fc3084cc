"""What a line looks like: bullets, rules, quotations, names, headings. No word lists, no state."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.guides.markup import TIME

LONGEST_HEADING = 120
LONGEST_TITLE = 300
LONGEST_NAME_LINE = 160

OPENING_QUOTES = "\"“«„‘'"
CLOSING_QUOTES = "\"”»“’'"

BULLET = re.compile(r"(?:[•‣▪◦●○▸►·*+–—-]|\(?[0-9]{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
MARKED_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?=[^\s#])")
QUOTE_MARK = re.compile(r">+(?:[ \t]?>)*[ \t]*")
FENCE = re.compile(r"```+|~~~+")
UNDERLINE = re.compile(r"(?P<marks>={3,}|-{3,})$")
IMAGE_LINE = re.compile(r"(?:!\[[^\]\n]{0,500}\]\([^)\n]{0,4000}\)\s{0,5}){1,20}$")
REMARK = re.compile(r"<!--.*-->$|\[[^\]\n]{1,100}\]:\s+\S+(?:\s+\"[^\"]*\")?$")
TABLE_ROW = re.compile(r"\|.*\|$")
LINK_LINE = re.compile(r"\[[^\[\]\n]{1,300}\]\([^()\s]{1,2000}\)$")
BOLD_LINE = re.compile(r"(?:\*\*|__)(?P<words>[^*\n]{1,120}?)(?:\*\*:?|__:?)$")
LABELLED = re.compile(
    r"(?:[•*+-][ \t]+)?(?:\*\*|__)?(?P<label>[^:*\n]{1,40}?)(?:\*\*[ \t]*:|:\*\*|__:|:__|[ \t]*:)"
    r"(?=\s|$)[ \t]*"
)
TIMED = re.compile(
    rf"(?P<time>\\?[\[(]?{TIME}\\?[\])]?(?:[ \t]*[-–—][ \t]*\\?[\[(]?{TIME}\\?[\])]?)?)"
    r"(?:[ \t]*[-–—:|•][ \t]+|[ \t]+)(?=\S)"
)
# Blanks are counted: two free runs of them beside each other would be tried in every split.
_BLANKS = r"[ \t]{0,8}"
_CLOCK = rf"\\?[\[(]?{TIME}\\?[\])]?"
SPEAKER = re.compile(
    rf"(?:{_CLOCK}{_BLANKS}[-–—:]?{_BLANKS})?(?P<bold>\*\*|__)?"
    r"(?P<name>[^\W\d_][^:*\n\[\](){}<>\"“”|]{0,48}?)"
    rf"{_BLANKS}(?:\*\*|__)?{_BLANKS}(?:\\?[\[(]{TIME}\\?[\])]{_BLANKS})?"
    rf":(?:\*\*|__)?(?=\s|$)[ \t]*"
)
ATTRIBUTION = re.compile(r"(?P<dash>—|–|―|--+|-|~)[ \t]*(?=\S)")
SAME_LINE_ATTRIBUTION = re.compile(r"[\"”»][ \t]+(?:—|–|―|--)[ \t]*(?=\S)")

_WORD = re.compile(r"[^\W_]")
_NAME_END = re.compile(r"[,(|]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; ``start`` and ``end`` count the guide's text."""

    start: int
    end: int
    indent: int
    text: str


def split_lines(text: str) -> list[Line]:
    """Split a text at its line feeds."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        left = raw.lstrip()
        indent = len(raw) - len(left)
        content = left.rstrip()
        lines.append(Line(at + indent, at + indent + len(content), indent, content))
        at += len(raw) + 1
    return lines


def has_words(text: str) -> bool:
    """Tell whether there is a letter or a digit in the text, in any script."""
    return _WORD.search(text) is not None


def is_quotation(words: str) -> bool:
    """Tell whether the words stand in quotation marks as a whole."""
    words = words.rstrip(".,…")
    return len(words) > 2 and words[0] in OPENING_QUOTES and words[-1] in CLOSING_QUOTES


def is_name(words: str, particles: Collection[str]) -> bool:
    """Tell whether the words look like a name, or names joined by ``and`` or ``&``.

    What follows a comma or a parenthesis, as a rule the person's post, does not count.
    """
    name = _NAME_END.split(words.strip("*_`[] @"), maxsplit=1)[0].split()
    return (
        0 < len(name) <= 8
        and name[0][0].isupper()
        and not name[-1].endswith((".", "!", "?", ";", ":")) | (name[-1] in particles)
        and all(word[0].isupper() or word in particles or word[0].isdigit() for word in name)
    )


def is_heading(words: str) -> bool:
    """Tell whether a line that stands alone may be a heading or a title, by its looks."""
    return (
        len(words) <= LONGEST_HEADING
        and len(words.split()) <= 20
        and has_words(words)
        and not words[0].islower()
        and words[-1] not in ".,;:…"
        and "://" not in words
    )


def is_title_cased(words: str) -> bool:
    """Tell whether most of the words' initials are capital."""
    initials = [word[0] for word in words.split() if word[0].isalpha()]
    return sum(map(str.isupper, initials)) * 10 >= len(initials) * 6 > 0


def heads_prose(words: str, below: str) -> bool:
    """Tell whether a line heads the one directly below: title case above a line far longer."""
    return (
        len(below) >= 2 * LONGEST_HEADING
        and len(words) <= LONGEST_HEADING
        and is_heading(words)
        and is_title_cased(words)
    )
