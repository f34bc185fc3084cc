"""Which of the names before a pronoun or a phrase such as *the company* it stands for.

Every name (or earlier reference) within reach is an option, and so is none of them, for words that
refer to nothing (*it rained*) or to something unnamed. What speaks for each is a list of features:
how far away, subject or object, how often named, class and verb, whether *she* goes with the name.
A small model fitted on the annotated passages of ``training/`` (``training/fit_references.py``)
weighs them; an answer is given only where one option is likelier than all others together and
no other comes near it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.logistic import shipped
from kg.names import fold
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# The probability from which a reference is answered.
ACCEPT = 0.5
# The share of the best name's probability from which the second best is as good.
EQUAL = 0.75
# Sentences between a reference and its antecedent, at the most.
REACH = 1
# The names looked at, the last ones.
MOST_OPTIONS = 12
# Places before a reference that are looked at, so that time grows with a paragraph's length only.
_MOST_PLACES = 200
_WEIGHTS = Path(__file__).with_name("antecedents.json")
_GROUPS = {
    "she": "she her hers herself",
    "he": "he him his himself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}
_DETERMINERS = frozenset({"the", "this", "that"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ROLES = {
    "nsubj": "subject",
    "nsubjpass": "passive",
    "dobj": "object",
    "dative": "object",
    "pobj": "oblique",
    "poss": "possessive",
    "appos": "apposition",
    "compound": "modifier",
    "nmod": "modifier",
    "amod": "modifier",
    "attr": "predicate",
    "ROOT": "root",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity is named or, with a ``group``, referred to by a word of that group."""

    entity: int
    first: int
    last: int
    root: int
    group: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A reference, the entities that it may stand for, and what speaks for each.

    The first option is -1: none of them.
    """

    token: int
    group: str
    options: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What the questions need to know of an entity."""

    type: str
    names: tuple[str, ...]


def group_of(token: Token, ontology: Ontology) -> str:
    """Return the group of a word that may refer (``she``, ``it``, ``noun`` …), or nothing."""
    group = _GROUP_OF.get(token.lower_, "")
    if group:
        subject = token.dep_ in _SUBJECTS
        impersonal = subject and token.head.lemma_ in ontology.naming.impersonal_verbs
        return "" if group == "it" and impersonal else group
    if token.tag_ == "NN" and _is_definite(token) and not _narrowed(token):
        return "noun"
    return ""


def resolve(
    doc: Doc,
    named: Sequence[Place],
    kinds: Mapping[int, Kind],
    head: Sequence[int],
    ontology: Ontology,
    answer: Callable[[Question], int | None],
) -> dict[int, Question]:
    """Ask for every reference of a passage in text order; an answer is a place for those after it.

    ``head`` holds the entities that the item's head names.
    """
    asked: dict[int, Question] = {}
    inside = {at for place in named for at in range(place.first, place.last)}
    coming = list(reversed(named))
    before: list[Place] = []
    for sentence in doc.sents:
        for token in sentence:
            while coming and coming[-1].last <= token.i:
                before.append(coming.pop())
            group = "" if token.i in inside else group_of(token, ontology)
            if not group or (not before and not head):
                continue
            question = _question(token, group, before[-_MOST_PLACES:], kinds, head, ontology)
            if question is None:
                continue
            asked[token.i] = question
            entity = answer(question)
            if entity is not None:
                before.append(Place(entity, token.i, token.i + 1, token.i, group))
    return asked


def probabilities(question: Question, weights: Mapping[str, float]) -> dict[int, float]:
    """Return how likely each option of a question is; they add up to one."""
    scores = [
        sum(weights.get(feature, 0.0) for feature in features) for _, features in question.options
    ]
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    return {
        entity: share / sum(shares)
        for (entity, _), share in zip(question.options, shares, strict=True)
    }


def choose(shares: Mapping[int, float]) -> int | None:
    """Return the option that is clearly the likeliest, or None."""
    best, *others = sorted(shares, key=lambda entity: (-shares[entity], entity))
    if best < 0 or shares[best] < ACCEPT:
        return None
    if any(entity >= 0 and shares[entity] > EQUAL * shares[best] for entity in others):
        return None
    return best


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """Read the fitted weights that come with the package."""
    with shipped(_WEIGHTS) as stored:
        weights: dict[str, float] = stored["weights"]
        return weights


def _question(
    token: Token,
    group: str,
    before: Sequence[Place],
    kinds: Mapping[int, Kind],
    head: Sequence[int],
    ontology: Ontology,
) -> Question | None:
    doc = token.doc
    starts = _sentence_starts(token)
    near = [place for place in before if place.first >= starts[-1]]
    barred = {place.entity for place in near if _barred(token, place, group)}
    latest: dict[int, Place] = {}
    for place in reversed(near):
        if place.entity not in barred:
            latest.setdefault(place.entity, place)
    if len(starts) <= 2 and starts[-1] == 0:
        for entity in head:
            if entity not in barred:
                latest.setdefault(entity, Place(entity, -1, -1, -1))
    fitting = [
        place
        for place in latest.values()
        if _compatible(token, group, kinds[place.entity], place, ontology)
    ][:MOST_OPTIONS]
    if not fitting:
        return None
    counts = Counter(place.entity for place in before)
    here = _place_of(token)
    options: list[tuple[int, tuple[str, ...]]] = [
        (-1, tuple(_features_of_none(token, group, here, len(fitting))))
    ]
    first_named = before[0].entity if before else -1
    for rank, place in enumerate(fitting):
        features = [
            f"rank {group} {min(rank, 3)}",
            f"alone {group}" if len(fitting) == 1 else f"rivals {min(len(fitting), 4)}",
            f"count {min(counts[place.entity], 4)}",
            *_features(doc, token, group, here, place, kinds[place.entity], starts, ontology),
        ]
        lists = [_list_of(doc, other) for other in fitting if other is not place]
        if place.root >= 0 and _list_of(doc, place) in lists:
            features.append(f"one of a list {group}")
        if place.entity == first_named:
            features.append("first named")
        if any(
            other.entity == place.entity and other.group == group for other in near if other.group
        ):
            features.append(f"chain {group}")
        if group == "noun":
            features += _noun_features(doc, token, place, near, kinds[place.entity], ontology)
        options.append((place.entity, tuple(features)))
    return Question(token.i, group, tuple(options))


def _sentence_starts(token: Token) -> list[int]:
    """Return where the sentences within reach start, the reference's own first."""
    sentence = token.sent
    starts = [sentence.start]
    while sentence.start > 0 and len(starts) <= REACH:
        sentence = token.doc[sentence.start - 1].sent
        starts.append(sentence.start)
    return starts


def _compatible(token: Token, group: str, kind: Kind, place: Place, ontology: Ontology) -> bool:
    if group in {"she", "he"}:
        return kind.type == "Person"
    if group in {"it", "they"}:
        return kind.type != "Person"
    noun = token.lemma_.lower()
    return (
        kind.type in noun_classes(ontology).get(noun, ())
        or _named_by(noun, kind)
        or (place.root >= 0 and noun in _described_as(token.doc, place))
    )


@lru_cache(maxsize=4)
def noun_classes(ontology: Ontology) -> dict[str, frozenset[str]]:
    """Return the classes that a common noun stands for: ``lab`` for organizations."""
    found: dict[str, set[str]] = {}
    for entity_class in ontology.classes.values():
        for noun in entity_class.generic_nouns:
            found.setdefault(noun, set()).add(ontology.root(entity_class.name))
    return {noun: frozenset(types) for noun, types in found.items()}


def _named_by(noun: str, kind: Kind) -> bool:
    """``the bank`` may be Savannah Trust Bank."""
    return any(
        fold(word) == fold(noun) for name in kind.names for word in name.split()[-1:] if " " in name
    )


def _described_as(doc: Doc, place: Place) -> set[str]:
    """Return the nouns that a name is called by: ``fund`` of "Bright Heron, a hedge fund"."""
    root = doc[place.root]
    found = {child.lemma_.lower() for child in root.children if child.dep_ == "appos"}
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        found.add(root.head.lemma_.lower())
    if root.dep_ in {"compound", "nmod"} and root.head.pos_ == "NOUN":
        found.add(root.head.lemma_.lower())
    if root.dep_ in _SUBJECTS and root.head.lemma_ == "be":
        found |= {child.lemma_.lower() for child in root.head.children if child.dep_ == "attr"}
    return found


def _noun_features(
    doc: Doc,
    token: Token,
    place: Place,
    near: Sequence[Place],
    kind: Kind,
    ontology: Ontology,
) -> Iterator[str]:
    noun = token.lemma_.lower()
    if kind.type in noun_classes(ontology).get(noun, ()):
        yield "noun of class"
    if _named_by(noun, kind):
        yield "noun in name"
    if any(noun in _described_as(doc, p) for p in near if p.entity == place.entity):
        yield "noun describes"
    if any(child.dep_ == "amod" for child in token.children):
        yield "noun has adjective"


def _features(
    doc: Doc,
    token: Token,
    group: str,
    here: str,
    place: Place,
    kind: Kind,
    starts: Sequence[int],
    ontology: Ontology,
) -> Iterator[str]:
    yield f"class {group} {kind.type}"
    word = _governor(token)
    yield f"asks {here} {word} {kind.type}"
    yield f"asked {here} {kind.type}"
    if place.root < 0:
        yield f"head {group}"
        return
    distance = next(at for at, start in enumerate(starts) if place.first >= start)
    root = doc[place.root]
    role = _role(root)
    yield f"far {group} {distance}"
    yield f"role {min(distance, 1)} {role}"
    yield f"roles {min(distance, 1)} {here} {role}"
    if place.group:
        yield f"is {place.group} {min(distance, 1)} {here}"
    if place.first == starts[distance] or (
        place.first == starts[distance] + 1 and doc[place.first - 1].pos_ == "DET"
    ):
        yield f"opens {min(distance, 1)} {here}"
    if _listed(root):
        yield f"listed {group}"
    if distance == 0:
        gap = token.i - place.last
        yield f"gap {'0-2' if gap < 3 else '3-6' if gap < 7 else '7+'}"
        yield f"between {_joint(doc, place, token)} {role}"
        if _verb(root) == _verb(token):
            yield f"same verb {here} {role}"
        if _said_by(token, root):
            yield f"said by {group}"
    if group in {"she", "he"}:
        yield f"sex {_sex(kind, ontology)} {group}"


def _features_of_none(token: Token, group: str, here: str, options: int) -> Iterator[str]:
    yield f"none {group}"
    yield f"none {group} {here}"
    yield f"none options {group} {min(options, 4)}"
    word = _governor(token)
    yield f"none asks {here} {word}"
    yield f"none word {token.lower_}"
    if group == "it" and token.dep_ in _SUBJECTS:
        kinds = {child.dep_ for child in token.head.children if child.i > token.head.i}
        if kinds & {"ccomp", "xcomp", "csubj", "advcl", "acl"}:
            yield f"none clause {'be' if token.head.lemma_ == 'be' else 'verb'}"
        if "attr" in kinds and token.head.lemma_ == "be":
            yield "none cleft"
    if token.i == token.sent.start:
        yield f"none opens {group}"


def _place_of(token: Token) -> str:
    if token.dep_ == "poss" or token.tag_ == "PRP$":
        return "possessive"
    return _role(token)


def _role(token: Token) -> str:
    seen = 0
    while token.dep_ == "conj" and token.head.i != token.i and seen < 4:
        token, seen = token.head, seen + 1
    return _ROLES.get(token.dep_, "other")


def _listed(root: Token) -> bool:
    return root.dep_ == "conj" or any(child.dep_ == "conj" for child in root.children)


def _list_of(doc: Doc, place: Place) -> int:
    """Return the word that heads the list that a name stands in: the name itself where in none."""
    token = doc[place.root]
    while token.dep_ == "conj" and token.head.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return int(token.i) if place.root >= 0 else -1


def _verb(token: Token) -> int:
    """Return the index of the verb whose clause a word stands in."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return int(above.i)
    return -1


def _said_by(token: Token, root: Token) -> bool:
    """``Halden says that it …``: what is said has the one who says it for subject."""
    verb = token.head
    return (
        token.dep_ in _SUBJECTS
        and verb.dep_ == "ccomp"
        and root.dep_ in _SUBJECTS
        and root.head.i == verb.head.i
    )


def _governor(token: Token) -> str:
    """Return the word that says what a reference must be: its verb, or what it possesses."""
    head = token.head
    if token.dep_ == "pobj" and head.head.i != head.i:
        return f"{head.head.lemma_.lower()} {head.lower_}"
    if token.dep_ in _SUBJECTS and head.lemma_ == "be":
        for child in head.children:
            if child.dep_ in {"attr", "acomp"}:
                return f"be {child.lemma_.lower()}"
    return str(head.lemma_.lower())


def _joint(doc: Doc, place: Place, token: Token) -> str:
    """What stands between: the kind of clause border, if any."""
    for at in range(token.i - 1, place.last - 1, -1):
        word = doc[at]
        if word.text in {";", ":", "-", "–", "—", "("}:
            return "break"
        if word.dep_ in {"cc", "mark"} or word.tag_ in {"WDT", "WP", "WRB"}:
            return str(word.lower_)
    return "none"


def _barred(token: Token, place: Place, group: str) -> bool:
    """Tell whether grammar forbids a place as antecedent.

    ``Claude, its model``: ``its`` is not Claude's. ``Ada met her``: not Ada, who would be herself.
    """
    if place.root < 0:
        return False
    root = token.doc[place.root]
    if root.dep_ == "appos" and token in root.subtree:
        return True
    if token.tag_ == "PRP$" or token.lower_.endswith("self") or group == "noun":
        return False
    if token.dep_ in {"dobj", "dative"} and root.dep_ in _SUBJECTS and root.head == token.head:
        return True
    return token.dep_ == "conj" and root == token.head


def _sex(kind: Kind, ontology: Ontology) -> str:
    naming = ontology.naming
    for name in kind.names:
        first = name.split()[0]
        if first in naming.feminine_names:
            return "feminine"
        if first in naming.first_names and first not in naming.either_names:
            return "masculine"
    return "unknown"


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in _DETERMINERS for child in token.children if child.dep_ == "det")


def _narrowed(token: Token) -> bool:
    """``the company behind X`` and ``the model that Y trained`` name something of their own."""
    if token.i + 1 < len(token.doc) and token.nbor().tag_ in {"IN", "WDT", "WP"}:
        return True
    return any(
        child.dep_ in {"prep", "relcl", "acl", "appos", "compound"} for child in token.children
    )
