"""From bytes to text that every later stage can rely on.

After :func:`clean_text` a text is NFC, its only white space is space, tab and line feed, and no
character in it is invisible on purpose: guide text is hostile.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

from kg.errors import SourceError

LARGEST_GUIDE = 50_000_000
"""Bytes of a guide beyond which it is refused: no episode's guide is that long."""

# The Stream-Safe Text Format of Unicode Standard Annex 15 allows as many in a row. Normalising is
# quadratic in their number, so a longer row is cut.
_MOST_COMBINING = 30

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiners, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, direction of writing
    "\u3164\uffa0\ufff9-\ufffb"  # fillers, annotation marks
    "\U000e0000-\U000e0fff]"  # tags and variation selectors that can carry a hidden message
)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NON_ASCII_ROW = re.compile("[^\x00-\x7f]{%d,}" % (_MOST_COMBINING + 1))  # noqa: UP031


def decode(data: bytes, name: str) -> str:
    """Decode a guide: UTF-8, or UTF-16 where a byte order mark says so.

    Raises ``SourceError``, which names the guide, when it is too large, not text, or in another
    encoding.
    """
    if len(data) > LARGEST_GUIDE:
        raise SourceError(
            f"{name}: the guide is larger than {LARGEST_GUIDE // 1_000_000} MB. "
            "Split it into one file an episode."
        )
    marked_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if marked_utf16 else "utf-8"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: byte {error.start} (0x{data[error.start]:02x}) is not {encoding.upper()}. "
            "Convert the file, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW_FILE"
        ) from error
    if "\x00" in text:
        raise SourceError(
            f"{name}: there is a NUL at offset {text.index(chr(0))}, so this is not a text file. "
            "Name the guide's text instead; if it is UTF-16, convert it: iconv -f UTF-16 -t UTF-8"
        )
    return text


def clean_text(text: str) -> str:
    """Normalise a text so that nothing in it is hidden, broken or written in two ways.

    Line ends become line feeds, other white space but tabs becomes spaces; control, zero-width and
    direction characters go; lone surrogates become U+FFFD; the rest is normalised to NFC. Linear
    in the length of the text, whatever it holds.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _HIDDEN.sub("", text)
    if text.isascii():
        return text
    text = _NO_CHARACTER.sub("\ufffd", _SPACES.sub(" ", text))
    if _NON_ASCII_ROW.search(text):
        text = _long_combining_row().sub(r"\1", text)
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1)
def _long_combining_row() -> re.Pattern[str]:
    combining = "".join(
        f"\\U{code:08x}" for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code))
    )
    return re.compile(f"([{combining}]{{{_MOST_COMBINING}}})[{combining}]+")
