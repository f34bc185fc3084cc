"""References: which entity a pronoun or a phrase such as *the company* stands for.

Only what is clear within the paragraph is resolved, never across blocks: *it* and *the company* by
what speaks for each name before them (``kg.antecedents``), *who* and *which* by the noun that they
follow, *I* and *we* by the layout that says whose words a passage is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.antecedents import Kind, Place, Question, choose, load_weights, probabilities, resolve
from kg.language import ParsedGuide, Passage
from kg.linking import LinkedEntity
from kg.model import BlockKind, Mention, Span
from kg.names import fold
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Token

# A sentence of more tokens is a list, a table or an attack; relations in it cost more than linear
# time and are not read.
LONGEST_SENTENCE = 300
_NEUTER = frozenset({"it", "its"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "where"})
_SINGULAR_SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL_SPEAKER = frozenset({"we", "us", "our", "ours", "ourselves"})
# What *who* and *where* ask for; *whose* and *which* leave it open.
_ASKED = {
    "who": ("Person", "Organization"),
    "whom": ("Person", "Organization"),
    "where": ("Organization", "Place", "Event"),
}
# Between a person and the organization whose words theirs are: "Ada Holm, head of research, Halden
# Labs", "Ada Holm of Halden Labs".
_AFFILIATION = re.compile(r",(?: [^,.;:]{1,40}(?:,| at| of))? | (?:of|at|from) |\s*\(")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention with its entity's index and its tokens' place in the passage."""

    mention: Mention
    entity: int
    first: int
    last: int
    root: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a passage is: a person, and the organization that they speak for."""

    person: int | None = None
    organization: int | None = None


class MentionMap:
    """Looks up entities by token, and antecedents by reference, within one passage."""

    def __init__(
        self,
        passage: Passage,
        anchors: Sequence[Anchor],
        entities: Sequence[LinkedEntity],
        ontology: Ontology,
        before: Sequence[int] = (),
        speaker: Speaker = Speaker(),
    ) -> None:
        self.passage = passage
        self.anchors = tuple(anchors)
        self._entities = entities
        self._ontology = ontology
        self._by_token: Mapping[int, Anchor] = {
            at: anchor for anchor in anchors for at in range(anchor.first, anchor.last)
        }
        self._before = tuple(before)
        self._speaker = speaker

    @property
    def head_entities(self) -> tuple[int, ...]:
        """The entities that the item's head names: what the text after it speaks of."""
        return self._before

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the passage names entities."""
        return tuple(Place(a.entity, a.first, a.last, a.root) for a in self.anchors)

    @cached_property
    def kinds(self) -> Mapping[int, Kind]:
        """What antecedents are chosen by, for every entity of the passage and its head."""
        found = {}
        for at in {*self._before, *(anchor.entity for anchor in self.anchors)}:
            entity = self._entities[at]
            names = tuple(dict.fromkeys((entity.label, *(m.text for m in entity.mentions))))
            found[at] = Kind(self._ontology.root(entity.type), names)
        return found

    def anchor(self, token: Token) -> Anchor | None:
        """Return the mention that the token belongs to, or None."""
        return self._by_token.get(token.i)

    def type_of(self, entity: int) -> str:
        """Return an entity's class."""
        return self._entities[entity].type

    def antecedent(self, token: Token) -> int | None:
        """Return the entity that a pronoun or definite description stands for, or None."""
        word = token.lower_
        if word in _RELATIVE:
            return self._relative(token)
        if word in _SINGULAR_SPEAKER:
            return self._speaker.person
        if word in _PLURAL_SPEAKER:
            return self._speaker.organization
        return self._answers.get(token.i)

    def alternatives(self, token: Token) -> tuple[int, ...]:
        """Return what a pronoun may stand for instead, one entity a class, the likelier first.

        ``It was trained on X`` is not said of the company that is the subject before it: what the
        verb asks for decides.
        """
        first = self._answers.get(token.i)
        if first is None or token.lower_ not in _NEUTER:
            return ()
        shares = self._shares[token.i]
        best: dict[str, int] = {}
        for entity in sorted(shares, key=lambda entity: (-shares[entity], entity)):
            if entity >= 0:
                best.setdefault(self._ontology.root(self._entities[entity].type), entity)
        return tuple(entity for entity in best.values() if entity != first)

    @cached_property
    def _answers(self) -> Mapping[int, int]:
        """What each pronoun and definite noun of the passage stands for, by token."""
        self._shares: dict[int, dict[int, float]] = {}
        found: dict[int, int] = {}
        weights = load_weights()

        def answer(question: Question) -> int | None:
            shares = probabilities(question, weights)
            self._shares[question.token] = shares
            best = choose(shares)
            if best is not None:
                found[question.token] = best
            return best

        resolve(self.passage.doc, self.places, self.kinds, self._before, self._ontology, answer)
        return found

    def _relative(self, token: Token) -> int | None:
        """``Halden, which``, ``Halden, from which``: the name right before it, or what it hangs on.

        Where the two differ, nothing.
        """
        asked = _ASKED.get(token.lower_)
        at = token.i - 1
        while at > token.sent.start and token.doc[at].pos_ == "ADP":
            at -= 1
        if at > token.sent.start and token.doc[at].text in {",", "("}:
            at -= 1
        near = self._by_token.get(at) if at >= 0 else None
        above = token
        while above.dep_ not in {"relcl", "ROOT"} and above.head.i != above.i:
            above = above.head
        hung = self._by_token.get(above.head.i) if above.dep_ == "relcl" else None
        found = {
            anchor.entity
            for anchor in (near, hung)
            if anchor is not None
            and (asked is None or self._ontology.root(self.type_of(anchor.entity)) in asked)
        }
        return found.pop() if len(found) == 1 else None


def mention_maps(
    parsed: ParsedGuide, entities: Sequence[LinkedEntity], ontology: Ontology
) -> tuple[MentionMap, ...]:
    """Return one map a passage, in the passages' order."""
    placed = sorted(
        (mention, at) for at, entity in enumerate(entities) for mention in entity.mentions
    )
    speakers = _speakers(parsed, placed, entities, ontology)
    starts = [mention.start for mention, _ in placed]
    maps: list[MentionMap] = []
    for passage in parsed.passages:
        anchors = []
        for mention, entity in placed[
            bisect_left(starts, passage.start) : bisect_left(starts, passage.end)
        ]:
            tokens = passage.tokens(Span(mention.start, mention.end))
            if tokens is not None and len(tokens.root.sent) <= LONGEST_SENTENCE:
                anchors.append(Anchor(mention, entity, tokens.start, tokens.end, tokens.root.i))
        head = maps[passage.head] if passage.head >= 0 else None
        before = [anchor.entity for anchor in head.anchors] if head else []
        speaker = speakers.get(passage.block.start, Speaker())
        maps.append(MentionMap(passage, anchors, entities, ontology, before, speaker))
    return tuple(maps)


_Placed = Sequence[tuple[Mention, int]]


def _speakers(
    parsed: ParsedGuide, placed: _Placed, entities: Sequence[LinkedEntity], ontology: Ontology
) -> dict[int, Speaker]:
    """Return whose words the quotations and the turns of a conversation are, by block's start."""
    guide = parsed.guide
    organizations = _organizations(guide.text, placed, entities, ontology)
    persons: dict[str, set[int]] = {}
    for at, entity in enumerate(entities):
        if entity.type == "Person":
            for name in {entity.label, *(mention.text for mention in entity.mentions)}:
                for part in {name, name.split()[0]}:
                    persons.setdefault(fold(part), set()).add(at)
    found: dict[int, Speaker] = {}
    for block in guide.blocks:
        if block.speaker is not None:
            said = guide.text[block.speaker.start : block.speaker.end]
            known = persons.get(fold(said.split(",")[0]), set())
            if len(known) == 1:
                person = next(iter(known))
                found[block.start] = Speaker(person, organizations.get(person))
    by_start = {block.start: block for block in guide.blocks}
    for quote in guide.quotes:
        named = {
            entity
            for mention, entity in placed
            if quote.attribution.contains(mention.span) and entities[entity].type == "Person"
        }
        person_ = named.pop() if len(named) == 1 else None
        companies = {
            entity
            for mention, entity in placed
            if quote.attribution.contains(mention.span)
            and ontology.root(entities[entity].type) == "Organization"
        }
        company = companies.pop() if len(companies) == 1 else None
        for start, block in by_start.items():
            if block.kind is BlockKind.QUOTE and quote.quotation.overlaps(block.span):
                found[start] = Speaker(person_, company)
    return found


def _organizations(
    text: str, placed: _Placed, entities: Sequence[LinkedEntity], ontology: Ontology
) -> dict[int, int]:
    """Return the one organization that the guide gives with each person's name."""
    found: dict[int, set[int]] = {}
    for (mention, person), (following, company) in pairwise(placed):
        if (
            entities[person].type == "Person"
            and ontology.root(entities[company].type) == "Organization"
            and _AFFILIATION.fullmatch(text[mention.end : following.start])
        ):
            found.setdefault(person, set()).add(company)
    return {person: next(iter(known)) for person, known in found.items() if len(known) == 1}
