"""Where the names of a gold annotation, which has no offsets, stand in a guide's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from kg.model import Span
from kg.names import fold

_WORD = re.compile(r"(?:[^\W_]|[+#])+")


def occurrences(text: str, names: Mapping[str, Sequence[str]]) -> dict[str, list[Span]]:
    """Find where each id is named in a text: whole words that fold to one of its names.

    A name inside a longer one (*Alpha* in *Alpha 2*) is not meant there, unless the text has it
    nowhere else. A leading article is left out. An id that the text does not name has an empty
    list; places are in text order.
    """
    bearers: dict[str, set[str]] = {}
    for id_, forms in names.items():
        for form in forms:
            if folded := fold(form):
                bearers.setdefault(folded, set()).add(id_)
    places = dict(_places(text, bearers.keys()))
    outer = _outermost(places)
    found: dict[str, list[Span]] = {}
    for id_ in names:
        own = [span for span, folded in places.items() if id_ in bearers[folded]]
        found[id_] = sorted(outer.intersection(own) or _outermost(own))
    return found


def _places(text: str, names: Set[str]) -> Iterator[tuple[Span, str]]:
    """Yield the pieces of whole words that fold to one of the names, and that name.

    Of pieces with one start and one name the shortest: *Alpha*, not *Alpha's*.
    """
    beginnings = {name[:length] for name in names for length in range(1, len(name) + 1)}
    words = [(word.start(), word.end(), _plain(word.group())) for word in _WORD.finditer(text)]
    for first, (start, _, _) in enumerate(words):
        read = ""
        seen: set[str] = set()
        for index in range(first, len(words)):
            _, end, plain = words[index]
            read += plain
            # The plural's s may follow the whole name.
            if read not in beginnings and read[:-1] not in names:
                break
            folded = fold(text[start:end])
            if folded in names and folded not in seen:
                seen.add(folded)
                yield Span(start, end), folded


def _plain(word: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFKC", word).casefold()))


def _outermost(spans: Iterable[Span]) -> set[Span]:
    """Leave out the spans that lie inside another."""
    kept: set[Span] = set()
    reach = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > reach:
            kept.add(span)
            reach = span.end
    return kept
