"""The namespaces of the graph's RDF, and the prefixes that stand for them.

>>> shorten("https://w3id.org/episode-kg/id/model/gpt-4.1", {"model": f"{ENTITIES}model/"})
'model:gpt-4.1'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.iri import BASE, ENTITIES

KG = f"{BASE}ns#"
AIRO = "https://w3id.org/airo#"
ATTRIBUTE = f"{BASE}attribute/"
LITERAL = f"{BASE}literal/"
DCTERMS = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WIKIDATA = "http://www.wikidata.org/entity/"
XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARIES: Mapping[str, str] = {
    "kg": KG,
    "airo": AIRO,
    "dcterms": DCTERMS,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}

_RECORDS = ("attribute", "mention", "passage", "section", "statement")
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def prefixes(class_names: Iterable[str]) -> dict[str, str]:
    """Return every prefix, sorted: vocabularies, records, and the entities of each class.

    The classes are those at the top of their lines, after which IRIs are made.
    """
    entities = {name.lower(): f"{ENTITIES}{name.lower()}/" for name in class_names}
    records = {name: f"{BASE}{name}/" for name in _RECORDS}
    return dict(sorted({**entities, **records, **VOCABULARIES}.items()))


def query_prefixes(class_names: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that queries may use undeclared; ``org:`` is short for organization."""
    return prefixes(class_names) | {"org": f"{ENTITIES}organization/"}


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """Write an IRI with a prefix where one fits, else in angle brackets."""
    fitting = [
        (len(namespace), prefix)
        for prefix, namespace in known.items()
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri[len(namespace) :])
    ]
    if not fitting:
        return f"<{iri}>"
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"
