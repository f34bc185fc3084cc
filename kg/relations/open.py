"""Open relations: what a verb says of two named entities where no relation of the ontology fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.model import BlockKind, Origin
from kg.references import MentionMap
from kg.relations.arguments import Argument, arguments
from kg.relations.clauses import clause
from kg.relations.modality import modality_of
from kg.relations.statement import Reading, Statement
from kg.relations.syntax import sentence_span

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATION = "relatedTo"
_CONFIDENCE = 0.5
_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})


def find(reading: Reading) -> Iterator[Statement]:
    """Yield subject, verb phrase and object for the clauses that join two names directly."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if passage.block.kind not in _READ or len(names.anchors) < 2:
            continue
        for verb in passage.doc:
            if verb.pos_ == "VERB" and names.anchor(verb) is None:
                yield from _of_verb(reading, passage, names, verb)


def _of_verb(
    reading: Reading, passage: Passage, names: MentionMap, verb: Token
) -> Iterator[Statement]:
    found = clause(verb)
    if found.passive:
        ends = [(found.agents, found.undergoers, verb.lemma_)]
    else:
        ends = [(found.agents, found.undergoers, verb.lemma_)]
        for child in verb.children:
            if child.dep_ == "prep":
                below = tuple(end for end in child.children if end.dep_ == "pobj")
                ends.append((found.agents, below, f"{verb.lemma_} {child.lower_}"))
    for left, right, phrase in ends:
        for subject in _direct(left, names, reading):
            for object_ in _direct(right, names, reading):
                types = [reading.entities[a.entity].type for a in (subject, object_)]
                if subject.entity != object_.entity and reading.ontology.allows(RELATION, *types):
                    yield Statement(
                        subject.entity,
                        RELATION,
                        object_.entity,
                        sentence_span(passage, verb),
                        _CONFIDENCE,
                        "syntax:open",
                        phrase,
                        Origin.OPEN,
                        modality_of(verb, reading.ontology, (*left, *right)),
                    )


def _direct(tokens: tuple[Token, ...], names: MentionMap, reading: Reading) -> Iterator[Argument]:
    for token in tokens:
        yield from (a for a in arguments(token, names, reading.ontology) if a.direct)
