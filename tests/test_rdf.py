"""The graph's RDF says all that the graph says, and nothing that it does not."""

import re
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.iri import mint
from kg.namespaces import KG, OWL, RDF, SCHEMA, XSD, prefixes, query_prefixes, shorten
from kg.normal import normalize
from kg.ontology import load_ontology
from kg.rdf import graph_from_rdf, to_ntriples, to_turtle
from kg.rdf.terms import attribute_datatype, decimal, literal_datatype
from tests.conftest import EPISODE, QUOTE, make_small_graph

ONTOLOGY = load_ontology()
ADA = mint("Person", "Ada Holm")
HALDEN = mint("Organization", "Halden Labs")
SKALD_2 = mint("Model", "Skald 2")
SKALD_3 = mint("Model", "Skald 3")


def facts(graph: nx.MultiDiGraph) -> tuple[Any, ...]:
    """Return all that a graph holds, comparable."""
    return (
        dict(graph.graph),
        dict(graph.nodes(data=True)),
        {(s, t, k): data for s, t, k, data in graph.edges(keys=True, data=True)},
    )


def turtle_of(graph: nx.MultiDiGraph) -> bytes:
    return to_turtle(to_ntriples(graph, ONTOLOGY), ONTOLOGY)


def triples_of(graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    parsed = ox.parse(to_ntriples(graph, ONTOLOGY), ox.RdfFormat.N_TRIPLES)
    return {(t.subject.value, t.predicate.value, t.object.value) for t in parsed}


def test_small_graph_comes_back_as_it_was(small_graph: nx.MultiDiGraph) -> None:
    assert facts(graph_from_rdf(turtle_of(small_graph))) == facts(small_graph)
    assert facts(graph_from_rdf(to_ntriples(small_graph, ONTOLOGY))) == facts(small_graph)


def test_small_graph_is_in_normal_form(small_graph: nx.MultiDiGraph) -> None:
    assert facts(normalize(small_graph)) == facts(small_graph)


def test_writing_does_not_change_the_graph(small_graph: nx.MultiDiGraph) -> None:
    turtle_of(small_graph)
    assert facts(small_graph) == facts(make_small_graph())


# Whatever a file can carry: everything but halves of UTF-16 pairs.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAME = TEXT.filter(lambda text: text != "")
LITERALS = TEXT | st.sampled_from(
    ["0", "-1", "+1", "01", "1.50", "1e5", "2026-02-28", "2026-02-30", "2026-02", "2026", "true"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
PLACES = st.builds(
    lambda start, length, text: {
        "episode": EPISODE,
        "start": start,
        "end": start + length,
        "text": text,
    },
    st.integers(0, 10**6),
    st.integers(1, 500),
    TEXT,
)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Graphs that hold the strangest text in every place that takes text."""
    graph = nx.MultiDiGraph(**draw(st.dictionaries(NAME, JSON, max_size=2)))
    graph.add_node(
        EPISODE,
        type="Episode",
        label=draw(NAME),
        text=draw(TEXT),
        published=draw(LITERALS),
        number=draw(LITERALS),
        duration=draw(st.sampled_from(["PT1H", "P1D", "PT", "P", "1h"])),
        sections=draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "start": st.integers(0, 9),
                        "end": st.integers(10, 20),
                        "title": TEXT,
                        "level": st.integers(1, 6),
                    }
                ),
                max_size=2,
            )
        ),
        **draw(st.dictionaries(NAME.map("x{}".format), JSON, max_size=2)),
    )
    for number in range(2):
        graph.add_node(
            mint("Model", str(number)),
            type=draw(st.sampled_from(["Model", "Lab", "NewKind"])),
            label=draw(NAME),
            aliases=draw(st.lists(TEXT, max_size=2)),
            sameAs=draw(st.sampled_from([[], ["http://www.wikidata.org/entity/Q1", "urn:x"]])),
            reasons=draw(st.lists(TEXT, max_size=2)),
            confidence=draw(st.floats(0, 1)),
            mentions=draw(st.lists(PLACES, max_size=2)),
        )
    nodes = list(graph)
    for _ in range(3):
        graph.add_edge(
            draw(st.sampled_from(nodes)),
            draw(st.sampled_from(nodes)),
            key=draw(TEXT),
            relation=draw(st.sampled_from(["uses", "relatedTo", "partOfSeries"])),
            origin=draw(st.sampled_from(["text", "layout", "open", "background"])),
            modality=draw(st.sampled_from(["asserted", "negated", "hypothetical", "predicted"])),
            confidence=draw(st.floats(0, 1)),
            phrase=draw(TEXT),
            voice=draw(TEXT),
            literals=draw(
                st.dictionaries(
                    st.sampled_from(["role", "date", "count", "key", "voice", "a b", "é"]) | NAME,
                    LITERALS,
                    max_size=3,
                )
            ),
            evidence=[
                place | {"section": draw(TEXT)} for place in draw(st.lists(PLACES, max_size=2))
            ],
            **draw(st.dictionaries(NAME.map("x{}".format), JSON, max_size=1)),
        )
    return graph


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_any_graph_comes_back_in_its_normal_form(graph: nx.MultiDiGraph) -> None:
    assert facts(graph_from_rdf(turtle_of(graph))) == facts(normalize(graph))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_normal_form_is_its_own_normal_form(graph: nx.MultiDiGraph) -> None:
    assert facts(normalize(normalize(graph))) == facts(normalize(graph))


def test_turtle_and_ntriples_say_the_same_to_rdflib(small_graph: nx.MultiDiGraph) -> None:
    import rdflib
    from rdflib.compare import isomorphic

    turtle = rdflib.Graph().parse(data=turtle_of(small_graph), format="turtle")
    ntriples = rdflib.Graph().parse(data=to_ntriples(small_graph, ONTOLOGY), format="nt")
    assert isomorphic(turtle, ntriples)
    assert not [term for triple in turtle for term in triple if isinstance(term, rdflib.BNode)]


def test_ntriples_are_sorted_and_each_line_is_there_once(small_graph: nx.MultiDiGraph) -> None:
    lines = to_ntriples(small_graph, ONTOLOGY).decode().splitlines()
    assert lines == sorted(set(lines))


def test_order_of_nodes_and_edges_does_not_count(small_graph: nx.MultiDiGraph) -> None:
    turned = nx.MultiDiGraph(**small_graph.graph)
    turned.add_nodes_from(reversed(list(small_graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(small_graph.edges(data=True, keys=True))))
    assert turtle_of(turned) == turtle_of(small_graph)


@pytest.mark.parametrize(
    ("relation", "stated"),
    [
        ((HALDEN, "develops", SKALD_2), True),
        ((ADA, "relatedTo", mint("Person", "Grace Lund 🎙")), True),  # an open relation
        ((ADA, "guestOf", EPISODE), True),  # from the layout
        ((HALDEN, "develops", SKALD_3), False),  # negated
        ((mint("Model", "Borealis 3"), "uses", mint("Architecture", "Mixture of Experts")), False),
    ],
)
def test_plain_triple_only_for_what_an_episode_asserts(
    small_graph: nx.MultiDiGraph, relation: tuple[str, str, str], stated: bool
) -> None:
    subject, name, object_ = relation
    assert small_graph.has_edge(subject, object_)
    triples = triples_of(small_graph)
    assert ((subject, f"{KG}{name}", object_) in triples) is stated
    statements = {s for s, p, o in triples if (p, o) == (f"{RDF}subject", subject)}
    assert any((s, f"{RDF}object", object_) in triples for s in statements)


def test_each_edge_is_one_statement(small_graph: nx.MultiDiGraph) -> None:
    statements = {s for s, _, o in triples_of(small_graph) if o == f"{RDF}Statement"}
    assert len(statements) == small_graph.number_of_edges()


def test_edges_that_differ_in_their_key_alone_stay_apart(small_graph: nx.MultiDiGraph) -> None:
    edge = small_graph.edges[HALDEN, SKALD_2, "develops"]
    for key in ("", "develops:1", "develops:2"):
        small_graph.add_edge(HALDEN, SKALD_2, key=key, **edge)
    assert facts(graph_from_rdf(turtle_of(small_graph))) == facts(small_graph)


def test_statement_says_where_it_comes_from(small_graph: nx.MultiDiGraph) -> None:
    triples = triples_of(small_graph)
    (statement,) = {s for s, p, o in triples if p == f"{KG}role" and o == "head of research"}
    said = {(p.rpartition("#")[2], o) for s, p, o in triples if s == statement}
    (evidence,) = small_graph.edges[ADA, HALDEN, "worksFor"]["evidence"]
    assert {
        ("modality", f"{KG}asserted"),
        ("origin", "text"),
        ("confidence", "0.93"),
        ("phrase", "head of research at"),
        ("evidence", evidence["text"]),
        ("wasDerivedFrom", EPISODE),
    } <= said
    (passage,) = (o for name, o in said if name == "passage")
    assert {(p, o) for s, p, o in triples if s == passage} == {
        (f"{RDF}type", f"{KG}Passage"),
        (f"{KG}inEpisode", EPISODE),
        (f"{KG}startOffset", str(evidence["start"])),
        (f"{KG}endOffset", str(evidence["end"])),
        (f"{KG}text", evidence["text"]),
        (f"{KG}section", "Guests"),
    }


def test_entity_has_all_its_classes_and_names(small_graph: nx.MultiDiGraph) -> None:
    said = {(p, o) for s, p, o in triples_of(small_graph) if s == HALDEN}
    types = {o for p, o in said if p == f"{RDF}type"}
    assert types == {f"{KG}Lab", f"{KG}Organization", f"{SCHEMA}Organization"}
    assert (f"{KG}entityClass", f"{KG}Lab") in said
    bergen = mint("Place", "Bergen")
    triple = (bergen, f"{OWL}sameAs", "http://www.wikidata.org/entity/Q26793")
    assert triple in triples_of(small_graph)


def test_episode_speaks_schema_org(small_graph: nx.MultiDiGraph) -> None:
    turtle = turtle_of(small_graph).decode()
    for line in (
        'schema:datePublished "2026-03-03"^^xsd:date',
        'schema:duration "PT1H5M"^^xsd:duration',
        "schema:episodeNumber 12",
        "schema:partOfSeries series:the-queue",
        'schema:name "#12 – Small Models & <b>Bold</b> Claims"',
    ):
        assert line in turtle


def test_every_term_is_declared(small_graph: nx.MultiDiGraph) -> None:
    declared = set()
    for name in ("vocabulary.ttl", "records.ttl"):
        for triple in ox.parse((ONTOLOGY.folder / name).read_bytes(), ox.RdfFormat.TURTLE):
            declared.add(str(triple.subject)[1:-1])
    terms = {term for triple in triples_of(small_graph) for term in triple if term.startswith(KG)}
    assert terms - declared == set()


def test_every_record_term_is_described() -> None:
    described: dict[str, set[str]] = {}
    for triple in ox.parse((ONTOLOGY.folder / "records.ttl").read_bytes(), ox.RdfFormat.TURTLE):
        subject = str(triple.subject)[1:-1]
        described.setdefault(subject, set()).add(triple.predicate.value.rpartition("#")[2])
    assert described
    for subject, properties in described.items():
        assert {"type", "label", "definition"} <= properties, subject
        assert subject.startswith(KG)


@pytest.mark.parametrize(
    ("name", "value", "datatype"),
    [
        ("published", "2026-02-28", f"{XSD}date"),
        ("published", "2026-02-30", f"{XSD}string"),
        ("published", "2026-02", f"{XSD}gYearMonth"),
        ("published", "2026-13", f"{XSD}string"),
        ("updated", "2026", f"{XSD}gYear"),
        ("updated", "0000", f"{XSD}string"),
        ("duration", "PT4H25M", f"{XSD}duration"),
        ("duration", "PT", f"{XSD}string"),
        ("duration", "P", f"{XSD}string"),
        ("number", "490", f"{XSD}integer"),
        ("number", "S02E03", f"{XSD}string"),
        ("title", "2026", f"{XSD}string"),
    ],
)
def test_attribute_is_typed_only_where_it_is_valid(name: str, value: str, datatype: str) -> None:
    assert attribute_datatype(name, value) == datatype


@pytest.mark.parametrize(
    ("name", "value", "datatype"),
    [
        ("count", "3", "integer"),
        ("count", "03", "string"),
        ("salience", "0.500", "decimal"),
        ("score", "71.5%", "string"),
        ("date", "2025-01", "gYearMonth"),
        ("releaseDate", "2025", "gYear"),
        ("count", "2025", "integer"),
        ("status", "former", "string"),
    ],
)
def test_literal_is_typed_by_its_characters(name: str, value: str, datatype: str) -> None:
    assert literal_datatype(name, value) == f"{XSD}{datatype}"


@pytest.mark.parametrize(
    ("number", "text"),
    [(1.0, "1"), (0.93, "0.93"), (0.0, "0"), (1e-4, "0.0001"), (1e20, "1" + "0" * 20)],
)
def test_decimals_are_canonical(number: float, text: str) -> None:
    assert decimal(number) == text


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({"id": "skald", "type": "Model"}, "'skald', which is not an absolute IRI"),
        ({"id": "http://e/100%", "type": "Model"}, "not an absolute IRI"),
        ({"type": "My Model"}, "the class 'My Model'"),
        ({"type": "Model", "sameAs": ["Q42"]}, "'Q42', which is not an absolute IRI"),
        ({"type": "Model", "label": "\ud800"}, "half of a UTF-16 pair at character 0"),
        ({"type": "Model", "label": ""}, "has no label"),
        ({"type": ""}, "has no type"),
        ({"type": "Model", "confidence": float("nan")}, "the number nan"),
        ({"type": "Model", "further": {1, 2}}, "a set, which JSON cannot carry"),
        ({"type": "Model", "mentions": [{"episode": EPISODE, "start": "x"}]}, "a whole number"),
        ({"type": "Model", "aliases": [5]}, "holds 5 where text is needed"),
    ],
)
def test_graph_that_no_rdf_can_say(node: dict[str, Any], message: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(node.pop("id", "urn:x"), **{"label": "x", **node})
    with pytest.raises(GraphError, match=re.escape(message)):
        to_ntriples(graph, ONTOLOGY)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ((b"rdf:subject person:ada-holm", b"rdf:predicate kg:uses"), "values of"),
        ((b"kg:entityClass kg:Lab", b"kg:entityClass wd:Q1"), "a term of the vocabulary"),
        ((b"kg:mentionOf person:ada-holm", b"kg:mentionOf person:nobody"), "does not describe"),
        ((b"kg:confidence 0.71", b'kg:confidence "high"'), "which is no number"),
        ((b"a kg:Mention", b"a"), "cannot be read"),
        ((b"a kg:Mention", b"a kg:Mention, []"), "only IRIs and literals"),
    ],
)
def test_damaged_rdf(
    small_graph: nx.MultiDiGraph, change: tuple[bytes, bytes], message: str
) -> None:
    turtle = turtle_of(small_graph)
    assert change[0] in turtle
    with pytest.raises(GraphError, match=message):
        graph_from_rdf(turtle.replace(*change))


def test_quote_keeps_its_words(small_graph: nx.MultiDiGraph) -> None:
    assert (QUOTE, f"{KG}text", "Simple beats clever.") in triples_of(small_graph)


def test_prefixes_shorten_what_they_fit() -> None:
    known = prefixes(["Model", "Organization"])
    assert shorten(mint("Model", "GPT-4.1"), known) == "model:gpt-4.1"
    assert shorten(f"{KG}develops", known) == "kg:develops"
    assert shorten("https://example.org/x", known) == "<https://example.org/x>"
    assert shorten(f"{KG}a/b", known) == f"<{KG}a/b>"
    assert "org" not in known
    assert query_prefixes(["Model"])["org"].endswith("/organization/")


def test_json_of_attributes_stays_json(small_graph: nx.MultiDiGraph) -> None:
    small_graph.nodes[ADA]["further"] = {"b": [1, None, True], "a": "é"}
    back = graph_from_rdf(turtle_of(small_graph))
    assert back.nodes[ADA]["further"] == {"a": "é", "b": [1, None, True]}
