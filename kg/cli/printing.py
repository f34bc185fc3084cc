"""Text for a terminal: guides are other people's text, and must not command the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

# Marks that change the direction of what follows: with them a text can look like another.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    r"""Return a text on one line, without effect on a terminal.

    White space of any kind becomes one space; control characters, marks of direction and halves of
    UTF-16 pairs are shown as escapes.

    >>> printable("red: \x1b[31m\nnext")
    'red: \\x1b[31m next'
    """
    return "".join(_shown(character) for character in " ".join(text.split()))


def width(text: str) -> int:
    """Return how many columns a text takes: East Asian characters take two, accents none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "FW" else 1
        for c in text
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out rows in aligned columns under a head."""
    lines = [[printable(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["─" * columns for columns in widths])
    return "\n".join(
        "  ".join(
            cell + " " * (columns - width(cell)) for cell, columns in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _shown(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
    if not hidden and character not in _DIRECTION:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
