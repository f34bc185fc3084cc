"""ASSEMBLY: the extractions of any number of guides become one graph.

A name of one class is one node across all episodes; mentions and evidence accumulate. The result
does not depend on the order of the extractions.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.iri import unique_iris
from kg.model import Entity, Extraction, Modality, Origin, Relation
from kg.names import fold
from kg.ontology import Ontology
from kg.version import __version__

if TYPE_CHECKING:
    import networkx as nx

# Entities that belong to one episode and keep the IRI they came with.
_OWN_IRI = frozenset({"Episode", "Quote"})


def assemble(
    extractions: Iterable[Extraction], ontology: Ontology, *, background: bool = False
) -> nx.MultiDiGraph:
    """Merge extractions into a graph in the form that ``docs/formats.md`` describes.

    With ``background``, what the lexicon knows of two entities of the graph and no guide says is
    added, marked as such.
    """
    import networkx as nx

    found = sorted(extractions, key=lambda extraction: extraction.episode)
    entities, renamed = _merge_entities(found, ontology)
    relations = _merge_relations(found, renamed, ontology)
    if background:
        relations += _background(entities, relations, ontology)
    graph = nx.MultiDiGraph(
        generator=f"kg {__version__}", ontology=f"{ontology.version} {ontology.digest[:16]}"
    )
    guides = {extraction.episode: extraction.guide for extraction in found}
    for entity in sorted(entities.values()):
        attributes = _node(entity)
        guide = guides.get(entity.id)
        if guide is not None:
            attributes["text"] = guide.text
            attributes["sections"] = [
                {"start": s.start, "end": s.end, "title": s.title, "level": s.level}
                for s in guide.sections
            ]
        graph.add_node(entity.id, **attributes)
    for relation in sorted(relations):
        graph.add_edge(
            relation.subject, relation.object, key=_key(graph, relation), **_edge(relation)
        )
    return graph


def _merge_entities(
    extractions: Sequence[Extraction], ontology: Ontology
) -> tuple[dict[str, Entity], dict[tuple[str, str], str]]:
    """Return the merged entities by IRI, and (episode, old IRI) → IRI."""
    groups: dict[tuple[str, str], list[tuple[str, Entity]]] = defaultdict(list)
    merged: dict[str, Entity] = {}
    renamed: dict[tuple[str, str], str] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            if entity.type in _OWN_IRI:
                known = merged.get(entity.id, entity)
                places = tuple(sorted({*known.mentions, *entity.mentions}))
                merged[entity.id] = replace(entity, mentions=places)
                renamed[extraction.episode, entity.id] = entity.id
            else:
                # A name of signs alone folds to nothing: it is its own key.
                name = fold(entity.label) or entity.label
                groups[ontology.root(entity.type), name].append((extraction.episode, entity))
    labels = {key: _label([entity for _, entity in group]) for key, group in groups.items()}
    iris = unique_iris((root, labels[root, name]) for root, name in groups)
    for (root, name), group in groups.items():
        label = labels[root, name]
        iri = iris[root, label]
        merged[iri] = _merge([entity for _, entity in group], iri, label, ontology)
        for episode, entity in group:
            renamed[episode, entity.id] = iri
    return merged, renamed


def _label(entities: Sequence[Entity]) -> str:
    counts = Counter(entity.label for entity in entities)
    return min(counts, key=lambda label: (-counts[label], label))


def _merge(entities: Sequence[Entity], iri: str, label: str, ontology: Ontology) -> Entity:
    types = sorted({entity.type for entity in entities})
    names = {name for entity in entities for name in (entity.label, *entity.aliases)} - {label}
    text = any(entity.origin is Origin.TEXT for entity in entities)
    return Entity(
        id=iri,
        type=next((name for name in types if ontology.classes[name].parent), types[0]),
        label=label,
        aliases=tuple(sorted(names)),
        mentions=tuple(sorted({m for entity in entities for m in entity.mentions})),
        confidence=max(entity.confidence for entity in entities),
        origin=Origin.TEXT if text else entities[0].origin,
        same_as=tuple(sorted({iri for entity in entities for iri in entity.same_as})),
        reasons=tuple(sorted({reason for entity in entities for reason in entity.reasons})),
    )


def _merge_relations(
    extractions: Sequence[Extraction],
    renamed: Mapping[tuple[str, str], str],
    ontology: Ontology,
) -> list[Relation]:
    groups: dict[tuple[str, ...], list[Relation]] = defaultdict(list)
    for extraction in extractions:
        for relation in extraction.relations:
            subject = renamed[extraction.episode, relation.subject]
            object_ = renamed[extraction.episode, relation.object]
            if ontology.relations[relation.relation].symmetric and object_ < subject:
                subject, object_ = object_, subject
            phrase = relation.phrase if relation.relation == "relatedTo" else ""
            key = (subject, relation.relation, object_, relation.modality.value, phrase)
            groups[key].append(relation)
    return [
        _merge_statements(subject, object_, group)
        for (subject, _, object_, _, _), group in groups.items()
    ]


def _merge_statements(subject: str, object_: str, group: Sequence[Relation]) -> Relation:
    best = min(group, key=lambda relation: (-relation.confidence, relation))
    doubt = 1.0
    for relation in group:
        doubt *= 1.0 - relation.confidence
    literals: dict[str, str] = {}
    for relation in sorted(group, key=lambda relation: (-relation.confidence, relation)):
        for name, value in relation.literals:
            literals.setdefault(name, value)
    if "count" in literals:
        counts = [int(dict(relation.literals)["count"]) for relation in group]
        literals["count"] = str(sum(counts))
    return replace(
        best,
        subject=subject,
        object=object_,
        confidence=round(1.0 - doubt, 4) if len(group) > 1 else best.confidence,
        literals=tuple(sorted(literals.items())),
        evidence=tuple(sorted({e for relation in group for e in relation.evidence})),
    )


def _background(
    entities: Mapping[str, Entity], relations: Sequence[Relation], ontology: Ontology
) -> list[Relation]:
    """What the lexicon knows of two entities of the graph, where no guide says it."""
    known = {
        (r.subject, r.relation, r.object) for r in relations if r.modality is Modality.ASSERTED
    }
    by_name = {
        (ontology.root(entity.type), fold(entity.label)): iri for iri, entity in entities.items()
    }

    def iri_of(key: str) -> str | None:
        entry = ontology.lexicon.get(key)
        return by_name.get((ontology.root(entry.type), fold(entry.label))) if entry else None

    found = []
    for entry in ontology.lexicon.values():
        own = iri_of(entry.key)
        for relation, subject, object_ in (
            ("develops", iri_of(entry.maker), own),
            ("locatedIn", own, iri_of(entry.country)),
            ("partOf", own, iri_of(entry.parent)),
            ("variantOf", own, iri_of(entry.broader or entry.family_of)),
        ):
            if subject is None or object_ is None or (subject, relation, object_) in known:
                continue
            if ontology.allows(relation, entities[subject].type, entities[object_].type):
                found.append(
                    Relation(subject, relation, object_, Origin.BACKGROUND, voice="lexicon")
                )
    return sorted(set(found))


def _node(entity: Entity) -> dict[str, Any]:
    return {
        "type": entity.type,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "origin": entity.origin.value,
        "confidence": round(entity.confidence, 4),
        "sameAs": list(entity.same_as),
        "mentions": [
            {"episode": m.episode, "start": m.start, "end": m.end, "text": m.text}
            for m in entity.mentions
        ],
        **({"reasons": list(entity.reasons)} if entity.reasons else {}),
        **dict(entity.attributes),
    }


def _edge(relation: Relation) -> dict[str, Any]:
    return {
        "relation": relation.relation,
        "origin": relation.origin.value,
        "modality": relation.modality.value,
        "confidence": round(relation.confidence, 4),
        "phrase": relation.phrase,
        "voice": relation.voice,
        "literals": dict(relation.literals),
        "evidence": [
            {
                "episode": e.episode,
                "start": e.start,
                "end": e.end,
                "text": e.text,
                "section": e.section,
            }
            for e in relation.evidence
        ],
    }


def _key(graph: nx.MultiDiGraph, relation: Relation) -> str:
    """The relation's name; with a hash of what differs where a pair has several of one name."""
    if not graph.has_edge(relation.subject, relation.object, key=relation.relation):
        return relation.relation
    differs = f"{relation.modality.value} {relation.phrase}"
    return f"{relation.relation}:{hashlib.sha256(differs.encode()).hexdigest()[:8]}"
