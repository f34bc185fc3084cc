"""LINKING: which mentions of a guide name the same entity.

Two mentions are one entity only for a reason, and the reason is kept. Where two readings are
possible the mentions stay apart: two nodes for one thing can be merged later, one node for two
things cannot be told apart again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.language import ParsedGuide
from kg.model import Mention
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition.acronyms import definitions, fits
from kg.recognition.lexicon import lexicon_index

_SUBTITLE = re.compile(r"\s*(?:\(|: ).*$")


@dataclass(frozen=True, slots=True)
class LinkedEntity:
    """An entity of one guide: its class, names and mentions, and why names were merged."""

    type: str
    label: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    entry: str = ""
    reasons: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """How sure the surest mention is."""
        return max(mention.confidence for mention in self.mentions)


class _Groups:
    """Union-find over name groups; each union is noted with its reason."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self.reasons: dict[int, list[str]] = defaultdict(list)

    def find(self, at: int) -> int:
        self._parent.setdefault(at, at)
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at

    def unite(self, left: int, right: int, reason: str) -> None:
        first, second = sorted((self.find(left), self.find(right)))
        if first != second:
            self._parent[second] = first
            self.reasons[first].extend([*self.reasons.pop(second, []), reason])


@dataclass(frozen=True, slots=True)
class _Name:
    """All mentions of one class with the same folded name or the same lexicon entry."""

    type: str
    text: str
    entry: str
    mentions: tuple[Mention, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(fold(word) for word in re.findall(r"[^\s-]+", self.text))


def link(
    parsed: ParsedGuide, mentions: tuple[Mention, ...], ontology: Ontology
) -> tuple[LinkedEntity, ...]:
    """Group the mentions of a guide into entities, ordered by first mention."""
    names = _names(mentions, ontology)
    groups = _Groups()
    for left, right, reason in _merges(parsed, names, ontology):
        groups.unite(left, right, reason)
    members: dict[int, list[_Name]] = defaultdict(list)
    for at, name in enumerate(names):
        members[groups.find(at)].append(name)
    entities = [
        _entity(group, tuple(sorted(set(groups.reasons[root]))), ontology)
        for root, group in members.items()
    ]
    return tuple(sorted(_spelled_by_show(entities), key=lambda entity: entity.mentions[0]))


def _spelled_by_show(entities: list[LinkedEntity]) -> Iterator[LinkedEntity]:
    """A host whose own show spells the name otherwise is called as the show spells it."""
    shows = [entity.label.split() for entity in entities if entity.type == "Series"]
    for entity in entities:
        name = entity.label.split()
        spelled = {
            " ".join(show[at : at + len(name)])
            for show in shows
            for at in range(len(show) - len(name) + 1)
            if len(name) > 1 and same_name(_folded(name), _folded(show[at : at + len(name)]))
        }
        if entity.type == "Person" and len(spelled) == 1 and entity.label not in spelled:
            label = spelled.pop()
            yield replace(
                entity,
                label=label,
                aliases=tuple(dict.fromkeys((entity.label, *entity.aliases))),
                reasons=(*entity.reasons, f"spelling: {entity.label}, {label} of the show"),
            )
        else:
            yield entity


def _folded(words: Sequence[str]) -> list[str]:
    return [fold(word) for word in words]


def _names(mentions: tuple[Mention, ...], ontology: Ontology) -> list[_Name]:
    index = lexicon_index(ontology)
    grouped: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    entries: dict[tuple[str, str], str] = {}
    for mention in mentions:
        root = ontology.root(mention.type)
        entry = mention.entry
        if not entry:
            known = [
                found.key
                for found in index.entries(mention.text)
                if ontology.root(found.type) == root and not found.ambiguous
            ]
            entry = known[0] if len(known) == 1 else ""
        key = (root, entry or fold(mention.text))
        grouped[key].append(mention)
        entries[key] = entry
    return [
        _Name(root, _commonest(found), entries[root, name], tuple(sorted(found)))
        for (root, name), found in sorted(grouped.items(), key=lambda item: min(item[1]))
    ]


def _commonest(mentions: list[Mention]) -> str:
    counts = Counter(mention.text for mention in mentions)
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


_Merge = tuple[int, int, str]


def _merges(parsed: ParsedGuide, names: list[_Name], ontology: Ontology) -> Iterator[_Merge]:
    yield from _defined(parsed, names)
    yield from _parts_of_person_names(names)
    yield from _misspelt_persons(names)
    yield from _short_versions(names)
    yield from _short_organizations(names, ontology)
    yield from _shortened_titles(names)
    yield from _initials(names)


def _defined(parsed: ParsedGuide, names: list[_Name]) -> Iterator[_Merge]:
    """``Multi-Head Latent Attention (MLA)``: the text itself says that both are one."""
    text = parsed.guide.text
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for surface in {fold(mention.text) for mention in name.mentions}:
            by_name[surface].append(at)
    for definition in definitions(parsed):
        long, short = definition.long.of(text), definition.short.of(text)
        for left in by_name[fold(long)]:
            for right in by_name[fold(short)]:
                if names[left].type == names[right].type:
                    yield left, right, f"acronym: {long} ({short})"


def _parts_of_person_names(names: list[_Name]) -> Iterator[_Merge]:
    """A surname or first name that belongs to one full name of the guide only."""
    people = [at for at, name in enumerate(names) if name.type == "Person"]
    full = [at for at in people if len(names[at].words) > 1]
    for at in people:
        if len(names[at].words) != 1:
            continue
        part = names[at].words[0]
        owners = [
            other for other in full if part in (names[other].words[0], names[other].words[-1])
        ]
        # Misspellings of one name are one owner.
        if owners and all(_same_person(names[owners[0]], names[other]) for other in owners[1:]):
            yield owners[0], at, f"part of a name: {names[at].text} of {names[owners[0]].text}"


def _misspelt_persons(names: list[_Name]) -> Iterator[_Merge]:
    full = [at for at, name in enumerate(names) if name.type == "Person" and len(name.words) > 1]
    for place, left in enumerate(full):
        for right in full[place + 1 :]:
            if _same_person(names[left], names[right]):
                yield left, right, f"spelling: {names[left].text}, {names[right].text}"


def _same_person(left: _Name, right: _Name) -> bool:
    """Tell whether two full names differ by one slip in one long word, or by middle names."""
    first, second = left.words, right.words
    if len(first) != len(second):
        return (first[0], first[-1]) == (second[0], second[-1])
    return same_name(first, second)


def same_name(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether names of as many folded words are the same but for one slip in a long word."""
    different = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(different) != 1:
        return not different
    a, b = different[0]
    return min(len(a), len(b)) >= 5 and a[0] == b[0] and _one_slip(a, b)


def _one_slip(left: str, right: str) -> bool:
    """Tell whether one insertion, deletion, change or swap turns one word into the other."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    rest_left, rest_right = left[start:], right[start:]
    if len(left) == len(right):
        swapped = rest_left[:2] == rest_right[:2][::-1] and rest_left[2:] == rest_right[2:]
        return rest_left[1:] == rest_right[1:] or swapped
    longer, shorter = sorted((rest_left, rest_right), key=len, reverse=True)
    return longer[1:] == shorter


def _short_versions(names: list[_Name]) -> Iterator[_Merge]:
    """``R1`` of ``DeepSeek R1``, ``Opus 4.5`` of ``Claude Opus 4.5``: a versioned ending."""
    for at, name in enumerate(names):
        if not any(c.isdigit() for c in name.text) or name.type == "Person":
            continue
        ending = fold(name.text)
        owners = [
            other
            for other, longer in enumerate(names)
            if other != at
            and longer.type == name.type
            and len(longer.words) > len(name.words)
            and fold("".join(longer.words[-len(name.words) :])) == ending
        ]
        if len(owners) == 1 and len(ending) > 1:
            yield owners[0], at, f"short form: {name.text} of {names[owners[0]].text}"


def _short_organizations(names: list[_Name], ontology: Ontology) -> Iterator[_Merge]:
    """``Moonshot`` of ``Moonshot AI``: what is left out is a word that ends many such names."""
    for at, name in enumerate(names):
        owners = []
        for other, longer in enumerate(names):
            if other == at or longer.type != name.type or longer.type not in ontology.classes:
                continue
            rest = longer.text.removeprefix(name.text + " ")
            heads = ontology.classes[longer.type].head_nouns
            if rest != longer.text and rest and all(word in heads for word in rest.split()):
                owners.append(other)
        if len(owners) == 1 and not (name.entry and names[owners[0]].entry):
            yield owners[0], at, f"short form: {name.text} of {names[owners[0]].text}"


def _shortened_titles(names: list[_Name]) -> Iterator[_Merge]:
    works = [at for at, name in enumerate(names) if name.type == "Work"]
    for at in works:
        owners = [
            other
            for other in works
            if other != at and fold(_SUBTITLE.sub("", names[other].text)) == fold(names[at].text)
        ]
        if len(owners) == 1:
            yield owners[0], at, f"short title: {names[at].text} of {names[owners[0]].text}"


def _initials(names: list[_Name]) -> Iterator[_Merge]:
    """``SWA`` of ``Sliding Window Attention`` without a definition: one candidate, same class."""
    for at, name in enumerate(names):
        if name.entry or not name.text.isupper() or not 3 <= len(name.text) <= 5:
            continue
        owners = [
            other
            for other, longer in enumerate(names)
            if longer.type == name.type
            and len(longer.words) == len(name.text)
            and fits(name.text, longer.text)
        ]
        if len(owners) == 1:
            yield owners[0], at, f"initials: {name.text} of {names[owners[0]].text}"


def _entity(names: list[_Name], reasons: tuple[str, ...], ontology: Ontology) -> LinkedEntity:
    mentions = tuple(sorted(mention for name in names for mention in name.mentions))
    entries = [name.entry for name in names if name.entry]
    entry = ontology.lexicon.get(entries[0]) if entries else None
    label = entry.label if entry is not None else _label(names)
    surfaces = Counter(mention.text for mention in mentions)
    aliases = sorted(
        (text for text in surfaces if text != label), key=lambda text: (-surfaces[text], text)
    )
    types = {mention.type for mention in mentions}
    type_ = next((name for name in sorted(types) if ontology.classes[name].parent), names[0].type)
    return LinkedEntity(
        type=entry.type if entry is not None else type_,
        label=label,
        aliases=tuple(aliases),
        mentions=mentions,
        entry=entries[0] if entries else "",
        reasons=reasons,
        same_as=entry.same_as if entry is not None else (),
    )


def _label(names: list[_Name]) -> str:
    """The fullest form, and of equally full ones the commonest."""

    def rank(name: _Name) -> tuple[int, int, int, str]:
        full = len(name.words) > 1 or not name.text.isupper()
        return (-int(full), -len(name.words), -len(name.mentions), name.text)

    best = min(names, key=rank)
    return best.text
