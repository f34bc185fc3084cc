"""Graph → sorted N-Triples → Turtle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.errors import GraphError
from kg.iri import mention_iri, passage_iri, section_iri, statement_iri
from kg.namespaces import ATTRIBUTE, KG, LITERAL, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, prefixes
from kg.normal import (
    EDGE_KEYS,
    EPISODE_KEYS,
    NODE_KEYS,
    PLACE_KEYS,
    SECTION_KEYS,
    Record,
    canonical_json,
    normalize,
)
from kg.rdf import terms

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology


def to_ntriples(graph: nx.MultiDiGraph, ontology: Ontology) -> bytes:
    """Write a graph as N-Triples, each line once, sorted.

    Raises ``GraphError`` where the graph is damaged, or an id in it is not an IRI.
    """
    lines = _Lines(ontology)
    lines.graph(normalize(graph))
    return "".join(sorted(lines.found)).encode("utf-8")


def to_turtle(ntriples: bytes, ontology: Ontology) -> bytes:
    """Write sorted N-Triples as Turtle, with the same prefixes whatever the graph holds."""
    return turtle(ntriples, prefixes(ontology.root(name) for name in ontology.classes))


def turtle(ntriples: bytes, known: Mapping[str, str]) -> bytes:
    """Write N-Triples as Turtle with the prefixes in their given order."""
    import pyoxigraph as ox

    triples = ox.parse(ntriples, ox.RdfFormat.N_TRIPLES)
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(known)) or b""
    # The serialiser's own order of prefixes is not documented.
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in known.items())
    return head.encode() + b"\n" + written[len(head.encode()) :]


class _Lines:
    """Collects the lines of N-Triples, their terms checked and escaped by pyoxigraph."""

    def __init__(self, ontology: Ontology) -> None:
        import pyoxigraph

        self.found: set[str] = set()
        self._ox = pyoxigraph
        self._ontology = ontology
        self._iris: dict[str, str] = {}

    def graph(self, graph: nx.MultiDiGraph) -> None:
        self._add(terms.GRAPH, f"{RDF}type", self._iri(f"{PROV}Entity"))
        self._further(terms.GRAPH, graph.graph, ())
        for id_, data in graph.nodes(data=True):
            self._node(id_, data)
        for source, target, key, data in graph.edges(keys=True, data=True):
            self._edge(source, target, key, data)

    def _node(self, id_: str, data: Record) -> None:
        for class_iri in self._classes(data["type"]):
            self._add(id_, f"{RDF}type", self._iri(class_iri))
        self._add(id_, f"{KG}entityClass", self._term(data["type"], "class"))
        for property_ in (f"{RDFS}label", f"{SKOS}prefLabel"):
            self._add(id_, property_, self._text(data["label"]))
        for alias in data["aliases"]:
            self._add(id_, f"{SKOS}altLabel", self._text(alias))
        for other in data["sameAs"]:
            self._add(id_, f"{OWL}sameAs", self._iri(other))
        self._add(id_, f"{KG}origin", self._text(data["origin"]))
        self._add(id_, f"{KG}confidence", self._decimal(data["confidence"]))
        for reason in data.get("reasons", ()):
            self._add(id_, f"{KG}mergeReason", self._text(reason))
        for name, property_ in terms.TEXT_ATTRIBUTES.items():
            if name in data:
                datatype = terms.attribute_datatype(name, data[name])
                self._add(id_, property_, self._text(data[name], datatype))
        for mention in data["mentions"]:
            iri = mention_iri(id_, mention)
            self._place(iri, "Mention", mention)
            self._add(iri, f"{KG}mentionOf", self._iri(id_))
            self._further(iri, mention, PLACE_KEYS)
        for section in data.get("sections", ()):
            iri = section_iri(id_, section)
            self._place(iri, "Section", section | {"episode": id_})
            self._add(iri, f"{KG}title", self._text(section["title"]))
            self._add(iri, f"{KG}level", self._integer(section["level"]))
            self._further(iri, section, SECTION_KEYS)
        self._further(id_, data, (*NODE_KEYS, *EPISODE_KEYS))

    def _edge(self, source: str, target: str, key: str, data: Record) -> None:
        relation = data["relation"]
        predicate = self._term(relation, "relation")
        if data["modality"] == "asserted" and data["origin"] != "background":
            self._add(source, predicate[1:-1], self._iri(target))
            if relation == "partOfSeries":
                self._add(source, f"{SCHEMA}partOfSeries", self._iri(target))
        spans = [(e["episode"], e["start"], e["end"]) for e in data["evidence"]]
        iri = statement_iri(source, relation, target, data["modality"], spans, key)
        self._add(iri, f"{RDF}type", self._iri(f"{RDF}Statement"))
        self._add(iri, f"{RDF}type", self._iri(f"{KG}ExtractedRelation"))
        self._add(iri, f"{RDF}subject", self._iri(source))
        self._add(iri, f"{RDF}predicate", predicate)
        self._add(iri, f"{RDF}object", self._iri(target))
        if key != relation:
            self._add(iri, f"{KG}key", self._text(key))
        self._add(iri, f"{KG}modality", self._term(data["modality"], "modality"))
        self._add(iri, f"{KG}origin", self._text(data["origin"]))
        self._add(iri, f"{KG}confidence", self._decimal(data["confidence"]))
        for name in ("phrase", "voice"):
            if data[name]:
                self._add(iri, f"{KG}{name}", self._text(data[name]))
        for name, value in data["literals"].items():
            datatype = terms.literal_datatype(name, value)
            self._add(iri, _literal_property(name), self._text(value, datatype))
        for evidence in data["evidence"]:
            self._evidence(iri, evidence)
        self._further(iri, data, EDGE_KEYS)

    def _evidence(self, statement: str, evidence: Record) -> None:
        passage = passage_iri(evidence)
        self._place(passage, "Passage", evidence)
        if evidence["section"]:
            self._add(passage, f"{KG}section", self._text(evidence["section"]))
        self._further(passage, evidence, (*PLACE_KEYS, "section"))
        self._add(statement, f"{KG}passage", self._iri(passage))
        # Said again beside the passage, for the short way to what a reader asks for first.
        self._add(statement, f"{KG}evidence", self._text(evidence["text"]))
        self._add(statement, f"{PROV}wasDerivedFrom", self._iri(evidence["episode"]))

    def _place(self, iri: str, kind: str, record: Record) -> None:
        self._add(iri, f"{RDF}type", self._iri(f"{KG}{kind}"))
        self._add(iri, f"{KG}inEpisode", self._iri(record["episode"]))
        self._add(iri, f"{KG}startOffset", self._integer(record["start"]))
        self._add(iri, f"{KG}endOffset", self._integer(record["end"]))
        if "text" in record:
            self._add(iri, f"{KG}text", self._text(record["text"]))

    def _further(self, iri: str, data: Record, known: tuple[str, ...]) -> None:
        """Write what the format has no property for."""
        for name in data.keys() - set(known):
            self._add(iri, f"{ATTRIBUTE}{quote(name, safe='')}", self._value(data[name]))

    def _value(self, value: Any) -> str:
        match value:
            case str():
                return self._text(value)
            case bool():
                return self._text(str(value).lower(), terms.BOOLEAN)
            case int():
                return self._integer(value)
            case float():
                return self._decimal(value)
        return self._text(canonical_json(value), terms.JSON)

    def _classes(self, name: str) -> Iterator[str]:
        """Yield a class, all above it, and what they are aligned with."""
        yield self._term(name, "class")[1:-1]
        known = self._ontology.classes.get(name)
        while known is not None:
            yield known.iri
            yield from known.aligned
            known = self._ontology.classes.get(known.parent)

    def _term(self, name: str, kind: str) -> str:
        if not terms.LOCAL_NAME.fullmatch(name):
            raise GraphError(
                f"The graph has the {kind} {name!r}, which cannot be a term of the vocabulary. "
                "Use letters and digits."
            )
        return self._iri(f"{KG}{name}")

    def _add(self, subject: str, property_: str, object_: str) -> None:
        self.found.add(f"{self._iri(subject)} {self._iri(property_)} {object_} .\n")

    def _iri(self, value: str) -> str:
        if value not in self._iris:
            try:
                self._iris[value] = str(self._ox.NamedNode(value))
            except ValueError as error:
                raise GraphError(
                    f"The graph names {value!r}, which is not an absolute IRI: {error}. "
                    "Give every node, episode and sameAs an IRI; kg.iri makes them."
                ) from error
        return self._iris[value]

    def _text(self, value: str, datatype: str = terms.STRING) -> str:
        if datatype == terms.STRING:
            return str(self._ox.Literal(value))
        return str(self._ox.Literal(value, datatype=self._ox.NamedNode(datatype)))

    def _integer(self, value: int) -> str:
        return self._text(str(value), terms.INTEGER)

    def _decimal(self, value: float) -> str:
        return self._text(terms.decimal(value), terms.DECIMAL)


def _literal_property(name: str) -> str:
    property_ = f"{KG}{name}"
    if terms.LOCAL_NAME.fullmatch(name) and property_ not in terms.STATEMENT_PROPERTIES:
        return property_
    return f"{LITERAL}{quote(name, safe='')}"
