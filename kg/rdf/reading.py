"""Turtle or N-Triples → graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.errors import GraphError
from kg.namespaces import ATTRIBUTE, KG, LITERAL, OWL, RDF, RDFS, SKOS
from kg.normal import Record, normalize
from kg.rdf import terms

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph as ox


def graph_from_rdf(data: bytes) -> nx.MultiDiGraph:
    """Return the graph, in normal form, that Turtle or N-Triples of ours describe.

    Statements are read, plain triples are not: they follow from the statements. Raises
    ``GraphError`` where the data is no RDF, or not a whole graph of ours.
    """
    import networkx as nx

    resources = _parse(data)
    graph = nx.MultiDiGraph()
    graph.graph.update(resources[terms.GRAPH].further())
    ours = sorted(resources.items())
    for iri, resource in ours:
        if resource.has(f"{KG}entityClass"):
            graph.add_node(iri, **_node(resource))
    for iri, resource in ours:
        if resource.is_a("Mention"):
            _owner(graph, resource, f"{KG}mentionOf", iri)["mentions"].append(_place(resource))
        elif resource.is_a("Section"):
            owner = _owner(graph, resource, f"{KG}inEpisode", iri)
            owner.setdefault("sections", []).append(_section(resource))
        elif resource.is_a("ExtractedRelation"):
            relation = _term(resource.one(f"{RDF}predicate"))
            graph.add_edge(
                resource.one(f"{RDF}subject"),
                resource.one(f"{RDF}object"),
                key=resource.one(f"{KG}key", relation),
                **_edge(resource, relation, resources),
            )
    return normalize(graph)


class _Resource:
    """What is said of one IRI: the values of each property, in a stable order."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)

    def add(self, property_: str, value: ox.NamedNode | ox.Literal) -> None:
        self._values[property_].append(value)

    def has(self, property_: str) -> bool:
        return property_ in self._values

    def is_a(self, class_name: str) -> bool:
        return f"{KG}{class_name}" in self.all(f"{RDF}type")

    def all(self, property_: str) -> list[str]:
        return sorted(value.value for value in self._values.get(property_, ()))

    def one(self, property_: str, default: str | None = None) -> str:
        values = self.all(property_)
        if len(values) > 1 or (not values and default is None):
            raise GraphError(
                f"{self.iri} has {len(values)} values of {property_} where one is needed. "
                "Run `kg build` again."
            )
        return values[0] if values else default or ""

    def number(self, property_: str) -> float:
        value = self.one(property_)
        try:
            return float(value)
        except ValueError as error:
            raise GraphError(
                f"{self.iri} has {value!r} as its {property_}, which is no number. "
                "Run `kg build` again."
            ) from error

    def under(self, namespace: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """Yield each property of a namespace, without it, with a value of it."""
        for property_, values in sorted(self._values.items()):
            if property_.startswith(namespace):
                yield property_.removeprefix(namespace), values[0]

    def further(self) -> Record:
        """Return the attributes that the format has no property for."""
        return {unquote(name): _value(value) for name, value in self.under(ATTRIBUTE)}


class _Resources(dict[str, _Resource]):
    def __missing__(self, iri: str) -> _Resource:
        self[iri] = _Resource(iri)
        return self[iri]


def _parse(data: bytes) -> _Resources:
    import pyoxigraph as ox

    resources = _Resources()
    try:
        for triple in ox.parse(data, ox.RdfFormat.TURTLE):
            subject, value = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(
                value, ox.NamedNode | ox.Literal
            ):
                raise GraphError(
                    f"The RDF holds {triple}, and a graph of ours has only IRIs and literals. "
                    "Run `kg build` again."
                )
            resources[subject.value].add(triple.predicate.value, value)
    except SyntaxError as error:
        raise GraphError(f"The RDF cannot be read: {error}. Run `kg build` again.") from error
    return resources


def _node(resource: _Resource) -> Record:
    attributes: Record = {
        "type": _term(resource.one(f"{KG}entityClass")),
        "label": resource.one(f"{RDFS}label"),
        "aliases": resource.all(f"{SKOS}altLabel"),
        "origin": resource.one(f"{KG}origin", "text"),
        "confidence": resource.number(f"{KG}confidence"),
        "sameAs": resource.all(f"{OWL}sameAs"),
        "mentions": [],
        "reasons": resource.all(f"{KG}mergeReason"),
    }
    for name, property_ in terms.TEXT_ATTRIBUTES.items():
        attributes[name] = resource.one(property_, "")
    return attributes | resource.further()


def _edge(resource: _Resource, relation: str, resources: _Resources) -> Record:
    literals = {unquote(name): value.value for name, value in resource.under(LITERAL)}
    for name, value in resource.under(KG):
        if f"{KG}{name}" not in terms.STATEMENT_PROPERTIES:
            literals[name] = value.value
    passages = [resources[iri] for iri in resource.all(f"{KG}passage")]
    return {
        "relation": relation,
        "origin": resource.one(f"{KG}origin", "text"),
        "modality": _term(resource.one(f"{KG}modality")),
        "confidence": resource.number(f"{KG}confidence"),
        "phrase": resource.one(f"{KG}phrase", ""),
        "voice": resource.one(f"{KG}voice", ""),
        "literals": literals,
        "evidence": [
            _place(passage) | {"section": passage.one(f"{KG}section", "")} for passage in passages
        ],
    } | resource.further()


def _place(resource: _Resource) -> Record:
    return {
        "episode": resource.one(f"{KG}inEpisode"),
        "start": int(resource.number(f"{KG}startOffset")),
        "end": int(resource.number(f"{KG}endOffset")),
        "text": resource.one(f"{KG}text"),
    } | resource.further()


def _section(resource: _Resource) -> Record:
    return {
        "start": int(resource.number(f"{KG}startOffset")),
        "end": int(resource.number(f"{KG}endOffset")),
        "title": resource.one(f"{KG}title"),
        "level": int(resource.number(f"{KG}level")),
    } | resource.further()


def _owner(graph: nx.MultiDiGraph, resource: _Resource, property_: str, iri: str) -> Record:
    owner = resource.one(property_)
    if owner not in graph:
        raise GraphError(
            f"{iri} belongs to {owner}, which the graph does not describe. Run `kg build` again."
        )
    attributes: Record = graph.nodes[owner]
    return attributes


def _term(iri: str) -> str:
    if not iri.startswith(KG):
        raise GraphError(
            f"{iri} stands where a term of the vocabulary {KG} is needed. Run `kg build` again."
        )
    return iri.removeprefix(KG)


def _value(value: ox.NamedNode | ox.Literal) -> Any:
    import pyoxigraph as ox

    if isinstance(value, ox.NamedNode):
        return value.value
    match value.datatype.value:
        case terms.BOOLEAN:
            return value.value == "true"
        case terms.INTEGER:
            return int(value.value)
        case terms.DECIMAL:
            return float(value.value)
        case terms.JSON:
            return json.loads(value.value)
    return value.value
