"""From one guide to its extraction: parse, recognise, link, relate, and add the episode itself."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.guides.markup import plain_words
from kg.iri import quote_iri, unique_iris
from kg.language import ParsedGuide, parse
from kg.linking import LinkedEntity, link
from kg.model import (
    BlockKind,
    Entity,
    EntityMention,
    Evidence,
    Extraction,
    Guide,
    Mention,
    Modality,
    Origin,
    Relation,
    Span,
)
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition import recognise
from kg.recognition.candidates import Recogniser
from kg.references import mention_maps
from kg.relations import EPISODE, Reading, Statement, find_statements

if TYPE_CHECKING:
    from spacy.language import Language

# Below this a statement is not worth a reader's time, however it is marked.
LEAST_CONFIDENCE = 0.5


def extract(
    guide: Guide,
    episode: str,
    nlp: Language,
    ontology: Ontology,
    recognizers: Sequence[Recogniser] = (),
) -> Extraction:
    """Read one guide. ``episode`` is the IRI that its episode has in the graph.

    ``recognizers`` propose names beside those that come with the package.
    """
    parsed = parse(guide, nlp)
    mentions = recognise(parsed, ontology, recognizers)
    linked = (*link(parsed, mentions, ontology), *_tags(guide))
    linked = _unite_tags(linked, ontology)
    reading = Reading(parsed, linked, mention_maps(parsed, linked, ontology), ontology)
    keys = [(ontology.root(entity.type), entity.label) for entity in linked]
    minted = unique_iris(keys)
    iris = [minted[key] for key in keys]
    entities = [_entity(found, iri, episode) for found, iri in zip(linked, iris, strict=True)]
    quotes = _quotes(guide, episode)
    relations = [
        *_stated(guide, find_statements(reading), iris, episode),
        *_discussed(parsed, linked, iris, episode),
        *_said(guide, linked, iris, episode),
        *_in_series(guide, linked, iris, episode),
    ]
    return Extraction(
        episode=episode,
        guide=guide,
        entities=tuple(sorted([_episode(guide, episode), *entities, *quotes])),
        relations=tuple(sorted(relations)),
    )


def _tags(guide: Guide) -> Iterator[LinkedEntity]:
    """The themes that the guide lists are topics of the episode."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for block in guide.blocks:
        if block.kind is BlockKind.TAGS:
            text = guide.text[block.start : block.end]
            found[fold(text)].append(
                Mention(block.start, block.end, text, "Topic", 1.0, ("layout",))
            )
    for mentions in found.values():
        label = mentions[0].text
        names = tuple(sorted({m.text for m in mentions} - {label}))
        yield LinkedEntity("Topic", label, names, tuple(sorted(mentions)))


def _unite_tags(linked: Sequence[LinkedEntity], ontology: Ontology) -> tuple[LinkedEntity, ...]:
    """A tag with the name of a topic that the text names too is that topic."""
    from dataclasses import replace

    by_name: dict[tuple[str, str], LinkedEntity] = {}
    for entity in linked:
        key = (ontology.root(entity.type), fold(entity.label))
        known = by_name.get(key)
        if known is None:
            by_name[key] = entity
            continue
        names = {known.label, *known.aliases, entity.label, *entity.aliases} - {known.label}
        by_name[key] = replace(
            known,
            aliases=tuple(sorted(names)),
            mentions=tuple(sorted({*known.mentions, *entity.mentions})),
            reasons=tuple(sorted({*known.reasons, *entity.reasons, "same name and class"})),
        )
    return tuple(sorted(by_name.values(), key=lambda entity: entity.mentions[0]))


def _entity(found: LinkedEntity, iri: str, episode: str) -> Entity:
    layout = all(mention.voices == ("layout",) for mention in found.mentions)
    return Entity(
        id=iri,
        type=found.type,
        label=found.label,
        aliases=found.aliases,
        mentions=tuple(EntityMention(episode, m.start, m.end, m.text) for m in found.mentions),
        confidence=found.confidence,
        origin=Origin.LAYOUT if layout else Origin.TEXT,
        same_as=found.same_as,
        reasons=found.reasons,
    )


def _episode(guide: Guide, episode: str) -> Entity:
    titles = [block for block in guide.blocks if block.kind is BlockKind.TITLE]
    places = titles or guide.blocks[:1]
    stated = {
        "source": guide.source,
        "sha256": guide.sha256,
        "title": guide.title,
        "series": guide.series,
        "number": guide.number,
        "published": guide.published,
        "updated": guide.updated,
        "duration": guide.duration,
    }
    return Entity(
        id=episode,
        type="Episode",
        label=guide.title or guide.source,
        mentions=tuple(
            EntityMention(episode, b.start, b.end, guide.text[b.start : b.end]) for b in places
        ),
        origin=Origin.LAYOUT,
        attributes=tuple(sorted((name, value) for name, value in stated.items() if value)),
    )


def _quotes(guide: Guide, episode: str) -> list[Entity]:
    """The guide's quotations; one that it gives twice is one, with both places."""
    places: dict[str, list[Span]] = defaultdict(list)
    for quote in guide.quotes:
        places[quote.quotation.of(guide.text)].append(quote.quotation)
    return [
        Entity(
            id=quote_iri(episode, text),
            type="Quote",
            label=_shortened(plain_words(text).strip("\"“”'")),
            mentions=tuple(EntityMention(episode, s.start, s.end, text) for s in sorted(spans)),
            origin=Origin.LAYOUT,
            attributes=(("text", text),),
        )
        for text, spans in places.items()
    ]


def _shortened(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _evidence(guide: Guide, span: Span, episode: str) -> Evidence:
    at = bisect_right(guide.blocks, span.start, key=lambda block: block.start) - 1
    section = guide.section_title(guide.blocks[at]) if at >= 0 else ""
    return Evidence(episode, span.start, span.end, span.of(guide.text), section)


def _stated(
    guide: Guide, statements: Sequence[Statement], iris: Sequence[str], episode: str
) -> Iterator[Relation]:
    """Merge what several places or voices state into one relation with all its evidence."""
    grouped: dict[tuple[int, str, int, Modality, str], list[Statement]] = defaultdict(list)
    for found in statements:
        if found.confidence >= LEAST_CONFIDENCE:
            # Two open relations with different verbs are two statements.
            phrase = found.phrase if found.origin is Origin.OPEN else ""
            key = (found.subject, found.relation, found.object, found.modality, phrase)
            grouped[key].append(found)
    for (subject, relation, object_, modality, _), group in grouped.items():
        best = min(group, key=lambda found: (-found.confidence, found))
        surest: dict[Span, float] = {}
        for found in group:
            surest[found.evidence] = max(found.confidence, surest.get(found.evidence, 0.0))
        doubt = math.prod(1.0 - confidence for confidence in surest.values())
        yield Relation(
            subject=episode if subject == EPISODE else iris[subject],
            relation=relation,
            object=episode if object_ == EPISODE else iris[object_],
            origin=best.origin,
            modality=modality,
            confidence=round(1.0 - doubt, 4),
            phrase=best.phrase,
            voice=best.voice,
            literals=_literals(group),
            evidence=tuple(sorted({_evidence(guide, found.evidence, episode) for found in group})),
        )


def _literals(group: Sequence[Statement]) -> tuple[tuple[str, str], ...]:
    """The literals of the surest statement that has each."""
    chosen: dict[str, str] = {}
    for found in sorted(group, key=lambda found: (-found.confidence, found)):
        for name, value in found.literals:
            chosen.setdefault(name, value)
    return tuple(sorted(chosen.items()))


def _discussed(
    parsed: ParsedGuide, linked: Sequence[LinkedEntity], iris: Sequence[str], episode: str
) -> Iterator[Relation]:
    """The episode discusses what its guide names; tags and topics of headings it is about."""
    guide = parsed.guide
    most = max((len(entity.mentions) for entity in linked), default=1)
    titles = [block.span for block in guide.blocks if block.kind is BlockKind.TITLE]
    for entity, iri in zip(linked, iris, strict=True):
        first = entity.mentions[0].span
        passage = parsed.passage_at(first)
        tokens = passage.tokens(first) if passage is not None else None
        place = passage.span(tokens[0].sent) if passage is not None and tokens else first
        count = len(entity.mentions)
        titled = any(title.contains(m.span) for title in titles for m in entity.mentions)
        salience = 0.7 * count / most + 0.2 * titled + 0.1 * (1 - first.start / len(guide.text))
        yield Relation(
            subject=episode,
            relation="discusses",
            object=iri,
            confidence=entity.confidence,
            voice="mentions",
            literals=(("count", str(count)), ("salience", f"{salience:.3f}")),
            evidence=(_evidence(guide, place, episode),),
        )
        if entity.type == "Topic":
            yield from _about(guide, entity, iri, episode)


def _about(guide: Guide, entity: LinkedEntity, iri: str, episode: str) -> Iterator[Relation]:
    for block in guide.blocks:
        if block.kind in (BlockKind.TAGS, BlockKind.HEADING) and any(
            block.span.contains(mention.span) for mention in entity.mentions
        ):
            yield Relation(
                subject=episode,
                relation="about",
                object=iri,
                origin=Origin.LAYOUT,
                voice=f"layout:{block.kind.value}",
                evidence=(_evidence(guide, block.span, episode),),
            )
            return


def _said(
    guide: Guide, linked: Sequence[LinkedEntity], iris: Sequence[str], episode: str
) -> Iterator[Relation]:
    for quote in guide.quotes:
        text = quote.quotation.of(guide.text)
        for entity, iri in zip(linked, iris, strict=True):
            if entity.type == "Person" and any(
                quote.attribution.contains(mention.span) for mention in entity.mentions
            ):
                whole = Span(
                    min(quote.quotation.start, quote.attribution.start),
                    max(quote.quotation.end, quote.attribution.end),
                )
                yield Relation(
                    subject=iri,
                    relation="said",
                    object=quote_iri(episode, text),
                    origin=Origin.LAYOUT,
                    voice="layout:attribution",
                    evidence=(_evidence(guide, whole, episode),),
                )


def _in_series(
    guide: Guide, linked: Sequence[LinkedEntity], iris: Sequence[str], episode: str
) -> Iterator[Relation]:
    for block in guide.blocks:
        if block.kind not in (BlockKind.SERIES, BlockKind.TITLE):
            continue
        for entity, iri in zip(linked, iris, strict=True):
            if entity.type == "Series" and any(
                block.span.contains(mention.span) for mention in entity.mentions
            ):
                yield Relation(
                    subject=episode,
                    relation="partOfSeries",
                    object=iri,
                    origin=Origin.LAYOUT,
                    voice=f"layout:{block.kind.value}",
                    evidence=(_evidence(guide, block.span, episode),),
                )
                return
