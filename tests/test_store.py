"""Questions in SPARQL: what is answered, what is refused, and what is said about mistakes."""

import csv
import io
import json
import re
import socketserver
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import GraphError, QueryError
from kg.examples import fill
from kg.exporters import export
from kg.graph import KnowledgeGraph
from kg.iri import mint
from kg.ontology import load_ontology
from kg.sparql import check_query
from kg.store import Store, load_store, load_vocabulary, run_query, unknown_terms
from tests.conftest import NORDLYS, make_small_graph

SKALD_2 = mint("Model", "Skald 2")
EMPTY = Store(ox.Store())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``kg build`` leaves it."""
    path = tmp_path_factory.mktemp("exports")
    for name, file in (("json", "graph.json"), ("turtle", "graph.ttl")):
        content = export(name, make_small_graph(), load_ontology())
        (path / file).write_bytes(content)
    return path


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return load_store(folder)


def test_every_form_of_the_graph_loads_the_same(folder: Path, tmp_path: Path, store: Store) -> None:
    (tmp_path / "graph.json").write_bytes((folder / "graph.json").read_bytes())
    (tmp_path / "other.nt").write_bytes(export("ntriples", make_small_graph(), load_ontology()))
    expected = set(store.oxigraph)
    assert expected
    for path in (folder / "graph.ttl", folder / "graph.json", tmp_path, tmp_path / "other.nt"):
        assert set(load_store(path).oxigraph) == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("graph.ttl", b"<a> <b>", "graph.ttl is damaged"),
        ("graph.ttl", b"\xff", "graph.ttl is damaged"),
        ("graph.json", b"{", "graph.json is damaged"),
        ("graph.txt", b"", "neither a graph.ttl nor a graph.json"),
    ],
)
def test_damaged_graph(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=message):
        load_store(tmp_path / name)


def test_missing_graph_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        load_store(tmp_path)
    with pytest.raises(GraphError, match="kg build"):
        load_store(tmp_path / "graph.json")


def test_rows_are_plain_values(store: Store) -> None:
    answer = run_query(
        store,
        """SELECT ?model ?name ?count ?salience ?nothing {
             ?model rdfs:label ?name . FILTER(?model = model:skald-2)
             ?s rdf:predicate kg:discusses ; rdf:object ?model ; kg:count ?count ;
               kg:salience ?salience
             OPTIONAL { ?model kg:phrase ?nothing } }""",
    )
    assert answer.kind == "rows"
    assert answer.variables == ("model", "name", "count", "salience", "nothing")
    count = len(make_small_graph().nodes[SKALD_2]["mentions"])
    assert list(answer) == [(SKALD_2, "Skald 2", count, 0.5, None)]


def test_ask_has_a_truth_value(store: Store) -> None:
    assert run_query(store, "ASK { org:halden-labs a kg:Lab }")
    assert not run_query(store, "ASK { org:halden-labs a kg:Person }")
    assert list(run_query(store, "ASK { ?s a kg:Lab }")) == [(True,)]


def test_construct_and_describe_give_a_graph(store: Store) -> None:
    answer = run_query(store, "CONSTRUCT { ?s schema:creator ?o } { ?o kg:develops ?s }")
    assert answer.kind == "graph"
    turtle = answer.serialize("turtle").decode()
    assert "model:skald-2 schema:creator organization:halden-labs ." in turtle
    assert "@prefix person:" not in turtle
    assert run_query(store, "DESCRIBE model:skald-2")
    assert not run_query(store, "DESCRIBE model:nothing")


def test_formats_are_read_by_other_programs(store: Store) -> None:
    text = f"SELECT ?x ?n {{ ?x rdfs:label ?n FILTER(?n = {fill('$n', {'n': NORDLYS})}) }}"

    def written(format_: str) -> str:
        return run_query(store, text).serialize(format_).decode()

    iri = mint("Organization", NORDLYS)
    assert list(csv.reader(io.StringIO(written("csv")))) == [["x", "n"], [iri, NORDLYS]]
    assert written("tsv").splitlines()[0] == "?x\t?n"
    (binding,) = json.loads(written("json"))["results"]["bindings"]
    assert binding["n"] == {"type": "literal", "value": NORDLYS}
    texts = [node.text for node in ElementTree.fromstring(written("xml")).iter()]  # noqa: S314 (our own output)
    assert NORDLYS in texts
    assert json.loads(run_query(store, "ASK { ?s ?p ?o }").serialize("json"))["boolean"] is True


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        ("SELECT * { ?s ?p ?o }", "turtle"),
        ("ASK { ?s ?p ?o }", "turtle"),
        ("DESCRIBE kg:x", "csv"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "json"),
    ],
)
def test_format_that_cannot_hold_the_answer(store: Store, text: str, format_: str) -> None:
    with pytest.raises(QueryError, match=f"which {format_} cannot hold"):
        run_query(store, text).serialize(format_)


def test_own_prefix_goes_before_a_declared_one(store: Store) -> None:
    text = "PREFIX kg: <https://example.org/> ASK { ?s kg:develops ?o }"
    assert not run_query(store, text)


class Sink(socketserver.ThreadingTCPServer):
    """Counts who calls, and hangs up."""

    daemon_threads = True
    calls = 0

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 (its signature)
        self.calls += 1
        self.shutdown_request(request)


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    with Sink(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


HOLDS_SERVICE = (
    "SELECT * { SERVICE URL { ?s ?p ?o } }",
    "select * { service URL { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT URL { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTURL { ?s ?p ?o } }",
    "SELECT * { ?s ?p true.SERVICEURL { ?s ?p ?o } }",
    "SELECT * { VALUES ?s { 1 } OPTIONAL { ?s ?p trueSERVICEURL { ?s ?p ?o } } }",
    "SELECT * { VALUES ?x { URL } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { SERVICE # comment\nURL { ?s ?p ?o } }",
    # To one reader `<?b+'>` is an IRI; to Oxigraph a comparison and an open string.
    "SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b+'>') SERVICE URL { ?s ?p ?o } FILTER('') }",
    # And `<?b#>` a comparison and a comment.
    "SELECT * { VALUES (?a ?b) { (1 2) } FILTER(?a<?b#>'''\n) SERVICE URL { ?s ?p ?o } #'''\n }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE URL { ?s ?p ?o } }",
    "ASK { { SELECT * { SERVICE URL { ?s ?p ?o } } } }",
    "DESCRIBE ?s { SERVICE URL { ?s ?p ?o } }",
    "PREFIX SERVICE: <http://e/> SELECT * { SERVICE URL { ?s ?p ?o } }",
    "PREFIX i: <http://127.0.0.1:PORT/> SELECT * { SERVICE i:x { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:PORT/> SELECT * { SERVICE:x { ?s ?p ?o } }",
)


def aimed_at(sink: Sink, text: str) -> str:
    url = "<http://127.0.0.1:PORT/>"
    return text.replace("URL", url).replace("PORT", str(sink.server_address[1]))


@pytest.mark.parametrize("text", HOLDS_SERVICE)
def test_service_never_reaches_the_engine(text: str, sink: Sink) -> None:
    before = sink.calls
    with pytest.raises(QueryError):
        check_query(aimed_at(sink, text), load_vocabulary().prefixes)
    with pytest.raises(QueryError):
        run_query(EMPTY, aimed_at(sink, text))
    assert sink.calls == before


@pytest.mark.parametrize("text", HOLDS_SERVICE)
def test_engine_itself_would_take_the_query(text: str, sink: Sink) -> None:
    with suppress(OSError, RuntimeError):  # no SyntaxError: each is SPARQL to it
        ox.Store().query(aimed_at(sink, text))


def test_engine_itself_would_call(sink: Sink) -> None:
    before = sink.calls
    with suppress(OSError, RuntimeError):
        result: Any = ox.Store().query(aimed_at(sink, HOLDS_SERVICE[0]))
        list(result)
    assert sink.calls > before


def test_service_is_named_as_the_reason() -> None:
    with pytest.raises(QueryError, match="SERVICE would send parts of the query to another server"):
        run_query(EMPTY, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?from { ?service ?from 'service from' }",
        "SELECT * { ?s rdfs:label 'customer SERVICE' } # FROM SERVICE",
        "SELECT * { <http://service.example.org/from> ?p '''SERVICE <x> {''' }",
        "PREFIX service: <http://e/> SELECT * { service:from ?p service:service }",
        "SELECT * { ?s ?p org:servicenow FILTER(?a<?b) }",
        "SELECT ?s { ?s ?p _:service }",
    ],
)
def test_words_that_are_no_keywords_are_allowed(text: str) -> None:
    assert list(run_query(EMPTY, text)) == []


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "from", "FROM NAMED\n"])
def test_another_graph_is_refused(clause: str) -> None:
    with pytest.raises(QueryError, match="FROM names another graph"):
        run_query(EMPTY, f"SELECT * {clause} <http://example.org/g> {{ ?s ?p ?o }}")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "drop all",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR DEFAULT",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_update_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="would change the graph, which is read-only"):
        run_query(EMPTY, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "and this one is empty"),
        ("# nothing", "not with '# nothing'"),
        ("SELEC * {}", "not with 'SELEC'"),
        ("\x00", r"not with '\x00'"),
        ("SELECT * { ?s ?p }", "line 1, column 19"),
        ("SELECT *\n{\n  ?s ?p }", "line 3, column 10"),
        ("SELECT * { ?s nope:it ?o }", "the prefix nope: is not declared"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "a variable that is unbound"),
        ("SELECT * { ?s ?p '\ud800' }", "no valid text at character 19"),
    ],
)
def test_mistake_is_shown_where_it_is(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        run_query(EMPTY, text)


def test_caret_stands_below_the_place() -> None:
    with pytest.raises(QueryError) as raised:
        run_query(EMPTY, f"SELECT * {{ ?s ?p {'?o . ?s ?p ' * 40} }} LIMIT x # {'y' * 500}")
    lines = str(raised.value).splitlines()
    place = lines[2].index("^")
    assert lines[1][place - 2 : place + 1].strip()
    assert max(map(len, lines[:3])) < 130


@given(
    st.text(max_size=40) | st.text("SELECT*{}?sp <>'#\"\\:.\n", max_size=40).map("SELECT{}".format)
)
def test_any_text_is_answered_or_refused_in_words(text: str) -> None:
    with suppress(QueryError):
        list(run_query(EMPTY, text).terms())


def test_unknown_terms_are_warned_of(store: Store) -> None:
    text = "SELECT * { ?s kg:develop ?o ; a kg:lab ; kg:phrase 'kg:nonsense' ; kg:zzzzzz ?x }"
    assert unknown_terms(store, text) == [
        "the vocabulary has no kg:develop; did you mean kg:develops?",
        "the vocabulary has no kg:lab; did you mean kg:Lab?",
        "the vocabulary has no kg:zzzzzz; see docs/ontology.md for those it has.",
    ]


def test_known_terms_and_those_of_the_graph_itself_are_not(small_graph: nx.MultiDiGraph) -> None:
    small_graph.add_node("urn:new", type="NewKind", label="new")
    graph = KnowledgeGraph(small_graph)
    text = "SELECT * { ?s a kg:NewKind ; kg:evidence ?e ; kg:uses ?x ; kg:modality kg:negated }"
    assert unknown_terms(graph._store, text) == []


def test_vocabulary_is_that_of_the_ontology() -> None:
    ontology = load_ontology()
    vocabulary = load_vocabulary()
    assert {*ontology.classes, *ontology.relations, "Passage", "negated"} <= vocabulary.terms
    roots = {ontology.root(name).lower() for name in ontology.classes}
    assert roots <= set(vocabulary.prefixes)
    assert "lab" not in vocabulary.prefixes


def test_a_query_loads_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main()\n"
        "finally: print({'spacy', 'networkx', 'rdflib', 'numpy', 'rich'} & set(sys.modules))"
    )
    arguments = ["query", "SELECT ?s { ?s a kg:Lab }", "--graph", str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, text=True
    )
    assert "organization:halden-labs" in done.stdout
    assert done.stdout.endswith("set()\n")
