"""Cues in the text for the class of a name that nobody knows.

A cue is a kind and the class that it speaks for; the fitted model says what a kind is worth. All
of them are about the words around a name or its shape, none about the name itself but for whether
it opens with a known first name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.ontology import Ontology
from kg.recognition.shape import Run

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_CAMEL = re.compile(r"[a-z0-9]+[A-Z]|[A-Z][a-z]+[A-Z]")
_BENCH = re.compile(r"(?i)(?:bench|arena|eval)$|(?i:-bench\b)")
_VERSIONED = re.compile(r"[A-Za-z]+[- ]?[vV]?\d+(?:\.\d+)?(?:[bB]|[a-z])?$")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,5}$")
_DOTTED = re.compile(r"[A-Za-z]\w+\.(?:ai|com|io|dev|js|py|net|org|app|sh|rs|so|co)$")


@dataclass(frozen=True, order=True, slots=True)
class Cue:
    """One reason to read a name as a class, and how strong it is of its kind."""

    kind: str
    type: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class CueWords:
    """The ontology's words in the form in which cues look them up."""

    generic: dict[str, str]
    heads: dict[str, str]
    actions: dict[str, str]
    roles: frozenset[str]
    used_by: frozenset[str]
    first_names: frozenset[str]


@lru_cache(maxsize=4)
def cue_words(ontology: Ontology) -> CueWords:
    """Collect the words; a word of two classes goes to the one declared for it first by name."""
    generic: dict[str, str] = {}
    heads: dict[str, str] = {}
    actions: dict[str, str] = {}
    by_name = sorted(ontology.classes.values(), key=lambda found: found.name)
    for entity_class in by_name:
        for noun in entity_class.generic_nouns:
            if " " not in noun:
                generic.setdefault(noun.lower(), entity_class.name)
    for entity_class in by_name:
        for noun in entity_class.head_nouns:
            heads.setdefault(noun, entity_class.name)
        for verb in entity_class.action_verbs:
            actions.setdefault(verb, entity_class.name)
    roles = {
        word.lower()
        for relation in ("worksFor", "founderOf", "hostOf", "authorOf")
        if relation in ontology.relations
        for frame in ontology.relations[relation].frames
        if frame.kind == "noun"
        for word in frame.words[:-1][-1:]
    }
    used = {
        " ".join(frame.words)
        for frame in ontology.relations["uses"].frames
        if frame.kind == "verb" and not frame.inverse
    }
    first = {
        entry.label.split()[0]
        for entry in ontology.lexicon.values()
        if entry.type == "Person" and " " in entry.label
    }
    first |= ontology.naming.first_names
    return CueWords(generic, heads, actions, frozenset(roles), frozenset(used), frozenset(first))


def cues(run: Run, ontology: Ontology) -> Iterator[Cue]:
    """Yield the cues for one occurrence of a name."""
    words = cue_words(ontology)
    doc = run.passage.doc
    span = doc.char_span(run.start, run.end, alignment_mode="expand")
    if span is None:
        return
    yield from _shape_cues(run, words)
    if run.passage.block.kind is BlockKind.ATTRIBUTION and span.start == 0:
        yield Cue("attribution", "Person")
    if run.titled:
        return
    yield from _label_cues(span, ontology)
    yield from _noun_cues(span, doc, words)
    yield from _role_cues(span, doc, words)
    yield from _syntax_cues(span, words)


def _shape_cues(run: Run, words: CueWords) -> Iterator[Cue]:
    last = run.chunks[-1]
    if len(run.chunks) > 1 and last in words.heads:
        yield Cue("head-noun", words.heads[last])
    institution = words.heads.get(run.chunks[0])
    if institution and len(run.chunks) > 2 and run.chunks[1] in {"of", "for"}:
        yield Cue("head-noun", institution)
    if len(run.chunks) in (2, 3) and run.chunks[0] in words.first_names and last.isalpha():
        yield Cue("first-name", "Person")
    if len(run.chunks) == 2 and all(word.isalpha() and word.istitle() for word in run.chunks):
        yield Cue("full-name-shape", "Person")
    if any(_BENCH.search(word) for word in run.chunks):
        yield Cue("bench-shape", "Benchmark")
    if _DOTTED.match(run.text):
        yield Cue("dot-shape", "Product")
    elif len(run.chunks) == 1 and _CAMEL.search(run.text) and not _VERSIONED.match(run.text):
        yield Cue("camel-shape", "Product")
    if _VERSIONED.match(run.text) and any(c.isalpha() for c in run.text[1:]):
        yield Cue("version-shape", "Model")
    if _ACRONYM.match(run.text):
        yield Cue("acronym-shape", "Organization")


def _label_cues(span: DocSpan, ontology: Ontology) -> Iterator[Cue]:
    for ent in span.doc.ents:
        if ent.start < span.end and span.start < ent.end:
            exact = abs(ent.start - span.start) + abs(ent.end - span.end) <= 1
            for type_, weight in ontology.naming.entity_labels.get(ent.label_, {}).items():
                yield Cue("label", type_, weight if exact else weight * 0.6)


def _noun_cues(span: DocSpan, doc: Doc, words: CueWords) -> Iterator[Cue]:
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start else None
    if after is not None and after.pos_ == "NOUN" and not after.is_sent_start:
        noun = _last_noun(after)
        if noun.lemma_.lower() in words.generic:
            yield Cue("generic-after", words.generic[noun.lemma_.lower()])
    if before is not None and before.pos_ == "NOUN" and before.lemma_.lower() in words.generic:
        yield Cue("generic-before", words.generic[before.lemma_.lower()])
    if after is not None and after.text in {",", "(", "—", "–"}:
        noun_ = _apposition(doc, after.i + 1)
        if noun_ is not None and noun_.lemma_.lower() in words.generic:
            yield Cue("apposition", words.generic[noun_.lemma_.lower()])
    for child in span.root.head.children if span.root.dep_ in {"nsubj"} else ():
        if child.dep_ == "attr" and child.lemma_.lower() in words.generic:
            yield Cue("predicate", words.generic[child.lemma_.lower()])


def _last_noun(token: Token) -> Token:
    """Return the head of the nouns that follow a name: ``model family`` gives ``family``."""
    while token.i + 1 < len(token.doc) and token.nbor().pos_ == "NOUN" and token.whitespace_:
        token = token.nbor()
    return token


def _apposition(doc: Doc, at: int) -> Token | None:
    """Return the noun of ``, a small Norwegian start-up``: an article, then up to five words."""
    if at >= len(doc) or doc[at].lower_ not in {
        "a",
        "an",
        "the",
        "its",
        "their",
        "our",
        "his",
        "her",
    }:
        return None
    for token in doc[at + 1 : at + 7]:
        if token.pos_ == "NOUN" and (token.i + 1 >= len(doc) or token.nbor().pos_ != "NOUN"):
            return token
        if token.pos_ in {"VERB", "AUX", "PUNCT", "ADP", "PRON"}:
            return None
    return None


def _role_cues(span: DocSpan, doc: Doc, words: CueWords) -> Iterator[Cue]:
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    if before is not None and before.lower_ in {"of", "at", "for", "from"} and before.i:
        role = doc[before.i - 1]
        if role.lemma_.lower() in words.roles:
            yield Cue("role-of", "Organization")
    if before is not None and before.lemma_.lower() in words.roles and before.text != ",":
        yield Cue("role-subject", "Person", 0.7)
    if after is None:
        return
    if after.lemma_.lower() in words.roles:
        following = doc[after.i + 1] if after.i + 1 < len(doc) else None
        if following is not None and (following.pos_ == "PROPN" or following.text in {"and", ","}):
            yield Cue("role-before-person", "Organization")
    if after.text == "'s" and after.i + 1 < len(doc):
        for token in doc[after.i + 1 : after.i + 4]:
            if token.lemma_.lower() in words.roles:
                yield Cue("role-of", "Organization", 0.8)
                break
    if after.text in {",", "(", "—", "–"}:
        for token in doc[after.i + 1 : after.i + 6]:
            if token.lemma_.lower() in words.roles:
                yield Cue("role-subject", "Person")
                break
            if token.pos_ in {"VERB", "AUX", "PUNCT"}:
                break
    head = span.root.head
    if span.root.dep_ == "nsubj" and head.lemma_ == "be":
        for child in head.children:
            if child.dep_ == "attr" and child.lemma_.lower() in words.roles:
                yield Cue("role-subject", "Person")


def _syntax_cues(span: DocSpan, words: CueWords) -> Iterator[Cue]:
    root, head = span.root, span.root.head
    if root.dep_ == "nsubj" and head.lemma_.lower() in words.actions:
        yield Cue("action-verb", words.actions[head.lemma_.lower()])
    if root.dep_ in {"dobj", "obj"} and head.lemma_.lower() in words.used_by:
        yield Cue("used", "Product")
    if root.dep_ == "pobj":
        if head.lemma_.lower() in {"with", "using", "via"}:
            yield Cue("used", "Product", 0.6)
        elif f"{head.head.lemma_.lower()} {head.lower_}" in words.used_by:
            yield Cue("used", "Product")
        elif head.lower_ == "in" and head.head.lemma_ in {"live", "base", "be", "move", "born"}:
            yield Cue("located", "Place")
    if root.dep_ == "pcomp" or head.lower_ == "using":
        yield Cue("used", "Product", 0.6)
