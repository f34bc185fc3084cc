"""What inside a block is markup and not language: to be skipped by whoever reads the words.

A block is a piece of the guide's text as it stands, so Markdown's marks and the addresses of links
are inside it. They are found here, in one pass that is linear in the length of the piece.
"""

from __future__ import annotations

import re

from kg.model import Span

TIME = r"[0-9]{1,2}:[0-5][0-9](?::[0-5][0-9])?"
"""A place in a recording, as a regular expression: ``12:30`` or ``1:02:03``."""

# Lower-case host names are taken for addresses only before a path: Node.js and Z.ai are names.
_HOST_ENDS = "com|org|net|io|ai|fm|co|dev|gov|edu|news|so|me|tv|app|xyz|info|ly|gg|be|uk|de|eu|us"

_MARKUP = re.compile(
    rf"""
      \\?[\[(]{TIME}\\?[\])]                                      # [12:30], escaped or not
    | \]\((?:<[^<>\n]{{0,2000}}>|[^()\s]{{0,2000}}(?:\([^()\s]{{0,500}}\)[^()\s]{{0,500}}){{0,4}})
        (?:\s{{1,3}}"[^"\n]{{0,500}}")?\s{{0,3}}\)                # ](address "title")
    | \]\[[^\[\]\n]{{0,200}}\]                                    # ][reference]
    | \[\^[^\[\]\s]{{1,50}}\]                                     # [^footnote]
    | <(?:https?://|mailto:)[^<>\s]{{1,2000}}>                    # <address>
    | <!--(?:(?!-->).){{0,500}}-->                               # <!-- comment -->
    | </?[A-Za-z][^<>]{{0,500}}>                                  # <tag>
    | (?P<address>(?:https?://|\bwww\.)[^\s<>"“”\])]+
        | (?<![\w.@/-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_HOST_ENDS})/[^\s<>"“”\])]*)
    | (?<![\w.+@-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,4}}
    | (?<=\n)[ \t]*>(?:[ \t]?>)*                                  # a block quotation's next line
    | \\(?=[!-/:-@\[-`{{-~])                                      # an escape
    | !?\[ | \]
    | `+ | ~~+
    | \*{{2,}} | __+
    | (?P<emphasis>\*|_)
    """,
    re.VERBOSE | re.DOTALL,
)
_SENTENCE_MARKS = ".,;:!?'’"


def markup_spans(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Find the pieces of ``text[start:end]`` that are markup or addresses, in order.

    Marks of emphasis count only in pairs, so that the star of ``A*`` stays a part of the name.
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    opened: dict[str, int] = {}  # mark of emphasis → index in spans of one that opens
    single: set[int] = set()  # indices in spans of marks of emphasis not yet closed
    for match in _MARKUP.finditer(text, start, end):
        first, last = match.span()
        mark, group = match.group(), match.lastgroup
        in_word = (
            start < first and last < end and text[first - 1].isalnum() and text[last].isalnum()
        )
        if group == "address":
            last = first + len(mark.rstrip(_SENTENCE_MARKS))
        elif in_word and mark[0] == "_":
            continue
        elif group == "emphasis":
            opens = last < end and not text[last].isspace()
            closes = first > start and not text[first - 1].isspace()
            if closes and mark in opened:
                single.discard(opened.pop(mark))
            elif opens and not (first > start and text[first - 1].isalnum()):
                opened[mark] = len(spans)
                single.add(len(spans))
            else:
                continue
        spans.append(Span(first, last))
    return tuple(span for index, span in enumerate(spans) if index not in single)


def blank_markup(text: str, start: int = 0, end: int | None = None) -> str:
    """Return the piece with markup and addresses blanked, as long as it was."""
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for span in markup_spans(text, start, end):
        parts += (text[at : span.start], " " * (span.end - span.start))
        at = span.end
    return "".join((*parts, text[at:end]))


def plain_words(text: str, start: int = 0, end: int | None = None) -> str:
    """Return the piece's words: markup left out, white space as single spaces.

    >>> plain_words("## The **H100** [chip](https://example.com)")
    '## The H100 chip'
    """
    end = len(text) if end is None else end
    parts: list[str] = []
    at = start
    for span in markup_spans(text, start, end):
        parts.append(text[at : span.start])
        at = span.end
    return " ".join("".join((*parts, text[at:end])).split())
