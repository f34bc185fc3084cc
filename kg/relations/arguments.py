"""From a word in a syntactic role to the entities that fill the role.

A role's head word may be a name, a noun that a name belongs to ("the Claude Code interface"), a
list, or a reference ("its", "the company", "which").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ontology import Ontology
from kg.references import MentionMap

if TYPE_CHECKING:
    from spacy.tokens import Token

_INCLUDING = frozenset({"like", "such", "including", "e.g.", "especially", "as"})
_RELATIVE = frozenset({"which", "that", "who", "whom"})
# How far a list or a chain of modifiers is followed.
_DEPTH = 6


@dataclass(frozen=True, order=True, slots=True)
class Argument:
    """An entity in a role; ``direct`` when its own name is the head of the role."""

    entity: int
    token: int
    direct: bool = True


@lru_cache(maxsize=4)
def _generic(ontology: Ontology) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entity_class in ontology.classes.values():
        for noun in entity_class.generic_nouns:
            found.setdefault(noun.split()[-1].lower(), set()).add(ontology.root(entity_class.name))
    return {noun: frozenset(types) for noun, types in found.items()}


def arguments(token: Token, names: MentionMap, ontology: Ontology) -> tuple[Argument, ...]:
    """Return the entities that the role headed by ``token`` speaks of, without repeats."""
    found: dict[int, Argument] = {}
    for argument in _expand(token, names, ontology, _DEPTH):
        found.setdefault(argument.entity, argument)
    return tuple(found.values())


def _expand(
    token: Token, names: MentionMap, ontology: Ontology, depth: int
) -> Iterator[Argument]:
    if depth == 0:
        return
    own = list(_own(token, names, ontology))
    yield from own
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and child.pos_ not in {"VERB", "AUX"}:
            yield from _expand(child, names, ontology, depth - 1)
    anchor = names.anchor(token)
    if anchor is not None:
        # The parser may hang a list on a word inside a name.
        for at in range(anchor.first, anchor.last):
            inner = token.doc[at]
            if inner.i != token.i:
                for child in inner.children:
                    if child.dep_ == "conj" and child.i >= anchor.last:
                        yield from _expand(child, names, ontology, depth - 1)


def _own(token: Token, names: MentionMap, ontology: Ontology) -> Iterator[Argument]:
    anchor = names.anchor(token)
    if anchor is not None:
        yield Argument(anchor.entity, token.i)
        return
    if token.lower_ in _RELATIVE and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        above = _relative_head(token)
        if above is not None:
            yield from _own(above, names, ontology)
        return
    if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
        inside = list(_inside(token, names, ontology))
        yield from inside
        if inside:
            return
    entity = names.antecedent(token)
    if entity is not None:
        yield Argument(entity, token.i, direct=False)


def _relative_head(token: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for."""
    clause = token.head
    while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def _inside(token: Token, names: MentionMap, ontology: Ontology) -> Iterator[Argument]:
    """Find the names that a common noun goes with."""
    types = _generic(ontology).get(token.lemma_.lower(), frozenset())
    carrier = token.lemma_.lower() in ontology.naming.carrier_nouns
    for child in token.children:
        anchor = names.anchor(child)
        if anchor is not None and child.i < token.i:
            fits = ontology.root(names.type_of(anchor.entity)) in types
            if (child.dep_ in {"compound", "nmod", "amod", "nummod"} and (fits or carrier)) or (child.dep_ == "poss" and carrier):
                yield Argument(anchor.entity, child.i, direct=False)
        elif child.dep_ == "appos":
            for argument in _expand(child, names, ontology, 2):
                if ontology.root(names.type_of(argument.entity)) in types or not types:
                    yield argument
        elif (child.dep_ == "prep" and child.lower_ in _INCLUDING) or (child.dep_ == "prep" and child.lower_ == "of" and carrier):
            for below in _preposition_objects(child):
                yield from _expand(below, names, ontology, 3)


def _preposition_objects(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"}:
            yield child
        elif child.dep_ == "prep":
            yield from _preposition_objects(child)
