"""The graph as an object: entities, relations, the way between two of them, RDF and SPARQL.

>>> import kg
>>> graph = kg.load("exports")  # doctest: +SKIP
>>> [relation.object for relation in graph.relations(relation="develops")]  # doctest: +SKIP
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownNameError
from kg.model import Entity, EntityMention, Evidence, Modality, Origin, Relation
from kg.names import fold
from kg.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.store import Answer, Store

_FRAME = frozenset({"about", "discusses"})
_WELL_KNOWN = frozenset(
    {"type", "label", "aliases", "origin", "confidence", "sameAs", "mentions", "reasons"}
)
_CHAINS_COMPARED = 1000
"""Of more equally short chains than this, the best of the first ones is as good as any."""


@dataclass(frozen=True, slots=True)
class Description:
    """An entity with all that is stated of it, and the episodes that name it.

    ``names`` gives the label of every entity that the relations refer to.
    """

    entity: Entity
    outgoing: tuple[Relation, ...]
    incoming: tuple[Relation, ...]
    episodes: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, order=True, slots=True)
class Step:
    """One step of a chain: two entities and all relations that join them, either way."""

    start: str
    end: str
    relations: tuple[Relation, ...]


Chain = tuple[Step, ...]


class KnowledgeGraph:
    """Entities and relations of any number of episodes, over a networkx graph.

    Look-ups are made once: after a change to ``graph`` make a new object. Without an ontology, the
    one that comes with the package is used.
    """

    def __init__(self, graph: nx.MultiDiGraph, ontology: Ontology | None = None) -> None:
        self.graph = graph
        self._given_ontology = ontology

    @cached_property
    def ontology(self) -> Ontology:
        """The classes and relations that the graph uses."""
        return self._given_ontology or load_ontology()

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return a copy of the networkx graph that shares nothing with it."""
        from copy import deepcopy

        return deepcopy(self.graph)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the graph's RDF as an rdflib graph, with its prefixes bound."""
        import rdflib

        from kg.namespaces import prefixes
        from kg.rdf import to_ntriples

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in prefixes(map(self.ontology.root, self.ontology.classes)).items():
            graph.bind(prefix, namespace)
        return graph.parse(data=to_ntriples(self.graph, self.ontology), format="nt")

    def entities(self, type: str | None = None) -> tuple[Entity, ...]:  # noqa: A002 (the attribute's name)
        """Return the entities, or those of a class and its subclasses, by class and label."""
        if type is not None and type not in self.ontology.classes:
            raise UnknownNameError("class", type, self.ontology.classes)
        found = (
            _entity(id_, data)
            for id_, data in self.graph.nodes(data=True)
            if type is None or self.ontology.is_a(data["type"], type)
        )
        return tuple(sorted(found, key=lambda entity: (entity.type, entity.label, entity.id)))

    def entity(self, id_: str) -> Entity:
        """Return the entity with an IRI. Raises ``UnknownNameError``."""
        if id_ not in self.graph:
            raise UnknownNameError("entity", id_, self.graph)
        return _entity(id_, self.graph.nodes[id_])

    def relations(
        self,
        *,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,  # noqa: A002 (the attribute's name)
        modality: Modality | None = Modality.ASSERTED,
    ) -> tuple[Relation, ...]:
        """Return the relations that fit, sorted; with ``modality=None`` also what is not asserted.

        ``subject`` and ``object`` are IRIs. A relation that only the lexicon knows has the origin
        ``background``.
        """
        if relation is not None and relation not in self.ontology.relations:
            raise UnknownNameError("relation", relation, self.ontology.relations)
        if subject is not None:
            edges = self.graph.out_edges(self.entity(subject).id, data=True)
        elif object is not None:
            edges = self.graph.in_edges(self.entity(object).id, data=True)
        else:
            edges = self.graph.edges(data=True)
        return tuple(
            sorted(
                _relation(source, target, data)
                for source, target, data in edges
                if (object is None or target == object)
                and (relation is None or data["relation"] == relation)
                and (modality is None or data.get("modality", "asserted") == modality)
            )
        )

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the entities with a name, those that bear it as their label first.

        Case, spaces, hyphens and punctuation do not count; an IRI finds its own entity. Raises
        ``UnknownNameError``, which names what is close.
        """
        if name in self.graph:
            return (name,)
        key = fold(name)
        found = self._by_name.get(key, ()) if key else ()
        if not found:
            raise UnknownNameError("entity", name, self._names)
        nodes = self.graph.nodes

        def order(id_: str) -> tuple[bool, str, str]:
            return (fold(nodes[id_]["label"]) != key, nodes[id_]["type"], id_)

        return tuple(sorted(set(found), key=order))

    def describe(self, id_: str) -> Description:
        """Return all that is stated of an entity, whatever its modality."""
        entity = self.entity(id_)
        outgoing = self.relations(subject=id_, modality=None)
        incoming = self.relations(object=id_, modality=None)
        episodes = {mention.episode for mention in entity.mentions}
        ends = {end for r in (*outgoing, *incoming) for end in (r.subject, r.object)}
        told = ends | episodes | {e.episode for r in (*outgoing, *incoming) for e in r.evidence}
        return Description(
            entity=entity,
            outgoing=outgoing,
            incoming=incoming,
            episodes=tuple(sorted(episodes)),
            names={end: self._label(end) for end in sorted(told)},
        )

    def path(self, start: str, end: str, limit: int = 1) -> tuple[Chain, ...]:
        """Return the shortest chains of relations between two IRIs, the best first.

        Direction does not count; only what the episodes assert does. That one episode names both
        is a link only where there is no other. Among equally short chains those of the ontology's
        relations and of higher confidence come first. Empty where nothing joins the two.
        """
        import networkx as nx

        first, last = self.entity(start).id, self.entity(end).id
        if first == last:
            return ()
        for skipped in (_FRAME, frozenset[str]()):
            steps = self._steps(skipped)
            way = nx.Graph()
            way.add_edges_from(sorted(tuple(sorted(pair)) for pair in steps))
            if first in way and last in way and nx.has_path(way, first, last):
                walks = islice(nx.all_shortest_paths(way, first, last), _CHAINS_COMPARED)
                chains = [
                    tuple(
                        Step(one, other, steps[frozenset((one, other))])
                        for one, other in pairwise(walk)
                    )
                    for walk in walks
                ]
                return tuple(sorted(chains, key=_chain_order)[:limit])
        return ()

    def query(self, sparql: str) -> Answer:
        """Ask a SPARQL question; the prefixes are declared. Raises ``QueryError``."""
        from kg.store import run_query

        return run_query(self._store, sparql)

    @cached_property
    def _store(self) -> Store:
        from kg.rdf import to_ntriples
        from kg.store import store_from_ntriples

        return store_from_ntriples(to_ntriples(self.graph, self.ontology))

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        ids: dict[str, list[str]] = defaultdict(list)
        for id_, data in self.graph.nodes(data=True):
            for name in (data["label"], *data.get("aliases", ())):
                ids[fold(name)].append(id_)
        return ids

    @property
    def _names(self) -> set[str]:
        nodes = self.graph.nodes(data=True)
        return {name for _, data in nodes for name in (data["label"], *data.get("aliases", ()))}

    def _label(self, id_: str) -> str:
        return str(self.graph.nodes[id_]["label"]) if id_ in self.graph else id_

    def _steps(self, skipped: frozenset[str]) -> dict[frozenset[str], tuple[Relation, ...]]:
        """Return the asserted relations between each pair, the surest first."""
        between: dict[frozenset[str], list[Relation]] = defaultdict(list)
        for relation in self.relations():
            said = relation.origin is not Origin.BACKGROUND
            if said and relation.relation not in skipped and relation.subject != relation.object:
                between[frozenset((relation.subject, relation.object))].append(relation)
        return {pair: tuple(sorted(found, key=_doubt)) for pair, found in between.items()}


def load_graph(path: str | os.PathLike[str] = "exports") -> KnowledgeGraph:
    """Read a graph.json, or that of a folder.

    Raises ``GraphError`` where it is missing, is damaged, or is not a graph of ours.
    """
    from kg.document import graph_file, read_graph

    return KnowledgeGraph(read_graph(graph_file(Path(path))))


load = load_graph
"""The same, for ``kg.load``."""


def _entity(id_: str, data: Mapping[str, Any]) -> Entity:
    further = {
        name: str(value)
        for name, value in data.items()
        if name not in _WELL_KNOWN and isinstance(value, str | int | float)
    }
    return Entity(
        id=id_,
        type=data["type"],
        label=data["label"],
        aliases=tuple(data.get("aliases", ())),
        mentions=tuple(
            EntityMention(m["episode"], m["start"], m["end"], m["text"])
            for m in data.get("mentions", ())
        ),
        confidence=data.get("confidence", 1.0),
        origin=Origin(data.get("origin", "text")),
        same_as=tuple(data.get("sameAs", ())),
        reasons=tuple(data.get("reasons", ())),
        attributes=tuple(sorted(further.items())),
    )


def _relation(source: str, target: str, data: Mapping[str, Any]) -> Relation:
    return Relation(
        subject=source,
        relation=data["relation"],
        object=target,
        origin=Origin(data.get("origin", "text")),
        modality=Modality(data.get("modality", "asserted")),
        confidence=data.get("confidence", 1.0),
        phrase=data.get("phrase", ""),
        voice=data.get("voice", ""),
        literals=tuple(sorted((k, str(v)) for k, v in data.get("literals", {}).items())),
        evidence=tuple(
            Evidence(e["episode"], e["start"], e["end"], e["text"], e.get("section", ""))
            for e in data.get("evidence", ())
        ),
    )


def _doubt(relation: Relation) -> tuple[bool, bool, float, Relation]:
    return (
        relation.origin is Origin.OPEN,
        relation.relation in _FRAME,
        -relation.confidence,
        relation,
    )


def _chain_order(chain: Chain) -> tuple[int, float, Chain]:
    """Order chains by their open relations, then by how sure their weakest step is."""
    best = [step.relations[0] for step in chain]
    open_steps = sum(relation.origin is Origin.OPEN for relation in best)
    return (open_steps, -min(relation.confidence for relation in best), chain)
