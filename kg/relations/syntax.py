"""Relations that a sentence states by its syntax, read by the frames of the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language import Passage
from kg.model import Modality, Span
from kg.ontology import Frame
from kg.references import MentionMap
from kg.relations.arguments import Argument, arguments
from kg.relations.clauses import Clause, clause, has_particle, mistagged, prepositional
from kg.relations.frames import frame_index
from kg.relations.modality import modality_of
from kg.relations.statement import Reading, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

VERB, NOUN, BETWEEN = "syntax:verb", "syntax:noun", "syntax:between"
_DIRECT, _INDIRECT = 0.85, 0.7


def find(reading: Reading) -> Iterator[Statement]:
    """Yield what the sentences of a guide state."""
    for passage, names in zip(reading.parsed.passages, reading.maps, strict=True):
        if not names.anchors and not names.head_entities:
            continue
        for token in passage.doc:
            if token.pos_ in {"VERB", "AUX"} or token.tag_ in {"VBN", "VBG", "VBZ", "VBD"}:
                yield from _verb(reading, passage, names, token, clause(token))
            else:
                mended = mistagged(token) or _verb_between_names(token, names, reading)
                if mended is not None:
                    yield from _verb(reading, passage, names, token, mended)
            if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
                yield from _noun(reading, passage, names, token)
            if token.dep_ in {"prep", "agent", "acl", "pcomp"} or token.pos_ == "ADP":
                yield from _between(reading, passage, names, token)


def _verb_between_names(word: Token, names: MentionMap, reading: Reading) -> Clause | None:
    """Return the clause of a verb that the tagger took for a noun: "Ferrite powers Lumen Desk".

    It stands right after one name and, an article or particle aside, right before another.
    """
    if not word.i or names.anchor(word) is not None:
        return None
    left = names.anchor(word.doc[word.i - 1])
    frames = frame_index(reading.ontology).verbs
    if left is None or not word.lower_.endswith("s") or base_form(word, frames) is None:
        return None
    at = word.i + 1
    while at < word.sent.end and word.doc[at].pos_ in {"DET", "ADP", "ADV", "PRON"}:
        at += 1
    right = names.anchor(word.doc[at]) if at < word.sent.end else None
    if right is None:
        return None
    return Clause(word, (word.doc[left.root],), (word.doc[right.root],), passive=False)


def base_form(word: Token, frames: Mapping[str, object]) -> str | None:
    """Return the verb that a word is a form of, by the lemma or by its ending, or None."""
    text = word.lower_
    forms = (word.lemma_.lower(), text, text.removesuffix("s"), text.removesuffix("es"))
    return next((form for form in forms if form in frames), None)


def sentence_span(passage: Passage, token: Token) -> Span:
    """Return the place of a token's sentence."""
    return passage.span(token.sent)


def _verb(
    reading: Reading, passage: Passage, names: MentionMap, verb: Token, found: Clause
) -> Iterator[Statement]:
    verbs = frame_index(reading.ontology).verbs
    base = verb.lemma_.lower() if verb.pos_ in {"VERB", "AUX"} else base_form(verb, verbs)
    frames = verbs.get(base or "", ())
    if not frames or names.anchor(verb) is not None:
        return
    if not found.agents and not found.undergoers:
        # The parser hung the names elsewhere.
        found = _verb_between_names(verb, names, reading) or found
    done: set[tuple[int, int]] = set()
    for frame in frames:
        for left, right in _fillers(found, frame):
            stated = list(
                _pairs(reading, passage, names, frame, verb, left, right, VERB, done, found)
            )
            yield from stated
            if stated:
                break


def _fillers(found: Clause, frame: Frame) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...]]]:
    """Yield the words that fill S and O (swapped later for an inverse frame)."""
    rest = frame.words[1:]
    if not rest:
        yield found.agents, found.undergoers
        return
    if has_particle(found.verb, rest):
        yield found.agents, found.undergoers
    reached = tuple(prepositional(found.verb, rest))
    if reached:
        if rest == ("by",):
            # "inspired by": the undergoer is what the frame calls S.
            yield found.undergoers, reached
        else:
            # "hosts the app on Hetzner", "trained Skald on FineWeb": said of what was hosted or
            # trained where that is named, else of who did it.
            yield found.undergoers, reached
            yield (() if found.passive else found.agents), reached


def _pairs(
    reading: Reading,
    passage: Passage,
    names: MentionMap,
    frame: Frame,
    trigger: Token,
    left: tuple[Token, ...],
    right: tuple[Token, ...],
    voice: str,
    done: set[tuple[int, int]],
    found: Clause | None = None,
) -> Iterator[Statement]:
    ontology = reading.ontology
    subjects = [a for token in left for a in arguments(token, names, ontology)]
    implied = found is not None or trigger.dep_ == "ROOT"
    if not subjects and implied and not left and names.head_entities:
        # "**Multi-Head Latent Attention:** reduces the size of …", "**Halden Labs:** makers of …"
        subjects = [Argument(entity, trigger.i, direct=True) for entity in names.head_entities[:1]]
    objects = [a for token in right for a in arguments(token, names, ontology)]
    mood = modality_of(trigger, ontology, (*left, *right))
    for subject in subjects:
        for object_ in objects:
            first, second = (object_, subject) if frame.inverse else (subject, object_)
            fitting = _fitting(reading, frame.relation, first, second)
            if fitting is None:
                continue
            first, second = fitting
            if first.entity == second.entity or (first.entity, second.entity) in done:
                continue
            # However the pronoun is read: the verb says one thing of one of them.
            done |= {
                (left, right)
                for left in (first.entity, *first.others)
                for right in (second.entity, *second.others)
            }
            yield _statement(passage, frame, trigger, first, second, voice, mood)


def _fitting(
    reading: Reading, relation: str, subject: Argument, object_: Argument
) -> tuple[Argument, Argument] | None:
    """Return the two arguments, a pronoun read as the first that the relation allows, or None."""
    for first in (subject.entity, *subject.others):
        for second in (object_.entity, *object_.others):
            if first != second and _allowed(reading, relation, first, second):
                return (
                    replace(subject, entity=first, others=(subject.entity, *subject.others)),
                    replace(object_, entity=second, others=(object_.entity, *object_.others)),
                )
    return None


def _allowed(reading: Reading, relation: str, subject: int, object_: int) -> bool:
    types = (reading.entities[subject].type, reading.entities[object_].type)
    return reading.ontology.allows(relation, *types)


def _statement(
    passage: Passage,
    frame: Frame,
    trigger: Token,
    subject: Argument,
    object_: Argument,
    voice: str,
    mood: Modality,
) -> Statement:
    return Statement(
        subject=subject.entity,
        relation=frame.relation,
        object=object_.entity,
        evidence=sentence_span(passage, trigger),
        confidence=_DIRECT if subject.direct and object_.direct else _INDIRECT,
        voice=f"{voice} {' '.join(frame.words)}",
        phrase=_phrase(trigger),
        modality=mood,
    )


def _phrase(trigger: Token) -> str:
    """The trigger as said, with its particle or preposition when it follows at once."""
    last = trigger.i
    while last + 1 < trigger.sent.end and trigger.doc[last + 1].dep_ in {"prep", "prt", "agent"}:
        last += 1
    return trigger.doc[trigger.i : last + 1].text


def _noun(
    reading: Reading, passage: Passage, names: MentionMap, noun: Token
) -> Iterator[Statement]:
    index = frame_index(reading.ontology)
    word = noun.lemma_.lower() if noun.pos_ != "PROPN" else noun.lower_
    if names.anchor(noun) is not None:
        return
    # A founder also works there: each relation is read for itself.
    done: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for frame in index.nouns.get(word, ()):
        if not _phrase_matches(noun, frame):
            continue
        holders, places = tuple(_holders(noun)), tuple(_places(noun, frame))
        for statement in _pairs(
            reading, passage, names, frame, noun, holders, places, NOUN, done[frame.relation]
        ):
            yield _with_role(statement, noun, frame)
    for frame in index.acts.get(word, ()):
        doers, undergoers = tuple(_doers(noun)), tuple(_places(noun, frame, possessive=False))
        yield from _pairs(
            reading, passage, names, frame, noun, doers, undergoers, NOUN, done[frame.relation]
        )


def _phrase_matches(noun: Token, frame: Frame) -> bool:
    """Check the words before the trigger: ``chief`` of ``chief executive of``."""
    before = frame.words[:-2] if len(frame.words) > 1 else ()
    actual = tuple(token.lower_ for token in noun.doc[max(0, noun.i - len(before)) : noun.i])
    return tuple(word.lower() for word in before) == actual if before else True


def _holders(noun: Token) -> Iterator[Token]:
    """Who or what is the noun: "X is the n", "X, n of", "the n, X", "n X", "X as n"."""
    token = noun
    while token.dep_ == "conj" and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    if token.dep_ in {"attr", "conj"} and token.head.lemma_ in {"be", "become", "remain"}:
        yield from clause(token.head).agents
    elif token.dep_ == "appos" or token.dep_ in {"compound", "nmod", "amod"}:
        yield token.head
    elif token.dep_ == "pobj" and token.head.lower_ == "as":
        above = token.head.head
        if above.pos_ in {"VERB", "AUX"}:
            found = clause(above)
            yield from found.undergoers or found.agents
    elif token.dep_ == "nsubj" and token.head.lemma_ == "be":
        yield from (child for child in token.head.children if child.dep_ == "attr")
    elif noun.dep_ == "conj":
        # "is the lead at X and the author of Y": the parser may hang the author on X.
        for above in noun.ancestors:
            if above.dep_ == "attr" and above.head.lemma_ == "be":
                yield from clause(above.head).agents
                break
    yield from (child for child in noun.children if child.dep_ == "appos")


def _places(noun: Token, frame: Frame, *, possessive: bool = True) -> Iterator[Token]:
    """What the noun is of: "n of Y", "Y's n", "Y n"."""
    allowed = set(frame.words[-1:]) if len(frame.words) > 1 else set()
    if frame.relation == "worksFor":
        allowed |= {"of", "at", "for", "from", "in", "with"}
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in allowed:
            yield from (below for below in child.children if below.dep_ in {"pobj", "pcomp"})
        elif possessive and child.dep_ in {"poss", "compound", "nmod"}:
            yield child
    if noun.dep_ == "conj" and noun.head.pos_ in {"NOUN", "PROPN"}:
        # "founder and CEO of X": the preposition hangs on the first of the nouns.
        for child in noun.head.children:
            if child.dep_ == "prep" and child.i > noun.i and child.lower_ in allowed:
                yield from (below for below in child.children if below.dep_ == "pobj")
    for child in noun.children:
        # "CEO and co-founder of X": the preposition hangs on the last of the nouns.
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN"}:
            for below in child.children:
                if below.dep_ == "prep" and below.lower_ in allowed:
                    yield from (end for end in below.children if end.dep_ == "pobj")


def _doers(noun: Token) -> Iterator[Token]:
    """Whose act it is: "X's release of Y", "the release of Y by X"."""
    for child in noun.children:
        if child.dep_ in {"poss", "compound"}:
            yield child
        elif child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            yield from (below for below in child.children if below.dep_ == "pobj")


def _with_role(statement: Statement, noun: Token, frame: Frame) -> Statement:
    """Add the post that a person holds as a literal."""
    if frame.relation != "worksFor":
        return statement
    first = noun.i
    while (
        first > noun.sent.start
        and noun.doc[first - 1].dep_ in {"compound", "amod"}
        and (noun.doc[first - 1].head.i <= noun.i and noun.doc[first - 1].ent_type_ not in {"ORG"})
    ):
        first -= 1
    words = [token.text_with_ws for token in noun.doc[first : noun.i + 1]]
    role = "".join(words).strip()
    literals = [("role", role)]
    if any(child.lower_ in {"former", "ex", "previously"} for child in noun.children):
        literals.append(("status", "former"))
    return replace(statement, literals=tuple(sorted(literals)))


def _between(
    reading: Reading, passage: Passage, names: MentionMap, preposition: Token
) -> Iterator[Statement]:
    """``Jamba from AI21 Labs``: a preposition that ties one name to another."""
    frames = frame_index(reading.ontology).between.get(preposition.lower_, ())
    if not frames:
        return
    above = preposition.head
    if above.pos_ in {"VERB", "AUX"} or names.anchor(preposition) is not None:
        return
    below = tuple(
        child for child in preposition.children if child.dep_ in {"pobj", "dobj", "pcomp"}
    )
    anchor = names.anchor(above)
    done: set[tuple[int, int]] = set()
    for frame in frames:
        holders: tuple[Token, ...] = (above,)
        if anchor is None and above.dep_ == "appos":
            holders = (above, above.head)
        yield from _pairs(
            reading, passage, names, frame, preposition, holders, below, BETWEEN, done
        )
