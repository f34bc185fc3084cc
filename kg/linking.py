"""LINKING: which mentions of a guide name the same entity.

Two mentions are one entity only for a reason, and the reason is kept. Where two readings are
possible the mentions stay apart: two nodes for one thing can be merged later, one node for two
things cannot be told apart again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from kg.guides.markup import plain_words
from kg.language import ParsedGuide
from kg.model import Mention
from kg.names import fold
from kg.ontology import LexiconEntry, Ontology
from kg.recognition.acronyms import definitions, fits
from kg.recognition.lexicon import lexicon_index

# Names longer than this are cut before they are compared word by word.
_LONGEST = 12
# So many full names may share a word before spellings are no longer compared pair by pair.
_MOST_SHARING = 60
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
    words: tuple[str, ...]


def link(
    parsed: ParsedGuide, mentions: tuple[Mention, ...], ontology: Ontology
) -> tuple[LinkedEntity, ...]:
    """Group the mentions of a guide into entities, ordered by first mention."""
    names = _names(mentions, ontology, _long_names(parsed))
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


def _names(
    mentions: tuple[Mention, ...], ontology: Ontology, defined: Mapping[str, set[str]]
) -> list[_Name]:
    index = lexicon_index(ontology)
    endings = _endings(mentions, ontology)
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
        if entry:
            known_as = ontology.lexicon[entry]
            long = defined.get(fold(mention.text), set())
            # An acronym that the text defines is not what the lexicon means by it.
            if _means_other(mention, known_as, endings) or (
                long and not long & _all_names(known_as)
            ):
                entry = ""
        key = (root, entry or fold(mention.text))
        grouped[key].append(mention)
        entries[key] = entry
    return [
        _Name(root, text, entries[root, name], tuple(sorted(found)), _words(text))
        for (root, name), found in sorted(grouped.items(), key=lambda item: min(item[1]))
        for text in (_commonest(found),)
    ]


def _long_names(parsed: ParsedGuide) -> dict[str, set[str]]:
    """Return, by folded short name, the folded long names that the text defines for it."""
    text = parsed.guide.text
    defined: dict[str, set[str]] = defaultdict(set)
    for definition in definitions(parsed):
        defined[fold(definition.short.of(text))].add(fold(definition.long.of(text)))
    return defined


def _all_names(entry: LexiconEntry) -> set[str]:
    return {fold(name) for name in (entry.label, *entry.aliases, *entry.hidden)}


def _endings(mentions: tuple[Mention, ...], ontology: Ontology) -> dict[tuple[str, str], set[str]]:
    """Return, by class and folded last words, the longer names of the guide that end so."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        words = mention.text.split()
        for at in range(len(words)):
            ending = fold(" ".join(words[at:]))
            found[ontology.root(mention.type), ending].add(fold(mention.text))
    return found


def _means_other(
    mention: Mention, entry: LexiconEntry, endings: Mapping[tuple[str, str], set[str]]
) -> bool:
    """Tell whether a short form that the lexicon knows is that of another name of this guide.

    Where "Skald R1" is named, "R1" is not DeepSeek R1, unless that is named too.
    """
    name, label = fold(mention.text), fold(entry.label)
    roots = [root for root, ending in endings if ending == name]
    longer = {other for root in roots for other in endings[root, name]} - {name}
    return (
        name != label
        and bool(longer)
        and label not in longer
        and not any(label in endings.get((root, label), ()) for root in roots)
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"[^\s-]+", text))


def _commonest(mentions: list[Mention]) -> str:
    """The commonest spelling; a shouted one only where there is no other."""
    counts = Counter(plain_words(mention.text) for mention in mentions)
    return min(
        counts,
        key=lambda text: (" " in text and text.isupper(), -counts[text], -len(text), text),
    )


_Merge = tuple[int, int, str]


def _merges(parsed: ParsedGuide, names: list[_Name], ontology: Ontology) -> Iterator[_Merge]:
    first_names = frozenset(fold(name) for name in ontology.naming.first_names)
    yield from _defined(parsed, names)
    yield from _parts_of_person_names(names, first_names)
    yield from _misspelt_persons(names, first_names)
    sentences = _sentences(parsed, names)
    yield from _short_versions(names, sentences)
    yield from _short_organizations(names, sentences, ontology)
    yield from _shortened_titles(names)
    yield from _initials(names)


def _sentences(parsed: ParsedGuide, names: list[_Name]) -> list[frozenset[int]]:
    """Return, for each name, where the sentences that have it start."""
    found = []
    for name in names:
        starts = set()
        for mention in name.mentions:
            passage = parsed.passage_at(mention.span)
            tokens = passage.tokens(mention.span) if passage is not None else None
            if passage is not None and tokens is not None:
                starts.add(passage.span(tokens[0].sent).start)
        found.append(frozenset(starts))
    return found


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


def _parts_of_person_names(names: list[_Name], first_names: frozenset[str]) -> Iterator[_Merge]:
    """A surname or first name that belongs to one full name of the guide only."""
    owners: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.type == "Person" and len(name.words) > 1:
            spaced = name.text.split()[:_LONGEST]
            # "Osei Tutu" and "Rao-Penrose" are surnames of more than one word.
            surnames = {fold(" ".join(spaced[start:])) for start in range(1, len(spaced))}
            for part in {name.words[0], name.words[-1], *surnames}:
                owners[part].append(at)
    for at, name in enumerate(names):
        if name.type != "Person":
            continue
        found = [owner for owner in owners[fold(name.text)] if owner != at]
        # Misspellings of one name are one owner.
        if found and all(_same_person(names[found[0]], names[o], first_names) for o in found[1:]):
            yield found[0], at, f"part of a name: {name.text} of {names[found[0]].text}"


def _misspelt_persons(names: list[_Name], first_names: frozenset[str]) -> Iterator[_Merge]:
    """Two full names with one slip between them; they share every other word."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.type == "Person" and len(name.words) > 1:
            for word in set(name.words):
                sharing[word].append(at)
    pairs = {pair for group in sharing.values() for pair in combinations(group[:_MOST_SHARING], 2)}
    for left, right in sorted(pairs):
        if _same_person(names[left], names[right], first_names):
            yield left, right, f"spelling: {names[left].text}, {names[right].text}"


def _same_person(left: _Name, right: _Name, first_names: frozenset[str]) -> bool:
    """Tell whether two full names differ by one slip in one long word, or by middle names.

    Two given names that both exist are no slip: Martin Berg is not Marvin Berg.
    """
    first, second = left.words, right.words
    if first[0] != second[0] and first[0] in first_names and second[0] in first_names:
        return False
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


def _short_versions(names: list[_Name], sentences: list[frozenset[int]]) -> Iterator[_Merge]:
    """``R1`` of ``DeepSeek R1``, ``Opus 4.5`` of ``Claude Opus 4.5``: a versioned ending.

    What one sentence calls by both names is two things: "Med-Skald 2, a version of Skald 2".
    """
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for start in range(1, min(len(name.words), _LONGEST)):
            owners[name.type, fold("".join(name.words[start:]))].append(at)
    for at, name in enumerate(names):
        ending = fold(name.text)
        if name.type == "Person" or len(ending) < 2 or not any(c.isdigit() for c in name.text):
            continue
        found = [other for other in owners[name.type, ending] if other != at]
        if len(found) == 1 and not sentences[at] & sentences[found[0]]:
            yield found[0], at, f"short form: {name.text} of {names[found[0]].text}"


def _short_organizations(
    names: list[_Name], sentences: list[frozenset[int]], ontology: Ontology
) -> Iterator[_Merge]:
    """``Moonshot`` of ``Moonshot AI``: what is left out is a word that ends many such names.

    What one sentence calls by both names is two things: "Halden Energy, a part of Halden". Of
    products the longer name mostly is another product ("Kiln Cloud" of "Kiln").
    """
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.type == "Product":
            continue
        heads = ontology.classes[name.type].head_nouns
        words = name.text.split()[:_LONGEST]
        for length in range(len(words) - 1, 0, -1):
            if words[length] not in heads:
                break
            owners[name.type, " ".join(words[:length])].append(at)
    for at, name in enumerate(names):
        found = [other for other in owners[name.type, name.text] if other != at]
        known = len(found) == 1 and bool(name.entry and names[found[0]].entry)
        if len(found) == 1 and not known and not sentences[at] & sentences[found[0]]:
            yield found[0], at, f"short form: {name.text} of {names[found[0]].text}"


def _shortened_titles(names: list[_Name]) -> Iterator[_Merge]:
    owners: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name.type == "Work":
            owners[fold(_SUBTITLE.sub("", name.text))].append(at)
    for at, name in enumerate(names):
        found = [other for other in owners[fold(name.text)] if other != at]
        if name.type == "Work" and len(found) == 1:
            yield found[0], at, f"short title: {name.text} of {names[found[0]].text}"


def _initials(names: list[_Name]) -> Iterator[_Merge]:
    """``SWA`` of ``Sliding Window Attention`` without a definition: one candidate, same class."""
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if 3 <= len(name.words) <= 5:
            letters = "".join(word[:1] for word in name.words)
            owners[name.type, letters].append(at)
    for at, name in enumerate(names):
        if name.entry or not name.text.isupper() or not 3 <= len(name.text) <= 5:
            continue
        found = [
            other
            for other in owners[name.type, name.text.casefold()]
            if fits(name.text, names[other].text)
        ]
        if len(found) == 1:
            yield found[0], at, f"initials: {name.text} of {names[found[0]].text}"


def _entity(names: list[_Name], reasons: tuple[str, ...], ontology: Ontology) -> LinkedEntity:
    mentions = tuple(sorted(mention for name in names for mention in name.mentions))
    entries = [name.entry for name in names if name.entry]
    entry = ontology.lexicon.get(entries[0]) if entries else None
    label = entry.label if entry is not None else _label(names)
    surfaces = Counter(plain_words(mention.text) for mention in mentions)
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
        reasons=tuple(sorted({*reasons, *_spellings(names, ontology)})),
        same_as=entry.same_as if entry is not None else (),
    )


def _spellings(names: list[_Name], ontology: Ontology) -> Iterator[str]:
    """Why mentions with different spellings were one name from the start."""
    for name in names:
        spelt = sorted({plain_words(mention.text) for mention in name.mentions})
        if len(spelt) > 1 and name.entry:
            yield f"lexicon: {', '.join(spelt)} of {ontology.lexicon[name.entry].label}"
        elif len(spelt) > 1:
            yield f"same name: {', '.join(spelt)}"


def _label(names: list[_Name]) -> str:
    """The fullest form, and of equally full ones the commonest."""

    def rank(name: _Name) -> tuple[bool, bool, int, int, str]:
        short = len(name.words) == 1 and name.text.isupper()
        shouted = len(name.words) > 1 and name.text.isupper()
        return (short, shouted, -len(name.words), -len(name.mentions), name.text)

    best = min(names, key=rank)
    return best.text
