"""SPARQL over the graph, answered by Oxigraph in memory. Reading only, and nothing from outside.

It needs neither networkx nor spaCy where a graph.ttl exists, so a question costs little more than
the start of Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import GraphError, OntologyError, QueryError
from kg.namespaces import KG, query_prefixes, shorten
from kg.sparql import check_query, explain

if TYPE_CHECKING:
    import pyoxigraph as ox

Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"

TURTLE_FILE = "graph.ttl"
TABLE_FORMATS = ("csv", "tsv", "json", "xml")
GRAPH_FORMATS = ("turtle",)

Value = str | int | float | bool | None
"""A cell of an answer: an IRI or a text as ``str``, a number, a truth value, or nothing."""


@dataclass(frozen=True, slots=True)
class Store:
    """A loaded graph, ready for questions."""

    oxigraph: ox.Store


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of the vocabulary, and the prefixes that follow from it."""

    terms: frozenset[str]
    prefixes: Mapping[str, str]


class Answer:
    """The answer to one query. It comes from the engine as it is read, so it can be read once.

    ``kind`` is ``rows`` (SELECT), ``truth`` (ASK) or ``graph`` (CONSTRUCT, DESCRIBE);
    ``variables`` are the columns' names, and empty but for rows.
    """

    def __init__(
        self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, vocabulary: Vocabulary
    ) -> None:
        import pyoxigraph as ox

        self._result = result
        self._vocabulary = vocabulary
        self.kind = "graph"
        self.variables: tuple[str, ...] = ()
        if isinstance(result, ox.QuerySolutions):
            self.kind = "rows"
            self.variables = tuple(variable.value for variable in result.variables)
        elif isinstance(result, ox.QueryBoolean):
            self.kind = "truth"

    def __bool__(self) -> bool:
        """Tell the answer to ASK; for others, whether there is any."""
        if self.kind == "truth":
            return bool(self._result)
        return next(iter(self.terms()), None) is not None

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """Yield each row as plain values, in the order of ``variables``; of a graph, triples."""
        for row in self.terms():
            yield tuple(_plain(term) for term in row)

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield each row as RDF terms, in the order of ``variables``; of a graph, triples."""
        import pyoxigraph as ox

        result = self._result
        if isinstance(result, ox.QuerySolutions):
            for row in result:
                yield tuple(row[name] for name in self.variables)
        elif isinstance(result, ox.QueryTriples):
            for triple in result:
                yield (triple.subject, triple.predicate, triple.object)
        else:
            yield (ox.Literal(bool(result)),)

    def serialize(self, format_: str) -> bytes:
        """Write the answer as csv, tsv, json or xml, and a graph as turtle.

        Raises ``QueryError`` where the format cannot hold this kind of answer.
        """
        import pyoxigraph as ox

        result = self._result
        if isinstance(result, ox.QueryTriples):
            if format_ not in GRAPH_FORMATS:
                raise QueryError(
                    f"CONSTRUCT and DESCRIBE give a graph, which {format_} cannot hold. "
                    "Ask for --format turtle, or ask with SELECT."
                )
            from kg.rdf import turtle

            lines = "".join(sorted({f"{triple} .\n" for triple in result})).encode()
            used = {
                prefix: namespace
                for prefix, namespace in self._vocabulary.prefixes.items()
                if namespace.encode() in lines and prefix != "org"
            }
            return turtle(lines, used)
        if format_ not in TABLE_FORMATS:
            raise QueryError(
                f"SELECT and ASK give rows, which {format_} cannot hold. "
                f"Ask for one of {', '.join(TABLE_FORMATS)}, or ask with CONSTRUCT."
            )
        formats = {
            "csv": ox.QueryResultsFormat.CSV,
            "tsv": ox.QueryResultsFormat.TSV,
            "json": ox.QueryResultsFormat.JSON,
            "xml": ox.QueryResultsFormat.XML,
        }
        written = result.serialize(format=formats[format_])
        return written or b""


def load_store(path: Path) -> Store:
    """Load the graph of a build: a folder, its graph.ttl, or a graph.json (converted first).

    Raises ``GraphError`` where it is missing or damaged.
    """
    file = _find(path)
    if not file.exists():
        raise GraphError(
            f"There is no graph at {file}. Make one with `kg build`, or name the right folder or "
            "file with --graph."
        )
    if file.suffix == ".json":
        from kg.document import read_graph
        from kg.ontology import load_ontology
        from kg.rdf import to_ntriples

        return store_from_ntriples(to_ntriples(read_graph(file), load_ontology()))
    import pyoxigraph as ox

    store = ox.Store()
    try:
        store.bulk_load(path=file, format=_rdf_format(file))
    except SyntaxError as error:
        raise GraphError(f"{file} is damaged: {error}. Run `kg build` again.") from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{file} cannot be read: {error}. Run `kg build` again.") from error
    return Store(store)


def store_from_ntriples(ntriples: bytes) -> Store:
    """Load N-Triples of ours."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(input=ntriples, format=ox.RdfFormat.N_TRIPLES)
    return Store(store)


def run_query(store: Store, text: str) -> Answer:
    """Ask a question: SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes are declared.

    Raises ``QueryError`` where the query is wrong, asks another server, or would change the graph.
    """
    vocabulary = load_vocabulary()
    check_query(text, vocabulary.prefixes)
    try:
        result = store.oxigraph.query(text, prefixes=dict(vocabulary.prefixes))
    except SyntaxError as error:
        raise explain(text, error, vocabulary.prefixes) from error
    return Answer(result, vocabulary)


def cell(term: Term | None) -> str:
    """Write a term for a person: an IRI with its prefix, a literal as its text."""
    import pyoxigraph as ox

    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value, load_vocabulary().prefixes)
    return term.value if isinstance(term, ox.Literal) else str(term)


def unknown_terms(store: Store, text: str) -> list[str]:
    """Return a warning for each ``kg:`` term of a query that neither vocabulary nor graph know."""
    from difflib import get_close_matches

    from kg.sparql import kg_terms

    known = load_vocabulary().terms
    warnings = []
    for term in sorted(kg_terms(text) - known):
        if _in_use(store, term):
            continue
        close = get_close_matches(term, sorted(known), n=1, cutoff=0.6) or [
            name for name in sorted(known) if name.lower() == term.lower()
        ]
        hint = f"did you mean kg:{close[0]}?" if close else "see docs/ontology.md for those it has."
        warnings.append(f"the vocabulary has no kg:{term}; {hint}")
    return warnings


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the names of the vocabulary that comes with the package, without its lexicon."""
    import pyoxigraph as ox

    from kg.ontology import ontology_folder

    subjects: set[str] = set()
    parents: dict[str, str] = {}
    folder = ontology_folder()
    for path in (folder / "vocabulary.ttl", folder / "records.ttl"):
        try:
            for triple in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
                subject, value = str(triple.subject)[1:-1], getattr(triple.object, "value", "")
                if subject.startswith(KG):
                    subjects.add(subject.removeprefix(KG))
                if triple.predicate.value.endswith("#type") and value.endswith("owl#Class"):
                    parents.setdefault(subject.removeprefix(KG), "")
                elif triple.predicate.value.endswith("#subClassOf") and value.startswith(KG):
                    parents[subject.removeprefix(KG)] = value.removeprefix(KG)
        except (OSError, SyntaxError) as error:
            raise OntologyError(f"{path}: {error}. Install the package again.") from error
    roots = sorted(name for name, parent in parents.items() if not parent)
    return Vocabulary(frozenset(subjects), query_prefixes(roots))


def _find(path: Path) -> Path:
    """Return the file to load for a folder or a file."""
    if not path.is_dir():
        return path
    turtle = path / TURTLE_FILE
    return turtle if turtle.exists() or not (path / "graph.json").exists() else path / "graph.json"


def _rdf_format(file: Path) -> ox.RdfFormat:
    import pyoxigraph as ox

    formats = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}
    if file.suffix not in formats:
        raise GraphError(
            f"{file} is neither a graph.ttl nor a graph.json. Name the folder of a build."
        )
    return formats[file.suffix]


def _in_use(store: Store, term: str) -> bool:
    if not re.fullmatch(r"[A-Za-z_][\w-]*", term):
        return False
    iri = f"<{KG}{term}>"
    return bool(store.oxigraph.query(f"ASK {{ {{ ?s {iri} ?o }} UNION {{ ?s a {iri} }} }}"))


def _plain(term: object) -> Value:
    import pyoxigraph as ox

    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    kind = term.datatype.value.rpartition("#")[2]
    match kind:
        case "boolean":
            return term.value == "true"
        case "integer":
            return int(term.value)
        case "decimal" | "double" | "float":
            return float(term.value)
    return str(term.value)
