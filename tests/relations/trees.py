"""Syntax trees written by hand, so that a rule is tested apart from any parser.

``Skald/NNP/nsubj/1@Model beats/VBZ/ROOT/1/beat Qwen/NNP/dobj/1@Model``: for every word its tag, its
dependency, the index of its head, where needed its lemma, and the class of the name that it is.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.linking import LinkedEntity
from kg.model import Block, BlockKind, Mention
from kg.references import Anchor, MentionMap
from tests.marked import ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PARTS_OF_SPEECH = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "JJ": "ADJ",
    "JJR": "ADJ",
    "CD": "NUM",
    "DT": "DET",
    "IN": "ADP",
    "RP": "ADP",
    "RB": "ADV",
    "RBR": "ADV",
    "CC": "CCONJ",
    "TO": "PART",
    "NEG": "PART",
    "POS": "PART",
    "MD": "AUX",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WDT": "PRON",
    "WP": "PRON",
    ",": "PUNCT",
    ".": "PUNCT",
    ":": "PUNCT",
}
_AUXILIARIES = frozenset({"aux", "auxpass"})


def tree(text: str) -> Doc:
    """Return the parsed sentence that the notation writes down."""
    from spacy.tokens import Doc

    words = [word.split("@")[0].rsplit("/", word.split("@")[0].count("/")) for word in text.split()]
    return Doc(
        _vocabulary(),
        words=[word[0] for word in words],
        tags=[word[1] for word in words],
        pos=[_part_of_speech(word) for word in words],
        deps=[word[2] for word in words],
        heads=[int(word[3]) for word in words],
        lemmas=[word[4] if len(word) > 4 else word[0].lower() for word in words],
    )


@lru_cache(maxsize=1)
def _vocabulary() -> Vocab:
    import spacy

    return spacy.blank("en").vocab


def _part_of_speech(word: list[str]) -> str:
    if word[1].startswith("VB"):
        copula = len(word) > 4 and word[4] == "be" and word[2] not in {"auxpass", "aux"}
        return "AUX" if word[2] in _AUXILIARIES or copula else "VERB"
    return _PARTS_OF_SPEECH[word[1]]


def names(text: str, head: str = "") -> MentionMap:
    """Return the names of a tree; ``head`` is the class of a name that the item's head gives."""
    doc = tree(text)
    kinds = [word.partition("@")[2] for word in text.split()]
    entities: list[LinkedEntity] = []
    anchors: list[Anchor] = []
    for token, kind in zip(doc, kinds, strict=True):
        if kind:
            place = Mention(token.idx, token.idx + len(token), token.text, kind)
            anchors.append(Anchor(place, len(entities), token.i, token.i + 1, token.i))
            entities.append(LinkedEntity(kind, token.text, (), (place,)))
    before = []
    if head:
        before.append(len(entities))
        entities.append(LinkedEntity(head, "HEAD", (), (Mention(0, 1, "HEAD", head),)))
    block = Block(0, len(doc.text), BlockKind.PARAGRAPH)
    passage = Passage(0, block, doc, doc.text, tuple(range(len(doc.text))))
    return MentionMap(passage, anchors, entities, ontology(), before)
