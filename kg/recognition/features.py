"""What the recogniser of unknown names sees of a name: its shape, its cues, its neighbours.

None of it is the name itself, so that what was learned from some names holds for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.ontology import Ontology
from kg.recognition.cues import cue_words, cues
from kg.recognition.shape import Run

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHAPES = (
    ("digits", re.compile(r"\d")),
    ("camel", re.compile(r"[a-z][A-Z]")),
    ("caps", re.compile(r"^[A-Z][A-Z0-9&.]+$")),
    ("initial", re.compile(r"^[A-Z]\.?$")),
    ("hyphen", re.compile(r"-")),
    ("dot", re.compile(r"\w\.\w")),
    ("lower", re.compile(r"^[a-z]")),
    ("size", re.compile(r"\d[BbMTK]$")),
    ("version", re.compile(r"[-v ]?\d+(?:\.\d+)?$")),
    ("title", re.compile(r"^[A-Z][a-z]+$")),
)
# How far to each side words are looked at.
_WINDOW = 3


def features(run: Run, ontology: Ontology) -> Iterator[str]:
    """Yield the names of the features that hold for one occurrence of a name."""
    doc = run.passage.doc
    span = doc.char_span(run.start, run.end, alignment_mode="expand")
    if span is None:
        return
    yield "bias"
    yield from _shape(run, ontology)
    for cue in cues(run, ontology):
        yield f"cue {cue.kind} {cue.type}"
    labels = {ent.label_ for ent in doc.ents if ent.start < span.end and span.start < ent.end}
    for label in sorted(labels) or ["none"]:
        yield f"label {label}"
    root = span.root
    yield f"pos {root.pos_}"
    yield f"dep {root.dep_}"
    yield f"head {root.dep_} {_word(root.head)}"
    if root.dep_ == "pobj":
        above = root.head.head
        yield f"above {root.head.lower_} {_word(above)}"
    for step in range(1, _WINDOW + 1):
        for side, at in (("before", span.start - step), ("after", span.end - 1 + step)):
            if not span.sent.start <= at < span.sent.end:
                yield f"{side} {step} edge"
                continue
            token = doc[at]
            word = _word(token)
            yield f"{side} {step} {word}"
            if step > 1:
                yield f"{side} near {word}"
    yield f"kind {run.passage.block.kind.value}{' head' if run.passage.is_head else ''}"
    yield f"titled {run.titled} opens {run.opens} plain {run.plain}"
    if run.plain:
        yield f"plain {root.pos_} {root.dep_}"


def _word(token: Token) -> str:
    return "NAME" if token.pos_ == "PROPN" else str(token.lemma_.lower())


def _shape(run: Run, ontology: Ontology) -> Iterator[str]:
    words = cue_words(ontology)
    count = len(run.chunks)
    yield f"words {min(count, 5)}"
    for name, pattern in _SHAPES:
        if pattern.search(run.chunks[0]):
            yield f"first {name}"
        if count > 1 and pattern.search(run.chunks[-1]):
            yield f"last {name}"
    if run.chunks[0] in words.first_names:
        yield f"first name {min(count, 3)}"
    if count == 1:
        yield f"single {' '.join(name for name, pattern in _SHAPES if pattern.search(run.text))}"
        yield f"length {min(len(run.text), 10)}"
    elif all(_SHAPES[-1][1].match(word) for word in run.chunks):
        yield f"titles {min(count, 4)}"
    if count > 1 and run.chunks[-1] in words.heads:
        yield f"ending {run.chunks[-1]}"
    if any(word.lower() in {"of", "for", "the", "and", "&"} for word in run.chunks):
        yield "connected"
