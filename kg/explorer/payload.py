"""What the explorer shows, read from the graph: entities, statements, sentences, guide texts.

The result is plain JSON. Entities are numbered by salience, so that a draw budget is "the first
n"; statements and mentions refer to them by number. A sentence is stored once, however many
statements cite it; a guide's text is stored once. Offsets count UTF-16 units, as JavaScript does.
What has its default is left out: ``script/model.js`` puts it back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.explorer.citations import Citations, Sentence
from kg.explorer.headline import date_in_words, duration_in_words
from kg.model import Modality, Origin

if TYPE_CHECKING:
    import networkx

    from kg.ontology import Ontology

IRI_BASE = "https://w3id.org/episode-kg/id/"
EPISODE = "Episode"
DISCUSSES = "discusses"
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SHAPES = frozenset({"dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star"})
_PLAIN_LOOK = {"color": "#59636e", "dark": "#aab4c0", "shape": "dot"}

Json = dict[str, Any]  # what json.dumps takes; the keys are read in script/model.js


@dataclass(frozen=True, slots=True)
class Payload:
    """The explorer's data. Entities, statements and sentences are referred to by their index."""

    classes: tuple[Json, ...]
    relations: tuple[Json, ...]
    episodes: tuple[Json, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Json, ...]
    statements: tuple[Json, ...]
    generator: str

    def as_json(self) -> Json:
        """Return the value that goes into the page."""
        return {
            "base": IRI_BASE,
            "classes": list(self.classes),
            "relations": list(self.relations),
            "episodes": list(self.episodes),
            "sentences": [list(sentence) for sentence in self.sentences],
            "entities": list(self.entities),
            "statements": [
                [statement[end] for end in ("subject", "relation", "object")]
                + [statement.get("sentences", []), _rest(statement)]
                for statement in self.statements
            ],
            "generator": self.generator,
        }

    def class_name(self, entity: int) -> str:
        """Return the class of an entity, as the ontology names it."""
        return str(self.classes[self.entities[entity]["class"]]["name"])

    def joins_episode(self, statement: Json) -> bool:
        """Tell whether a statement has an episode at one of its ends."""
        return EPISODE in (
            self.class_name(statement["subject"]),
            self.class_name(statement["object"]),
        )


def is_fact(statement: Mapping[str, Any]) -> bool:
    """Tell whether a guide states it: not denied or expected, and not from background knowledge."""
    return (
        statement.get("modality", Modality.ASSERTED) == Modality.ASSERTED
        and statement.get("origin") != Origin.BACKGROUND
    )


def make_payload(graph: networkx.MultiDiGraph, ontology: Ontology) -> Payload:
    """Read a graph, without changing it.

    Raises ``GraphError`` where a node or an edge lacks what the explorer must show, or cites an
    episode that the graph does not hold.
    """
    nodes = _checked_nodes(graph)
    edges = _checked_edges(graph)
    order = _by_salience(nodes, edges)
    number = {node: index for index, node in enumerate(order)}
    episode_nodes = [node for node in order if nodes[node]["type"] == EPISODE]
    episode_nodes.sort(key=lambda node: (str(nodes[node].get("published", "")), node))
    citations = Citations(episode_nodes, nodes)
    class_names = _by_use(nodes[node]["type"] for node in order)
    relation_names = _by_use(data["relation"] for _, _, data in edges)
    statements = [
        _statement(source, target, data, number, relation_names, citations)
        for source, target, data in sorted(edges, key=lambda edge: _edge_order(edge, number, nodes))
    ]
    return Payload(
        classes=tuple(_class(name, ontology) for name in class_names),
        relations=tuple(_relation(name, ontology) for name in relation_names),
        episodes=tuple(
            _episode(node, nodes[node], number, citations, edges, nodes) for node in episode_nodes
        ),
        sentences=citations.sentences,
        entities=tuple(
            _entity(node, nodes[node], class_names.index(nodes[node]["type"]), citations)
            for node in order
        ),
        statements=tuple(statements),
        generator=str(graph.graph.get("generator", "kg")),
    )


def _checked_nodes(graph: networkx.MultiDiGraph) -> dict[str, Json]:
    nodes: dict[str, Json] = dict(graph.nodes(data=True))
    for node, data in nodes.items():
        if not data.get("type") or not data.get("label"):
            raise GraphError(
                f"The node {node} has no type or no label: it is named by an edge only, or the "
                "graph is damaged. Build it again."
            )
    return nodes


def _checked_edges(graph: networkx.MultiDiGraph) -> list[tuple[str, str, Json]]:
    edges: list[tuple[str, str, Json]] = list(graph.edges(data=True))
    for source, target, data in edges:
        if not data.get("relation"):
            raise GraphError(
                f"The edge from {source} to {target} has no relation. Build the graph again."
            )
    return edges


def _by_salience(nodes: Mapping[str, Json], edges: list[tuple[str, str, Json]]) -> list[str]:
    """Order entities by how much is stated of them, then by how often they are named.

    What every entity has, its link to the episode, says nothing of it and is not counted.
    """
    stated: Counter[str] = Counter()
    for source, target, data in edges:
        joins_episode = EPISODE in (nodes[source]["type"], nodes[target]["type"])
        if not joins_episode and is_fact(data):
            stated.update({source, target})

    def key(node: str) -> tuple[int, int, str, str]:
        named = len(nodes[node].get("mentions", ()))
        return (-2 * stated[node] - named, -stated[node], str(nodes[node]["label"]), node)

    return sorted(nodes, key=key)


def _by_use(names: Iterable[str]) -> list[str]:
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], name))


def _edge_order(
    edge: tuple[str, str, Json], number: Mapping[str, int], nodes: Mapping[str, Json]
) -> tuple[object, ...]:
    source, target, data = edge
    joins_episode = EPISODE in (nodes[source]["type"], nodes[target]["type"])
    return (
        joins_episode,
        number[source],
        data["relation"],
        number[target],
        str(data.get("modality", "")),
        str(data.get("phrase", "")),
        str(data.get("voice", "")),
        repr(sorted(data.get("literals", {}).items())),
        repr([(e["episode"], e["start"], e["end"]) for e in data.get("evidence", ())]),
    )


def _class(name: str, ontology: Ontology) -> Json:
    found = ontology.classes.get(name)
    if found is None:
        return {"name": name, "label": name, **_PLAIN_LOOK}
    look = _PLAIN_LOOK
    if _COLOR.fullmatch(found.color) and _COLOR.fullmatch(found.dark_color):
        look = look | {"color": found.color, "dark": found.dark_color}
    if found.shape in _SHAPES:
        look = look | {"shape": found.shape}
    return {"name": name, "label": found.label, "about": found.definition, **look}


def _relation(name: str, ontology: Ontology) -> Json:
    found = ontology.relations.get(name)
    if found is None:
        return {"name": name, "label": name, "inverse": name}
    known = {"name": name, "label": found.label, "inverse": found.inverse_label}
    return known | _stated(about=found.definition, symmetric=found.symmetric)


def _episode(
    node: str,
    data: Mapping[str, Any],
    number: Mapping[str, int],
    citations: Citations,
    edges: list[tuple[str, str, Json]],
    nodes: Mapping[str, Json],
) -> Json:
    episode = citations.episode(node)

    def people(relation: str) -> list[int]:
        def holds(target: str, edge: Json) -> bool:
            if edge["relation"] != relation or not is_fact(edge):
                return False
            return target == node or (
                nodes[target]["type"] != EPISODE
                and any(evidence["episode"] == node for evidence in edge.get("evidence", ()))
            )

        return sorted({number[source] for source, target, edge in edges if holds(target, edge)})

    sections = [
        [citations.offset(episode, s["start"]), str(s["title"]), int(s.get("level", 1))]
        for s in data.get("sections", ())
    ]
    return {"entity": number[node], "title": str(data.get("title") or data["label"])} | _stated(
        series=str(data.get("series", "")),
        number=str(data.get("number", "")),
        published=date_in_words(str(data.get("published", ""))),
        duration=duration_in_words(str(data.get("duration", ""))),
        source=str(data.get("source", "")),
        text=str(data.get("text", "")),
        sections=sections,
        hosts=people("hostOf"),
        guests=people("guestOf"),
    )


def _entity(node: str, data: Mapping[str, Any], class_number: int, citations: Citations) -> Json:
    matches = (_WIKIDATA.fullmatch(str(iri)) for iri in data.get("sameAs", ()))
    passages = sorted({citations.passage(mention) for mention in data.get("mentions", ())})
    return {
        "id": node.removeprefix(IRI_BASE),
        "class": class_number,
        "label": str(data["label"]),
    } | _stated(
        also=sorted({str(alias) for alias in data.get("aliases", ())} - {data["label"]}),
        wikidata=sorted({match[1] for match in matches if match}),
        named=[value for passage in passages for value in passage],
        quote=str(data.get("text", "")) if data["type"] == "Quote" else "",
        origin=_unless(Origin.TEXT, data.get("origin")),
        sure=_confidence(data),
    )


def _statement(
    source: str,
    target: str,
    data: Mapping[str, Any],
    number: Mapping[str, int],
    relation_names: list[str],
    citations: Citations,
) -> Json:
    ends: Json = {
        "subject": number[source],
        "relation": relation_names.index(data["relation"]),
        "object": number[target],
    }
    if data["relation"] == DISCUSSES:  # how often and how saliently is seen from the mentions
        return ends | _stated(sentences=[citations.cite(e) for e in data.get("evidence", ())])
    return ends | _stated(
        sentences=[citations.cite(evidence) for evidence in data.get("evidence", ())],
        origin=_unless(Origin.TEXT, data.get("origin")),
        modality=_unless(Modality.ASSERTED, data.get("modality")),
        sure=_confidence(data),
        phrase=str(data.get("phrase", "")),
        voice=str(data.get("voice", "")),
        literals={str(key): str(value) for key, value in sorted(data.get("literals", {}).items())},
    )


def _rest(statement: Json) -> Json:
    """What a statement says beside its ends and sentences."""
    known = {"subject", "relation", "object", "sentences"}
    return {name: value for name, value in statement.items() if name not in known}


def _stated(**values: object) -> Json:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value}


def _unless(default: str, value: object) -> str:
    return "" if value in (None, default) else str(value)


def _confidence(data: Mapping[str, Any]) -> int:
    """Return the confidence in per cent, or 0 (not written) for full confidence."""
    percent = round(100 * float(data.get("confidence", 1.0)))
    return 0 if percent >= 100 else max(1, percent)
