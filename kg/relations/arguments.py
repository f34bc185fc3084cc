"""From a word in a syntactic role to the entities that fill the role.

A role's head word may be a name, a noun that a name belongs to ("the Claude Code interface"), a
list, or a reference ("its", "the company", "which").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.ontology import Ontology
from kg.references import Anchor, MentionMap
from kg.relations.clauses import clause

if TYPE_CHECKING:
    from spacy.tokens import Token

_INCLUDING = frozenset({"like", "such", "including", "e.g.", "especially", "as"})
_RELATIVE = frozenset({"which", "that", "who", "whom"})
# How far a list or a chain of modifiers is followed.
_DEPTH = 5


@dataclass(frozen=True, order=True, slots=True)
class Argument:
    """An entity in a role; ``direct`` when its own name is the head of the role.

    ``others`` are what a pronoun may stand for where the relation does not allow ``entity``.
    """

    entity: int
    token: int
    direct: bool = True
    others: tuple[int, ...] = ()


@lru_cache(maxsize=4)
def _generic(ontology: Ontology) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entity_class in ontology.classes.values():
        for noun in entity_class.generic_nouns:
            found.setdefault(noun.split()[-1].lower(), set()).add(ontology.root(entity_class.name))
    return {noun: frozenset(types) for noun, types in found.items()}


def generic_types(noun: Token, ontology: Ontology) -> frozenset[str]:
    """Return the classes that a common noun stands for: ``lab`` for organizations."""
    return _generic(ontology).get(noun.lemma_.lower(), frozenset())


def arguments(token: Token, names: MentionMap, ontology: Ontology) -> tuple[Argument, ...]:
    """Return the entities that the role headed by ``token`` speaks of, without repeats."""
    found: dict[int, Argument] = {}
    for argument in _expand(token, names, ontology, _DEPTH):
        found.setdefault(argument.entity, argument)
    return tuple(found.values())


def _expand(token: Token, names: MentionMap, ontology: Ontology, depth: int) -> Iterator[Argument]:
    if depth == 0:
        return
    own = list(_own(token, names, ontology, depth))
    yield from own
    for child in token.children:
        if child.dep_ == "conj" and child.i > token.i and child.pos_ not in {"VERB", "AUX"}:
            yield from _expand(child, names, ontology, depth - 1)
    anchor = names.anchor(token)
    if anchor is not None:
        yield from _listed_after(anchor, names, ontology)
        # The parser may hang a list on a word inside a name.
        for at in range(anchor.first, anchor.last):
            inner = token.doc[at]
            if inner.i != token.i:
                for child in inner.children:
                    if child.dep_ == "conj" and child.i >= anchor.last:
                        yield from _expand(child, names, ontology, depth - 1)


_JOINT = re.compile(r"(?:\s*\([^()]*\))?(?:, and |, or |, | and | or | & |/)")


def _listed_after(anchor: Anchor, names: MentionMap, ontology: Ontology) -> Iterator[Argument]:
    """Names of the same class that follow in a list, whatever the parser made of them."""
    doc, text = names.passage.doc, names.passage.text
    last = anchor
    for following in names.anchors:
        if following.first < last.last:
            continue
        gap = text[doc[last.last - 1].idx + len(doc[last.last - 1]) : doc[following.first].idx]
        root = doc[following.root]
        if not _JOINT.fullmatch(gap) or ontology.root(
            names.type_of(following.entity)
        ) != ontology.root(names.type_of(anchor.entity)):
            return
        if root.dep_ in {"nsubj", "nsubjpass"} and doc[anchor.root].dep_ != root.dep_:
            return
        yield Argument(following.entity, following.root)
        last = following


def announced(noun: Token, names: MentionMap, ontology: Ontology) -> Iterator[Argument]:
    """The names that a common noun announces: "labs near its level: A (x), B", "models (A, B)"."""
    types = _generic(ontology).get(noun.lemma_.lower(), frozenset())
    if not types:
        return
    doc = noun.doc
    start = noun.idx + len(noun)
    following = [a for a in names.anchors if a.first > noun.i and a.last <= noun.sent.end]
    text = names.passage.text
    opening = next((a for a in following if _opens_list(text[start : doc[a.first].idx])), None)
    if opening is None:
        return
    last = None
    for anchor in following:
        if anchor.first < opening.first:
            continue
        if last is not None:
            end = doc[last.last - 1]
            gap = text[end.idx + len(end) : doc[anchor.first].idx]
            if gap.strip() == "(" or (gap.strip().startswith("(") and ")" not in gap):
                continue
            if not re.fullmatch(
                r"(?:[^(),;]*\))?\s*(?:\([^()]*\)\s*)?(?:,|;|and|or|&|, and|, or)\s*", gap
            ):
                return
        last = anchor
        if ontology.root(names.type_of(anchor.entity)) in types:
            yield Argument(anchor.entity, anchor.root)


def _opens_list(between: str) -> bool:
    return (
        re.fullmatch(
            r"\s*(?:\(|:|,? (?:such as|like|including|e\.g\.)|[^.;:()]{0,80}:)\s*", between
        )
        is not None
    )


def _own(token: Token, names: MentionMap, ontology: Ontology, depth: int) -> Iterator[Argument]:
    anchor = names.anchor(token)
    if anchor is not None:
        yield Argument(anchor.entity, token.i)
        if names.type_of(anchor.entity) == "Topic":
            # A theme may also be the noun that announces names: "reasoning models (o1, o3)".
            yield from _inside(token, names, ontology, depth)
        return
    if token.lower_ in _RELATIVE and token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}:
        above = _relative_head(token)
        if above is not None:
            yield from _own(above, names, ontology, depth - 1)
        return
    if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
        inside = [*_inside(token, names, ontology, depth), *announced(token, names, ontology)]
        yield from inside
        if inside:
            return
        if token.dep_ == "attr":
            # "GPT-OSS is the first model trained with …": the model is GPT-OSS.
            for subject in clause(token.head).agents:
                if subject.i != token.i:
                    yield from _expand(subject, names, ontology, depth - 1)
            return
        if token.dep_ == "appos" and token.head.i < token.i:
            # "Braintrust, the platform used by Notion": the platform is Braintrust.
            yield from _expand(token.head, names, ontology, depth - 1)
            return
        if token.dep_ == "ROOT" and token.sent.start == 0 and names.head_entities:
            # "MLA: a modification of attention, designed to …": what the item's head names.
            yield Argument(names.head_entities[0], token.i)
            return
    entity = names.antecedent(token)
    if entity is not None:
        yield Argument(entity, token.i, direct=False, others=names.alternatives(token))


def _relative_head(token: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for."""
    clause = token.head
    while clause.dep_ not in {"relcl", "ROOT"} and clause.head.i != clause.i:
        clause = clause.head
    return clause.head if clause.dep_ == "relcl" else None


def _inside(token: Token, names: MentionMap, ontology: Ontology, depth: int) -> Iterator[Argument]:
    """Find the names that a common noun goes with."""
    types = _generic(ontology).get(token.lemma_.lower(), frozenset())
    carrier = token.lemma_.lower() in ontology.naming.carrier_nouns
    for child in token.children:
        anchor = names.anchor(child)
        if anchor is not None and child.i < token.i:
            fits = ontology.root(names.type_of(anchor.entity)) in types
            if (child.dep_ in {"compound", "nmod", "amod", "nummod"} and (fits or carrier)) or (
                child.dep_ == "poss" and carrier
            ):
                yield Argument(anchor.entity, child.i, direct=False)
        elif child.dep_ == "appos":
            yield from _expand(child, names, ontology, depth - 1)
        elif (child.dep_ == "prep" and child.lower_ in _INCLUDING) or (
            child.dep_ == "prep" and child.lower_ == "of" and carrier
        ):
            for below in _preposition_objects(child):
                yield from _expand(below, names, ontology, depth - 1)


def _preposition_objects(preposition: Token) -> Iterator[Token]:
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"}:
            yield child
        elif child.dep_ == "prep":
            yield from _preposition_objects(child)
