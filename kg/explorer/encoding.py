"""What changes between Python's text and a browser's: offsets, and JSON inside HTML."""

from __future__ import annotations

import json
from bisect import bisect_left

# The characters that could end the block, open a comment in it, or break a line of script.
_INSIDE_SCRIPT = str.maketrans(
    {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
)


class Utf16Offsets:
    """Turns offsets that count Unicode characters into JavaScript's, which count UTF-16 units.

    >>> Utf16Offsets("a😀b")(2)
    3
    """

    def __init__(self, text: str) -> None:
        self._astral = [index for index, character in enumerate(text) if character > "\uffff"]

    def __call__(self, offset: int) -> int:
        """Return the UTF-16 offset of the character at ``offset``."""
        return offset + bisect_left(self._astral, offset)


def script_json(value: object) -> str:
    """Write JSON that can stand inside a ``<script>`` element whatever its strings hold.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
    )
    return text.translate(_INSIDE_SCRIPT)
