"""The words of guide layouts, from ``layout.toml`` of the ontology folder, as typed values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError

LAYOUT_FILE = "layout.toml"
LONGEST_LABEL = 60
"""Characters beyond which a line is neither a label nor a known heading."""

_NOT_IN_LABELS = re.compile(r"[^\w&';/ -]+")


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """What the reader knows about how guides are laid out; ``layout.toml`` explains each.

    ``labels`` maps a folded label to what it labels (``published``, ``duration``, ``hosts``, …),
    ``headings`` a folded heading to the role of its section (``summary``, ``themes``, …).
    """

    labels: Mapping[str, str]
    headings: Mapping[str, str]
    title_patterns: tuple[re.Pattern[str], ...]
    series_words: frozenset[str]
    particles: frozenset[str]
    not_speakers: frozenset[str]
    boilerplate_line: re.Pattern[str]
    boilerplate_sentence: re.Pattern[str]
    abbreviations: frozenset[str]
    tag_line: re.Pattern[str]

    def label(self, line: str) -> str:
        """Return what the label says something about, or an empty string for other words."""
        return self.labels.get(fold_label(line), "") if len(line) <= LONGEST_LABEL else ""

    def role(self, heading: str) -> str:
        """Return the role of the section under the heading, or an empty string."""
        return self.headings.get(fold_label(heading), "") if len(heading) <= LONGEST_LABEL else ""


def fold_label(words: str) -> str:
    """Reduce a label or heading to what identifies it.

    >>> fold_label("## 📰 Key  Takeaways:")
    'key takeaways'
    """
    return " ".join(_NOT_IN_LABELS.sub(" ", words).casefold().split()).strip("-/;' ")


def load_layout_words(folder: Path | None = None) -> LayoutWords:
    """Read ``layout.toml`` of an ontology folder, of the shipped one when none is named.

    Raises ``OntologyError`` where the file is missing, is not TOML, lacks a list or holds a
    pattern that is no regular expression.
    """
    if folder is None:
        from kg.ontology import ontology_folder

        folder = ontology_folder()
    return _load(folder / LAYOUT_FILE)


@lru_cache(maxsize=4)
def _load(path: Path) -> LayoutWords:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return _layout_words(tables)
    except OSError as error:
        raise OntologyError(
            f"{path}: {error.strerror or error}. Name an ontology folder that has this file."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, re.error) as error:
        raise OntologyError(f"{path}: {error}. Mend the file.") from error
    except KeyError as error:
        raise OntologyError(f"{path}: the list {error} is missing. Add it.") from error


def _layout_words(tables: Mapping[str, Any]) -> LayoutWords:
    return LayoutWords(
        labels=_by_word(tables["labels"]),
        headings=_by_word(tables["headings"]),
        title_patterns=tuple(re.compile(one) for one in tables["titles"]["patterns"]),
        series_words=frozenset(tables["titles"]["series_words"]),
        particles=frozenset(tables["people"]["particles"]),
        not_speakers=frozenset(map(fold_label, tables["people"]["not_speakers"])),
        boilerplate_line=_any_of(tables["boilerplate"]["lines"]),
        boilerplate_sentence=_any_of(tables["boilerplate"]["sentences"]),
        abbreviations=frozenset(tables["boilerplate"]["abbreviations"]),
        tag_line=_any_of(tables["tags"]["lines"]),
    )


def _by_word(table: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, words in table.items():
        for word in words:
            found.setdefault(fold_label(word), meaning)
    return found


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
