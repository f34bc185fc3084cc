"""Naming pattern: lower-case technical terms such as ``gated linear attention``.

A term is a noun that heads many terms of a class (``kg:conceptNoun``) with at least one word
before it that narrows it down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.language import ParsedGuide
from kg.ontology import Ontology
from kg.recognition.candidates import Candidate
from kg.recognition.lexicon import lexicon_index

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VOICE = "concept"
# By itself the pattern is no proof: it passes only where another voice agrees.
SCORE = 0.4
# A modifier that is itself written like a technical word makes the term likelier.
TECHNICAL_SCORE = 0.55
# A known term with a word before it that narrows it down is a term of its own.
NARROWED_SCORE = 0.86
_LONGEST = 4


@lru_cache(maxsize=4)
def _heads(ontology: Ontology) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Concept nouns by their last word: ``delta net`` is found under ``net``."""
    heads: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entity_class in ontology.classes.values():
        for noun in entity_class.concept_nouns:
            words = tuple(re.findall(r"[^\W_]+|-", noun))
            heads.setdefault(words[-1], []).append((words, entity_class.name))
    return {
        word: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))
        for word, found in heads.items()
    }


def find(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
    """Yield the terms that end in a concept noun."""
    heads = _heads(ontology)
    for passage in parsed.passages:
        doc = passage.doc
        for token in doc:
            for words, type_ in heads.get(token.lower_, ()):
                first = token.i - len(words) + 1
                if first < 0 or tuple(t.lower_ for t in doc[first : token.i + 1]) != words:
                    continue
                start = _start(doc, first, ontology)
                if start < first:
                    span = passage.span(doc[start : token.i + 1])
                    technical = any(_technical(doc[i]) for i in range(start, first))
                    score = TECHNICAL_SCORE if technical else SCORE
                    known = lexicon_index(ontology).entries(doc[first : token.i + 1].text)
                    if known and len(words) == 1 and all(e.type == type_ for e in known):
                        score = NARROWED_SCORE if technical else TECHNICAL_SCORE
                    yield Candidate(span.start, span.end, type_, score, VOICE)
                break


def _start(doc: Doc, head: int, ontology: Ontology) -> int:
    """Walk left over the words that narrow the head down."""
    start = head
    if head and not doc[head - 1].whitespace_:
        # "multi-layer cake": the head is itself part of a compound word.
        return start
    while start > doc[head].sent.start and head - start < _LONGEST:
        token = doc[start - 1]
        if token.text == "-" and start - 2 >= doc[head].sent.start and not token.whitespace_:
            start -= 2
            continue
        if token.pos_ not in {"NOUN", "ADJ", "PROPN"} and token.tag_ not in {"VBN", "VBG"}:
            break
        if token.lower_ in ontology.naming.plain_modifiers or token.is_stop or not token.is_alpha:
            break
        if token.tag_ in {"JJR", "JJS"} or (start > 1 and doc[start - 2].tag_ == "RB"):
            break
        if token.is_sent_start and token.is_title:
            # "Limits attention to …": a capital at the start may hide a verb.
            break
        if token.whitespace_ != " " and start - 1 < head - 1 and doc[start].text != "-":
            break
        start -= 1
    return start


def _technical(token: Token) -> bool:
    return token.text == "-" or any(c.isupper() for c in token.text)
