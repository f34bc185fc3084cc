"""References: which entity a pronoun or a phrase such as *the company* stands for.

Only what is clear within the paragraph is resolved: the nearest fitting antecedent before it,
a subject before other antecedents, never across blocks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.language import ParsedGuide, Passage
from kg.linking import LinkedEntity
from kg.model import Mention, Span
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERSONAL = frozenset({"he", "she", "his", "her", "him", "hers"})
_NEUTER = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "their", "them"})
# A sentence of more tokens is a list, a table or an attack; relations in it cost more than linear
# time and are not read.
LONGEST_SENTENCE = 300
# Sentences between a reference and its antecedent, at the most.
_REACH = 2
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DETERMINERS = frozenset({"the", "this", "that"})
# What ``it`` and ``its`` may stand for, the likelier first.
_THINGS = (
    "Organization",
    "Product",
    "Model",
    "Hardware",
    "Architecture",
    "Technique",
    "Series",
    "Work",
    "Benchmark",
    "Dataset",
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention with its entity's index and its tokens' place in the passage."""

    mention: Mention
    entity: int
    first: int
    last: int
    root: int


class MentionMap:
    """Looks up entities by token, and antecedents by reference, within one passage."""

    def __init__(
        self,
        passage: Passage,
        anchors: Sequence[Anchor],
        entities: Sequence[LinkedEntity],
        ontology: Ontology,
        before: Sequence[int] = (),
    ) -> None:
        self.passage = passage
        self.anchors = tuple(anchors)
        self._entities = entities
        self._ontology = ontology
        self._by_token: Mapping[int, Anchor] = {
            at: anchor for anchor in anchors for at in range(anchor.first, anchor.last)
        }
        self._before = tuple(before)

    @property
    def head_entities(self) -> tuple[int, ...]:
        """The entities that the item's head names: what the text after it speaks of."""
        return self._before

    def anchor(self, token: Token) -> Anchor | None:
        """Return the mention that the token belongs to, or None."""
        return self._by_token.get(token.i)

    def type_of(self, entity: int) -> str:
        """Return an entity's class."""
        return self._entities[entity].type

    def antecedent(self, token: Token) -> int | None:
        """Return the entity that a pronoun or definite description stands for, or None."""
        types = self._types(token)
        return self._nearest(token, types) if types else None

    def alternatives(self, token: Token) -> tuple[int, ...]:
        """Return what a pronoun may stand for instead, one entity a class, the likelier first.

        ``It was trained on X`` is not said of the company that is the subject before it: what the
        verb asks for decides.
        """
        types = self._types(token)
        first = self._nearest(token, types) if types else None
        if first is None or len(types) < 2:
            return ()
        own = self._ontology.root(self._entities[first].type)
        others = (self._nearest(token, (name,)) for name in types if name != own)
        return tuple(dict.fromkeys(entity for entity in others if entity is not None))

    def _types(self, token: Token) -> tuple[str, ...]:
        """Return the classes that a reference may stand for; none for what is no reference."""
        word = token.lower_
        if word in _PERSONAL:
            return ("Person",)
        if word in _NEUTER:
            return _THINGS
        if word in _PLURAL:
            return ("Organization",)
        if token.pos_ == "NOUN" and token.tag_ == "NN" and _is_definite(token):
            type_ = _generic_nouns(self._ontology).get(token.lemma_.lower())
            if type_ is not None and not _narrowed(token):
                return (type_,)
        return ()

    def _nearest(self, token: Token, types: tuple[str, ...]) -> int | None:
        """Search backwards by sentence; in a sentence subjects first, then the last named."""
        sentence = token.sent
        for reach in range(_REACH):
            found = [
                anchor
                for anchor in self.anchors
                if sentence.start <= anchor.first < sentence.end
                and anchor.last <= token.i
                and self._fits(anchor.entity, types)
                and not self._governs(anchor, token)
            ]
            if found:
                return self._best(found)
            if sentence.start == 0 or reach == _REACH - 1:
                break
            sentence = token.doc[sentence.start - 1].sent
        if sentence.start == 0 and self._before:
            fitting = [entity for entity in self._before if self._fits(entity, types)]
            if fitting:
                return fitting[0]
        return None

    def _fits(self, entity: int, types: tuple[str, ...]) -> bool:
        return self._ontology.root(self._entities[entity].type) in types

    def _governs(self, anchor: Anchor, token: Token) -> bool:
        """``Anthropic and its model``: fine; ``Claude, its model``: ``its`` is not Claude's."""
        doc = token.doc
        return doc[anchor.root].dep_ == "appos" and token in doc[anchor.root].subtree

    def _best(self, found: list[Anchor]) -> int:
        doc = self.passage.doc
        subjects = [anchor for anchor in found if doc[anchor.root].dep_ in _SUBJECTS]
        return (subjects or found)[-1].entity


def mention_maps(
    parsed: ParsedGuide, entities: Sequence[LinkedEntity], ontology: Ontology
) -> tuple[MentionMap, ...]:
    """Return one map a passage, in the passages' order."""
    placed = sorted(
        (mention, at) for at, entity in enumerate(entities) for mention in entity.mentions
    )
    starts = [mention.start for mention, _ in placed]
    maps: list[MentionMap] = []
    for passage in parsed.passages:
        anchors = []
        for mention, entity in placed[
            bisect_left(starts, passage.start) : bisect_left(starts, passage.end)
        ]:
            tokens = passage.tokens(Span(mention.start, mention.end))
            if tokens is not None and len(tokens.root.sent) <= LONGEST_SENTENCE:
                anchors.append(Anchor(mention, entity, tokens.start, tokens.end, tokens.root.i))
        head = maps[passage.head] if passage.head >= 0 else None
        before = [anchor.entity for anchor in head.anchors] if head else []
        maps.append(MentionMap(passage, anchors, entities, ontology, before))
    return tuple(maps)


@lru_cache(maxsize=4)
def _generic_nouns(ontology: Ontology) -> dict[str, str]:
    return {
        noun: ontology.root(entity_class.name)
        for entity_class in ontology.classes.values()
        for noun in entity_class.generic_nouns
    }


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in _DETERMINERS for child in token.children if child.dep_ == "det")


def _narrowed(token: Token) -> bool:
    """``the company behind X`` and ``the model that Y trained`` name something of their own."""
    if token.i + 1 < len(token.doc) and token.nbor().tag_ in {"IN", "WDT", "WP"}:
        return True
    return any(
        child.dep_ in {"prep", "relcl", "acl", "appos", "compound"} for child in token.children
    )
