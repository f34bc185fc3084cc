"""Places in guides: sentences that are cited, each kept once, and offsets as a browser counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from kg.errors import GraphError
from kg.explorer.encoding import Utf16Offsets

Sentence: TypeAlias = tuple[int, int, str, str]  # episode, start, text, section


class Citations:
    """The episodes by number, their offsets, and the sentences cited so far.

    A place in the graph counts characters; every place given back counts UTF-16 units.
    """

    def __init__(self, episode_nodes: Sequence[str], nodes: Mapping[str, Any]) -> None:
        self._number = {node: index for index, node in enumerate(episode_nodes)}
        self._offset = [Utf16Offsets(str(nodes[node].get("text", ""))) for node in episode_nodes]
        self._sections = [nodes[node].get("sections", ()) for node in episode_nodes]
        self._sentence_number: dict[tuple[int, int, int], int] = {}
        self._sentences: list[Sentence] = []

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in the order in which they were cited first."""
        return tuple(self._sentences)

    def episode(self, iri: str) -> int:
        """Return an episode's number. Raises ``GraphError``."""
        if iri not in self._number:
            raise GraphError(
                f"The graph cites the episode {iri}, which it does not hold. Build it again."
            )
        return self._number[iri]

    def passage(self, place: Mapping[str, Any]) -> tuple[int, int, int]:
        """Return episode, start and length of an evidence or mention, in UTF-16 units."""
        episode = self.episode(place["episode"])
        start = self._offset[episode](place["start"])
        return episode, start, self._offset[episode](place["end"]) - start

    def offset(self, episode: int, character: int) -> int:
        """Return the place of a character of an episode's text."""
        return self._offset[episode](character)

    def cite(self, evidence: Mapping[str, Any]) -> int:
        """Return the number of a sentence, which is stored when it is cited first."""
        text = str(evidence["text"])
        shown = text.strip()
        start = evidence["start"] + len(text) - len(text.lstrip())
        episode = self.episode(evidence["episode"])
        key = (episode, start, len(shown))
        if key not in self._sentence_number:
            self._sentence_number[key] = len(self._sentences)
            section = str(evidence.get("section") or self._section_at(episode, start))
            self._sentences.append((episode, self._offset[episode](start), shown, section))
        return self._sentence_number[key]

    def _section_at(self, episode: int, start: int) -> str:
        around = [s for s in self._sections[episode] if s["start"] <= start < s["end"]]
        innermost = min(around, key=lambda s: (s["end"] - s["start"], s["start"]), default=None)
        return str(innermost["title"]) if innermost else ""
