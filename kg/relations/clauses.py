"""Subjects, objects and prepositional arguments of a verb, over the parser's dependencies.

Passives, participles, relative clauses, controlled infinitives and coordinated verbs are undone
here, so that a frame need only say who does what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj"})
_PASSIVE = frozenset({"nsubjpass"})
_OBJECT = frozenset({"dobj", "obj", "oprd"})
_INHERITS = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb's arguments as head words. In a passive, ``undergoers`` holds the subject."""

    verb: Token
    agents: tuple[Token, ...]
    undergoers: tuple[Token, ...]
    passive: bool


def clause(verb: Token) -> Clause:
    """Return who does what in the clause of a verb."""
    passive = _is_passive(verb)
    subjects = tuple(_subjects(verb, _DEPTH))
    by = tuple(_agents(verb))
    if passive:
        return Clause(verb, by, subjects, passive=True)
    return Clause(verb, subjects, tuple(_objects(verb)), passive=False)


def mistagged(word: Token) -> Clause | None:
    """Return the clause of a participle that the tagger took for a noun: "having outshone X".

    What follows a form of *have*, adverbs aside, and goes before a noun is such a word.
    """
    if word.pos_ not in {"NOUN", "ADJ", "PROPN"} or word.dep_ not in {"compound", "amod", "nmod"}:
        return None
    at = word.i - 1
    while at > word.sent.start and word.doc[at].pos_ == "ADV":
        at -= 1
    have = word.doc[at]
    if at < word.sent.start or have.lemma_ != "have" or word.head.i < word.i:
        return None
    return Clause(word, tuple(_subjects(have, _DEPTH)), (word.head,), passive=False)


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN":
        own = any(child.dep_ in {"aux", "nsubj"} for child in verb.children)
        return not own and _is_passive(verb.head)
    if verb.tag_ == "VBN" and verb.dep_ in {
        "acl",
        "advcl",
        "relcl",
        "amod",
        "appos",
        "ROOT",
        "xcomp",
    }:
        return not any(child.dep_ in {"aux", "dobj", "nsubj"} for child in verb.children)
    return False


def _subjects(verb: Token, depth: int) -> Iterator[Token]:
    own = [child for child in verb.children if child.dep_ in _SUBJECT | _PASSIVE]
    if own:
        yield from own
        return
    if depth == 0:
        return
    if verb.dep_ in {"acl", "relcl"}:
        yield verb.head
    elif verb.dep_ in _INHERITS and verb.head.pos_ in {"VERB", "AUX"} and verb.head.i != verb.i:
        controller = [child for child in verb.head.children if child.dep_ == "dobj"]
        if verb.dep_ == "xcomp" and controller and verb.tag_ == "VB":
            yield from controller
        else:
            yield from _subjects(verb.head, depth - 1)
    elif verb.dep_ == "pcomp" and verb.head.dep_ == "prep":
        above = verb.head.head
        for _ in range(_DEPTH):
            if above.pos_ in {"VERB", "AUX"} or above.head.i == above.i:
                break
            above = above.head
        if above.pos_ in {"VERB", "AUX"}:
            yield from _subjects(above, depth - 1)
    elif verb.dep_ == "appos":
        yield verb.head


def _objects(verb: Token) -> Iterator[Token]:
    found = [child for child in verb.children if child.dep_ in _OBJECT]
    yield from found
    if not found and verb.dep_ == "relcl":
        # "the model that Anthropic released": the head noun is what was released.
        own_subject = [child for child in verb.children if child.dep_ in _SUBJECT]
        if own_subject and own_subject[0].lower_ not in {"that", "which", "who"}:
            yield verb.head
    if not found and verb.dep_ != "conj":
        # "develops and sells X": the object hangs on the last verb.
        for child in verb.children:
            if child.dep_ == "conj" and child.pos_ == "VERB":
                yield from (below for below in child.children if below.dep_ in _OBJECT)


def _agents(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (below for below in child.children if below.dep_ == "pobj")


def prepositional(verb: Token, words: tuple[str, ...]) -> Iterator[Token]:
    """Yield the heads of what a verb's preposition leads to: ``("on", "top", "of")`` and the like.

    The preposition may hang on the verb, on its particle or on its object ("score 71% on").
    """
    last = words[-1]
    for preposition in _prepositions(verb, 3):
        if preposition.lower_ != last:
            continue
        before = [
            preposition.doc[at].lower_
            for at in range(max(verb.i + 1, preposition.i - len(words) + 1), preposition.i)
        ]
        if len(words) > 1 and before != list(words[:-1]):
            continue
        found = [child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}]
        if not found:
            # "at or near the level": the object hangs on the last of the prepositions.
            found = [
                below
                for other in preposition.children
                if other.dep_ == "conj"
                for below in other.children
                if below.dep_ == "pobj"
            ]
        yield from found
        if not found and verb.dep_ in {"relcl", "acl"} and not words[:-1]:
            # "the engine it runs on"
            yield verb.head


def _prepositions(token: Token, depth: int) -> Iterator[Token]:
    if depth == 0:
        return
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} or (child.dep_ == "prt"):
            yield child
            yield from _prepositions(child, depth - 1)
        elif (child.dep_ in {"dobj", "advmod", "attr", "acomp", "npadvmod"} and depth == 3) or (
            child.dep_ == "pobj" and depth == 2 and token.lower_ in {"on", "of", "at", "to"}
        ):
            yield from _prepositions(child, 1)


def has_particle(verb: Token, words: tuple[str, ...]) -> bool:
    """Tell whether a verb has the particle or fixed words of a frame such as ``roll out``."""
    if any(child.dep_ == "prt" and child.lower_ == words[0] for child in verb.children):
        return len(words) == 1
    following = verb.doc[verb.i + 1 : verb.i + 1 + len(words)]
    if tuple(token.lower_ for token in following) != words:
        return False
    return not any(child.dep_ in {"pobj", "pcomp"} for child in following[-1].children)
