"""Relations that the way names are put side by side states: no verb needed.

``S's O``, ``S O``, ``S (O)``, lists under a place adjective, versions of a family. Which
relation may be stated in which way stands in the ontology (``kg:layout``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.model import Span
from kg.ontology import LexiconEntry, Ontology
from kg.references import Anchor, MentionMap
from kg.relations.arguments import Argument, announced, arguments, generic_types
from kg.relations.modality import modality_of
from kg.relations.statement import Reading, Statement
from kg.relations.syntax import sentence_span

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSESSIVE, _COMPOUND, _PARENTHESIS = 0.8, 0.75, 0.75
_FAMILY, _DEMONYM, _OUTPUT = 0.7, 0.7, 0.6


def find(reading: Reading) -> Iterator[Statement]:
    """Yield what juxtaposition states in every passage."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        yield from _possessives(reading, passage, names)
        yield from _neighbours(reading, passage, names)
        yield from _place_adjectives(reading, passage, names)
        yield from _output_lists(reading, passage, names)
    yield from _families(reading)


def _stated(
    reading: Reading,
    passage: Passage,
    layout: str,
    subject: int,
    object_: int,
    at: int,
    confidence: float,
    phrase: str,
) -> Iterator[Statement]:
    """Yield the relations of a layout that the two classes allow, in the order they allow."""
    token = passage.doc[at]
    for relation in reading.ontology.by_layout(layout):
        types = (reading.entities[subject].type, reading.entities[object_].type)
        if subject != object_ and reading.ontology.allows(relation, *types):
            yield Statement(
                subject,
                relation,
                object_,
                sentence_span(passage, token),
                confidence,
                f"layout:{layout}",
                phrase,
                modality=modality_of(token, reading.ontology),
            )


def _possessives(reading: Reading, passage: Passage, names: MentionMap) -> Iterator[Statement]:
    """``Anthropic's Claude``, ``its Claude``, and ``Claude, Anthropic's model``."""
    for token in passage.doc:
        # "My laptop": whose speaker uses it, not who makes it.
        if token.dep_ != "poss" or token.lower_ in {"my", "your"}:
            continue
        owners = arguments(token, names, reading.ontology)
        if not owners:
            continue
        owned = tuple(
            argument
            for argument in arguments(token.head, names, reading.ontology)
            # "Meta's Llama or Google's Gemma": each has its own.
            if argument.token == token.head.i
            or not _owned_by_another(passage.doc[argument.token], token)
        )
        if names.anchor(token.head) is None:
            owned = (*owned, *_described(token.head, names, reading))
        for owner in owners:
            for thing in owned:
                yield from _stated(
                    reading,
                    passage,
                    "possessive",
                    owner.entity,
                    thing.entity,
                    token.i,
                    _POSSESSIVE if owner.direct else _POSSESSIVE - 0.1,
                    "'s",
                )


def _owned_by_another(noun: Token, owner: Token) -> bool:
    """Tell whether a noun, or the noun it is part of, has an owner of its own."""
    heads = (noun, noun.head) if noun.dep_ in {"compound", "nmod"} else (noun,)
    return any(
        child.dep_ == "poss" and child.i != owner.i for head in heads for child in head.children
    )


def _described(noun: Token, names: MentionMap, reading: Reading) -> Iterator[Argument]:
    """What a possessed common noun describes: "Claude, Anthropic's model"; "its model Claude"."""
    types = generic_types(noun, reading.ontology)
    found: list[Argument] = []
    for child in noun.children:
        if child.dep_ in {"appos", "compound", "nmod"}:
            found.extend(arguments(child, names, reading.ontology))
    if noun.dep_ == "appos":
        found.extend(arguments(noun.head, names, reading.ontology))
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        for child in noun.head.children:
            if child.dep_ == "nsubj":
                found.extend(arguments(child, names, reading.ontology))
    for argument in found:
        if reading.ontology.root(names.type_of(argument.entity)) in types:
            yield argument


def _neighbours(reading: Reading, passage: Passage, names: MentionMap) -> Iterator[Statement]:
    """``Google Gemini`` and ``Z AI (GLM models)``."""
    text = passage.text
    for left, right in zip(names.anchors, names.anchors[1:], strict=False):
        start = passage.doc[left.last - 1].idx + len(passage.doc[left.last - 1])
        end = passage.doc[right.first].idx
        gap = text[start:end]
        layout, confidence = (
            ("compound", _COMPOUND) if gap == " " else ("parenthesis", _PARENTHESIS)
        )
        if gap not in {" ", " ("}:
            continue
        if gap == " " and not _one_phrase(passage, left, right):
            continue
        yield from _stated(
            reading, passage, layout, left.entity, right.entity, right.root, confidence, gap.strip()
        )
        if gap == " ":
            yield from _stated(
                reading,
                passage,
                "compoundInverse",
                right.entity,
                left.entity,
                right.root,
                confidence,
                "",
            )


def _one_phrase(passage: Passage, left: Anchor, right: Anchor) -> bool:
    """Tell whether two neighbouring names are one noun phrase, not "after OpenAI Claude led"."""
    first, second = passage.doc[left.root], passage.doc[right.root]
    return (
        first.head.i == second.i
        or first.head.i in range(right.first, right.last)
        or (second.dep_ in {"appos", "compound", "flat", "nmod"} and second.head.i == first.i)
        or (first.head.i == second.head.i and first.dep_ in {"compound", "nmod", "amod"})
    )


def _place_adjectives(reading: Reading, passage: Passage, names: MentionMap) -> Iterator[Statement]:
    """``Chinese labs: Z AI, MiniMax …``: the adjective places all of them."""
    demonyms = _demonyms(reading.ontology)
    by_entry = {entity.entry: at for at, entity in enumerate(reading.entities) if entity.entry}
    relations = reading.ontology.by_layout("demonym")
    for token in passage.doc:
        entry = demonyms.get(token.lower_)
        if entry is None or entry.key not in by_entry or names.anchor(token) is not None:
            continue
        place = by_entry[entry.key]
        for entity in _placed(token, passage, names, reading):
            for relation in relations:
                types = (reading.entities[entity].type, reading.entities[place].type)
                if entity != place and reading.ontology.allows(relation, *types):
                    yield Statement(
                        entity,
                        relation,
                        place,
                        sentence_span(passage, token),
                        _DEMONYM,
                        "layout:demonym",
                        token.text,
                        modality=modality_of(token.head, reading.ontology),
                    )


def _demonyms(ontology: Ontology) -> dict[str, LexiconEntry]:
    return {
        demonym.lower(): entry
        for entry in ontology.lexicon.values()
        for demonym in entry.demonyms
        if " " not in demonym
    }


def _placed(
    adjective: Token, passage: Passage, names: MentionMap, reading: Reading
) -> Iterator[int]:
    """The names that a place adjective goes with: its noun's own, or the list its noun opens."""
    del passage
    anchor = names.anchor(adjective.head)
    if anchor is not None:
        if anchor.first > adjective.i:
            yield anchor.entity
        return
    found = [
        *announced(adjective.head, names, reading.ontology),
        *_described(adjective.head, names, reading),
    ]
    yield from dict.fromkeys(argument.entity for argument in found)


def _output_lists(reading: Reading, passage: Passage, names: MentionMap) -> Iterator[Statement]:
    """``OpenAI keeps landing breakthroughs: o1, Sora``: a list of what the subject made."""
    for relation in reading.ontology.by_layout("outputList"):
        nouns = reading.ontology.relations[relation].list_nouns
        for token in passage.doc:
            if token.lemma_.lower() not in nouns or token.i + 1 >= token.sent.end:
                continue
            if token.nbor().text != ":":
                continue
            before = {
                anchor.entity
                for anchor in names.anchors
                if token.sent.start <= anchor.first < token.i
                and reading.ontology.root(names.type_of(anchor.entity))
                in reading.ontology.relations[relation].domain
            }
            if len(before) != 1:
                continue
            subject = before.pop()
            for anchor in names.anchors:
                if token.i < anchor.first < token.sent.end:
                    types = (reading.entities[subject].type, names.type_of(anchor.entity))
                    if reading.ontology.allows(relation, *types):
                        yield Statement(
                            subject,
                            relation,
                            anchor.entity,
                            sentence_span(passage, token),
                            _OUTPUT,
                            "layout:outputList",
                            token.text,
                            modality=modality_of(token, reading.ontology),
                        )


def _families(reading: Reading) -> Iterator[Statement]:
    """``Claude Opus 4.5`` is of the family ``Claude``, where the guide names both."""
    families = {
        at: entity
        for at, entity in enumerate(reading.entities)
        if entity.entry and reading.ontology.lexicon[entity.entry].family
    }
    for at, entity in enumerate(reading.entities):
        words = re.findall(r"[^\W_]+", entity.label.casefold())
        best = -1
        for other, family in families.items():
            stem = re.findall(r"[^\W_]+", family.label.casefold())
            same_class = reading.ontology.root(family.type) == reading.ontology.root(entity.type)
            if other == at or not same_class or len(stem) >= len(words):
                continue
            if words[: len(stem)] == stem and (
                best < 0 or len(family.label) > len(families[best].label)
            ):
                best = other
        if best >= 0:
            mention = entity.mentions[0]
            passage = reading.parsed.passage_at(mention.span)
            if passage is None:
                continue
            tokens = passage.tokens(Span(mention.start, mention.end))
            if tokens is not None:
                yield from _stated(reading, passage, "family", at, best, tokens.root.i, _FAMILY, "")
