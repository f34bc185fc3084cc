"""One spelling, two things: DeepSeek the lab and DeepSeek the model, told apart by their place.

Read in turn: the list that the name stands in ("labs: A, B and C"), its neighbours there, what
follows it, and, where nothing is said plainly, what the context model makes of the place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kg.language import ParsedGuide, Passage
from kg.model import Span
from kg.ontology import Ontology
from kg.recognition.cues import cue_words, cues
from kg.recognition.shape import Run
from kg.recognition.unknown import class_shares

if TYPE_CHECKING:
    from spacy.tokens import Token

# Items to each side of a name that are looked at.
_LONGEST_LIST = 12
_PLAIN = 1.0
_MATE = 0.7
_POSSESSIVE = 0.5
_CONTEXT = 0.6
_JOINT = re.compile(r"(?:\s*\([^()]*\))?\s*(?:,|;|/|,? (?:and|or|&))\s*")
_AFTER_LIST_NOUN = re.compile(r"(?:[:(]|,? (?:such as|like|including))\s*$")


def preferences(
    parsed: ParsedGuide,
    span: Span,
    types: Collection[str],
    sure: Sequence[tuple[Span, str]],
    ontology: Ontology,
) -> dict[str, float]:
    """Return how much the place of a name speaks for each of the classes it may be of.

    ``sure`` holds the places of the guide's names in text order, with their class where it is not
    in doubt.
    """
    found = dict.fromkeys(types, 0.0)
    passage = parsed.passage_at(span)
    tokens = passage.tokens(span) if passage is not None else None
    if passage is None or tokens is None or not tokens.text.strip():
        return found
    roots = {ontology.root(name): name for name in types}

    def add(type_: str, weight: float) -> None:
        if type_ in ontology.classes and ontology.root(type_) in roots:
            found[roots[ontology.root(type_)]] += weight

    first, last = tokens.start_char, tokens.end_char
    start, mates = _list_around(passage, span, sure)
    for mate in mates:
        add(mate, _MATE)
    noun = _list_noun(passage, start, ontology)
    if noun is not None:
        add(cue_words(ontology).generic[noun], _PLAIN)
    run = Run(passage, first, last, tuple(tokens.text.split()), titled=False, opens=False)
    for cue in cues(run, ontology):
        if cue.kind in {"generic-after", "generic-before", "apposition", "role-of", "predicate"}:
            add(cue.type, _PLAIN)
    after = passage.doc[tokens.end] if tokens.end < len(passage.doc) else None
    if after is not None and after.text in {"'s", "'"}:
        add("Organization", _POSSESSIVE)
    for type_, share in class_shares(run, ontology).items():
        add(type_, _CONTEXT * share)
    return found


def _list_around(
    passage: Passage, span: Span, sure: Sequence[tuple[Span, str]]
) -> tuple[int, list[str]]:
    """Return where the list begins in the passage's text, and the classes of its sure items."""
    here = bisect_left(sure, (span, ""))
    items = []
    for place, type_ in sure[max(0, here - _LONGEST_LIST) : here + _LONGEST_LIST]:
        tokens = passage.tokens(place)
        if tokens is not None:
            items.append((tokens.start_char, tokens.end_char, type_))
    text = passage.text
    own = passage.tokens(span)
    at = next(i for i, item in enumerate(items) if own is not None and item[0] == own.start_char)
    listed = [items[at]]
    for item in reversed(items[:at]):
        gap = text[item[1] : listed[0][0]]
        if _JOINT.fullmatch(gap):
            listed.insert(0, item)
        elif not _in_parentheses(gap):
            break
    for item in items[at + 1 :]:
        gap = text[listed[-1][1] : item[0]]
        if _JOINT.fullmatch(gap):
            listed.append(item)
        elif not gap.lstrip().startswith("("):
            break
    return listed[0][0], [item[2] for item in listed if item[2]]


def _in_parentheses(gap: str) -> bool:
    """Tell whether what stands before the gap is inside parentheses: "A (x), B" seen from B."""
    return ")" in gap and "(" not in gap


def _list_noun(passage: Passage, start: int, ontology: Ontology) -> str | None:
    """Return the noun that announces a list: ``labs`` of ``several labs near its level: A, B``."""
    opening = _AFTER_LIST_NOUN.search(passage.text[:start])
    if opening is None:
        return None
    token = passage.doc.char_span(start, start + 1, alignment_mode="expand")
    if token is None:
        return None
    at = token[0].i - 1
    reach = 12 if ":" in opening.group() else 3
    for index in range(at, max(token[0].sent.start - 1, at - reach - 1), -1):
        noun: Token = passage.doc[index]
        if noun.tag_ in {"NNS", "NN"} and noun.lemma_.lower() in cue_words(ontology).generic:
            return str(noun.lemma_.lower())
    return None
