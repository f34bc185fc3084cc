"""What stands in the page without its script: the head, and every statement under its sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from kg.explorer.payload import DISCUSSES, EPISODE, Json, Payload, is_fact
from kg.model import Modality


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as a link of the page's head."""

    label: str
    address: str  # the part of the page's address after '#'


@dataclass(frozen=True, slots=True)
class Head:
    """The first lines of the page."""

    title: str
    overline: str
    facts: tuple[str, ...]
    hosts: tuple[Named, ...]
    guests: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SentenceList:
    """A sentence, where it stands, and what it states."""

    text: str
    where: str
    statements: tuple[str, ...]


def head_of(payload: Payload) -> Head:
    """Say what the graph is of: its one episode, or how many episodes of what."""
    if len(payload.episodes) == 1:
        episode = payload.episodes[0]
        return Head(
            title=episode["title"],
            overline=episode.get("series", "Podcast episode"),
            facts=tuple(episode[key] for key in ("published", "duration") if key in episode),
            hosts=_named(payload, episode.get("hosts", ())),
            guests=_named(payload, episode.get("guests", ())),
        )
    series = sorted({episode.get("series", "") for episode in payload.episodes} - {""})
    count = len(payload.episodes)
    return Head(
        title=f"{count} episodes" if count else "Knowledge graph",
        overline=series[0] if len(series) == 1 else f"{len(series)} podcasts" if series else "",
        facts=(),
        hosts=(),
        guests=(),
    )


def statements_by_sentence(payload: Payload) -> tuple[SentenceList, ...]:
    """Gather the statements under the sentences that make them; those without one come last."""
    stated: dict[int, list[str]] = defaultdict(list)
    for statement in payload.statements:
        if payload.relations[statement["relation"]]["name"] != DISCUSSES:
            for sentence in statement.get("sentences", [-1]):
                stated[sentence].append(_in_words(payload, statement))
    several = len(payload.episodes) > 1
    found = []
    for number in sorted(stated, key=lambda n: payload.sentences[n][:2] if n >= 0 else (1 << 40,)):
        episode, _, text, section = payload.sentences[number] if number >= 0 else (-1, 0, "", "")
        title = payload.episodes[episode]["title"] if several and episode >= 0 else ""
        where = ", ".join(part for part in (section, title) if part)
        found.append(SentenceList(text, where, tuple(stated[number])))
    return tuple(found)


def classes_for_print(payload: Payload) -> tuple[tuple[str, str], ...]:
    """List the entities' names by class."""
    names: dict[int, list[str]] = defaultdict(list)
    for number, entity in enumerate(payload.entities):
        if payload.class_name(number) != EPISODE:
            names[entity["class"]].append(entity["label"])
    return tuple(
        (payload.classes[number]["label"], ", ".join(sorted(labels, key=str.casefold)))
        for number, labels in sorted(names.items())
    )


def _named(payload: Payload, entities: list[int]) -> tuple[Named, ...]:
    return tuple(
        Named(payload.entities[e]["label"], "e=" + quote(payload.entities[e]["id"], safe="/"))
        for e in entities
    )


def _in_words(payload: Payload, statement: Json) -> str:
    subject, relation, object_ = (
        payload.entities[statement["subject"]]["label"],
        payload.relations[statement["relation"]]["label"],
        payload.entities[statement["object"]]["label"],
    )
    words = f"{subject} — {relation} — {object_}"
    modality = statement.get("modality", Modality.ASSERTED)
    if modality != Modality.ASSERTED:
        return f"{words} ({modality})"
    return words if is_fact(statement) else f"{words} (background)"
