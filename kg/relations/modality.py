"""How a statement is made: asserted, negated, hypothetical (asked included) or predicted.

The cue words stand on the modalities in ``ontology/vocabulary.ttl``. What counts is what governs
the trigger: its own auxiliaries and adverbs, the verbs above it, and the mood of its sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Modality
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

# Links over which a verb's mood reaches the statement below it.
_GOVERNED = frozenset(
    {"xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "dobj", "prep", "pobj"}
    | {"attr", "poss", "acomp", "appos"}
)
_OWN = frozenset({"aux", "neg", "advmod", "auxpass", "mark", "det", "preconj"})
_STEPS = 3
# "not only", "did not just release": what is denied is the adverb.
_FOCUS = frozenset({"just", "only", "merely", "simply", "solely"})


def modality_of(trigger: Token, ontology: Ontology, arguments: tuple[Token, ...] = ()) -> Modality:
    """Judge the statement that a trigger word makes."""
    cues = ontology.modality_cues
    words = _governing_words(trigger)
    for token in arguments:
        words |= {
            child.lower_ for child in token.children if child.dep_ in {"det", "neg", "preconj"}
        }
    if words & set(cues["negated"]):
        return Modality.NEGATED
    if (
        _asked(trigger)
        or words & set(cues["hypothetical"])
        or _phrase_before(trigger, cues["hypothetical"])
    ):
        return Modality.HYPOTHETICAL
    if words & set(cues["predicted"]) or _phrase_before(trigger, cues["predicted"]):
        return Modality.PREDICTED
    if _phrase_before(trigger, cues["negated"]):
        return Modality.NEGATED
    return Modality.ASSERTED


def _governing_words(trigger: Token) -> set[str]:
    """Words that set the mood: around the trigger, and around and of the verbs above it."""
    words: set[str] = set()
    token = trigger
    for step in range(_STEPS):
        words |= set(_own_words(token))
        if step and token.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            words |= {token.lower_, token.lemma_.lower()}
        if token.dep_ not in _GOVERNED or token.head.i == token.i:
            break
        above = token.head
        if token.dep_ == "conj":
            if any(child.dep_ in {"aux", "nsubj", "nsubjpass"} for child in token.children):
                break
        elif token.dep_ == "acl" and above.pos_ == "NOUN" and token.tag_ in {"VBN", "VBG"}:
            break
        elif token.dep_ == "advcl":
            # "If A buys B, C …": the mood of the main clause is not that of its condition.
            break
        token = above
    return words


def _own_words(token: Token) -> Iterator[str]:
    """The auxiliaries, adverbs and articles of a word; a noun's adjectives too ("planned deal")."""
    # "planned deal", "it is false that"
    further = {"NOUN": {"amod"}, "AUX": {"acomp"}}.get(token.pos_, set())
    kinds = _OWN | further
    for child in token.children:
        if child.dep_ not in kinds:
            continue
        if child.dep_ == "neg" or child.lower_ == "not":
            after = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else child
            # "released A, not B" denies B; only of "be" and its like does "not" stand behind.
            behind = child.i > token.i and token.pos_ != "AUX"
            if behind or after.lower_ in _FOCUS:
                continue
        yield child.lower_


def _asked(trigger: Token) -> bool:
    sentence = trigger.sent
    last = sentence[-1]
    at = len(sentence) - 1
    while at > 0 and last.text in {'"', "'", ")", "”"}:
        at -= 1
        last = sentence[at]
    return last.text == "?"


def _phrase_before(trigger: Token, phrases: tuple[str, ...]) -> bool:
    """Tell whether a cue of several words stands right before the trigger."""
    start = max(trigger.sent.start, trigger.i - 4)
    before = f" {trigger.doc[start : trigger.i].text.lower()} "
    return any(f" {phrase} " in before for phrase in phrases if " " in phrase)
