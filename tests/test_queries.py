"""The example queries: each has a head, finds something, and means the same to two engines."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError, UnknownNameError
from kg.examples import Example, example_query, fill, load_examples
from kg.graph import KnowledgeGraph
from kg.iri import mint
from kg.store import load_vocabulary, unknown_terms
from tests.conftest import make_small_graph

EXAMPLES = {example.name: example for example in load_examples()}
VALUES = {
    "lab": "halden labs",
    "what": "MoE",
    "person": "ADA HOLM",
    "start": "Ada Holm",
    "end": "MMLU",
    "name": "Skald 2",
}


def richer_graph() -> nx.MultiDiGraph:
    """The small graph, with what lets every example find something."""
    graph = make_small_graph()
    attention = mint("Architecture", "attention")
    grouped = mint("Architecture", "grouped-query attention")
    for iri, label in ((attention, "attention"), (grouped, "grouped-query attention")):
        graph.add_node(iri, type="Architecture", label=label)
    graph.add_edge(grouped, attention, key="variantOf", relation="variantOf")
    return graph


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return KnowledgeGraph(richer_graph())


@pytest.fixture(scope="module")
def in_rdflib(graph: KnowledgeGraph) -> rdflib.Graph:
    return graph.to_rdflib()


def text_of(example: Example) -> str:
    names = [name for name, _ in example.parameters]
    return example_query(example.name, {name: VALUES[name] for name in names if name in VALUES})


def comparable(value: Any) -> object:
    """Return a value in which the engines may differ in spelling only."""
    if value is None:
        return None
    literal = rdflib.Literal(str(value), datatype=getattr(value, "datatype", None))
    plain = literal.toPython() if isinstance(value, rdflib.Literal) else str(value)
    return Decimal(str(plain)) if isinstance(plain, int | Decimal | float) else str(plain)


def from_oxigraph(term: Any) -> Any:
    """Return rdflib's term for one of pyoxigraph."""
    if term is None or not hasattr(term, "datatype"):
        return None if term is None else rdflib.URIRef(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_finds_something_and_both_engines_agree(
    name: str, graph: KnowledgeGraph, in_rdflib: rdflib.Graph
) -> None:
    text = text_of(EXAMPLES[name])
    ours = Counter(
        tuple(comparable(from_oxigraph(term)) for term in row) for row in graph.query(text).terms()
    )
    result = in_rdflib.query(text, initNs=dict(load_vocabulary().prefixes))
    theirs = Counter(tuple(comparable(term) for term in row) for row in result)  # type: ignore[union-attr]  # no ASK among them
    assert ours == theirs
    assert ours


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_uses_the_vocabulary(name: str, graph: KnowledgeGraph) -> None:
    assert unknown_terms(graph._store, EXAMPLES[name].text) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_rows_come_in_one_order(name: str, graph: KnowledgeGraph) -> None:
    text = text_of(EXAMPLES[name])
    assert "CONSTRUCT" in text or "ORDER BY" in text
    assert list(graph.query(text)) == list(KnowledgeGraph(richer_graph()).query(text)) or (
        "CONSTRUCT" in text
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_parameter_is_used(name: str) -> None:
    example = EXAMPLES[name]
    for parameter, default in example.parameters:
        assert f"${parameter}" in example.text
        assert default


def test_answers_are_right(graph: KnowledgeGraph) -> None:
    def rows(name: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in graph.query(text_of(EXAMPLES[name]))]

    assert rows("who-works-where") == [("Ada Holm", "Halden Labs", "head of research", None)]
    assert rows("models-by-lab") == [("Halden Labs", "Skald 2")]
    assert rows("uses-moe") == [("Skald 2", "Model", "Mixture of Experts")]
    assert {row[1:] for row in rows("guests-and-hosts")} == {
        ("guest", "Ada Holm"),
        ("host", "Łukasz Öst"),
    }
    assert [row[0] for row in rows("not-asserted")] == ["negated", "predicted"]
    assert rows("how-connected") == [
        (
            3,
            "Ada Holm · worksFor · Halden Labs",
            "Halden Labs · develops · Skald 2",
            "Skald 2 · evaluatedOn · MMLU",
        )
    ]
    assert rows("quotes-by-person") == [("Ada Holm", "Simple beats clever.")]


def test_defaults_fill_what_is_not_set() -> None:
    assert '"DeepSeek"' in example_query("models-by-lab")
    assert "$lab" not in example_query("models-by-lab", {"lab": "x"})


def test_unknown_example_and_parameter() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'models-by-lab'"):
        example_query("model-by-lab")
    with pytest.raises(UnknownNameError, match="did you mean 'lab'"):
        example_query("models-by-lab", {"labs": "x"})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_value_is_a_literal_whatever_it_holds(value: str) -> None:
    graph = KnowledgeGraph(nx.MultiDiGraph())
    text = fill("SELECT ?x { BIND($value AS ?x) }", {"value": value})
    assert list(graph.query(text)) == [(value,)]


def test_value_that_looks_like_a_parameter_is_not_filled_again() -> None:
    assert fill("$a $b $c", {"a": "$b", "b": "x"}) == '"$b" "x" $c'


@pytest.mark.parametrize(
    "head",
    [
        "# title: x\n",
        "# description: x\n",
        "# title: x\n# description: y\n# param: lab\n",
        "SELECT * {}\n# title: x\n# description: y\n",
    ],
)
def test_example_without_its_head(tmp_path: Path, head: str) -> None:
    (tmp_path / "wrong.rq").write_text(f"{head}SELECT * {{ ?s ?p ?o }}", "utf-8")
    with pytest.raises(OntologyError, match=r"wrong\.rq must begin with"):
        load_examples(tmp_path)
