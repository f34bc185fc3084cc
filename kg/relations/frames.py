"""The ontology's frames, indexed by the word that can set them off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.ontology import Frame, Ontology


@dataclass(frozen=True, slots=True)
class FrameIndex:
    """Frames by lower-case trigger word; the most specific relation first in each list."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    acts: Mapping[str, tuple[Frame, ...]]
    between: Mapping[str, tuple[Frame, ...]]


@lru_cache(maxsize=4)
def frame_index(ontology: Ontology) -> FrameIndex:
    """Index an ontology's frames; kept per ontology."""
    found: dict[str, dict[str, list[Frame]]] = {
        kind: defaultdict(list) for kind in ("verb", "noun", "act", "between")
    }
    for relation in ontology.relations.values():
        for frame in relation.frames:
            found[frame.kind][_trigger(frame).lower()].append(frame)

    def breadth(frame: Frame) -> tuple[int, int, str, Frame]:
        relation = ontology.relations[frame.relation]
        return (
            -len(frame.words),
            len(relation.domain) * len(relation.range),
            frame.relation,
            frame,
        )

    def ordered(kind: str) -> dict[str, tuple[Frame, ...]]:
        return {word: tuple(sorted(frames, key=breadth)) for word, frames in found[kind].items()}

    return FrameIndex(ordered("verb"), ordered("noun"), ordered("act"), ordered("between"))


def _trigger(frame: Frame) -> str:
    """A noun phrase is set off by its last noun (``chief executive of`` by ``executive``)."""
    if frame.kind in {"noun", "act"}:
        return frame.words[-2] if len(frame.words) > 1 else frame.words[0]
    return frame.words[0]
