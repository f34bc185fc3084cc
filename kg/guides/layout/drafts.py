"""A block while the guide is still being read, and the facts gathered on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.guides.layout.values import iso_date, iso_duration
from kg.guides.layout.words import LayoutWords
from kg.model import BlockKind, Span

LEVEL_OF_KNOWN_HEADING = 1
LEVEL_OF_OTHER_HEADING = 2
LEVEL_OF_BOLD_HEADING = 3
LEVEL_OF_INNER_HEADING = 7
"""Of a heading that stands inside a line; deeper than any of Markdown's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A piece of the layout before sections are known.

    ``level`` is that of a heading. ``until`` is where such a heading's section ends at the latest,
    0 for no such place. ``quoted`` marks what becomes a quotation once it is known whose it is.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    until: int = 0
    head: Span | None = None
    speaker: Span | None = None
    quoted: bool = False


@dataclass(slots=True)
class Facts:
    """What the guide states about the episode; the first statement of each counts."""

    values: dict[str, str] = field(default_factory=dict)

    def state(self, name: str, value: str) -> bool:
        """Keep the value unless it is empty or one is known; tell whether it was not empty."""
        value = " ".join(value.split())
        if value:
            self.values.setdefault(name, value)
        return bool(value)

    def state_typed(self, name: str, words: str, *, whole: bool = False) -> bool:
        """Read a date or a duration for the fact and keep it; tell whether there was one."""
        read = iso_duration if name == "duration" else iso_date
        return self.state(name, read(words, whole=whole))

    def state_from_title(self, title: str, words: LayoutWords) -> None:
        """Take what the title itself says: the show's name, the episode's number, its date."""
        said: dict[str, str] = {}
        for pattern in words.title_patterns:
            match = pattern.search(title)
            for name, value in match.groupdict().items() if match else ():
                said.setdefault(name, value or "")
        series = said.get("series", "").strip(" -–—|:,")
        known = self.values.get("series", "")
        # A channel's line often shortens the show's name, which the title gives in full.
        if known and len(series) > len(known) and series.casefold().startswith(known.casefold()):
            self.values["series"] = series
        self.state("series", series)
        self.state("number", said.get("number", "").lstrip("0"))
        self.state_typed("published", said.get("published", ""))

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")
