"""The terms that writing and reading share, and how values are typed.

Every literal keeps its characters, so that reading gives back what was written; it has a datatype
only where its characters are a valid form of that type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kg.iri import BASE
from kg.namespaces import KG, RDF, SCHEMA, XSD

GRAPH = f"{BASE}graph"
"""The resource that stands for the graph itself and carries its attributes."""

TEXT_ATTRIBUTES: Mapping[str, str] = {
    "source": f"{KG}source",
    "sha256": f"{KG}sha256",
    "title": f"{SCHEMA}name",
    "series": f"{KG}seriesTitle",
    "number": f"{SCHEMA}episodeNumber",
    "published": f"{SCHEMA}datePublished",
    "updated": f"{SCHEMA}dateModified",
    "duration": f"{SCHEMA}duration",
    "text": f"{KG}text",
}
"""Attributes of a node that hold one text, and their properties."""

STATEMENT_PROPERTIES = frozenset(
    f"{KG}{name}"
    for name in (
        "confidence",
        "evidence",
        "key",
        "modality",
        "origin",
        "passage",
        "phrase",
        "voice",
    )
)
"""Properties of a statement that are not one of its literals."""

LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""What a class, relation, modality or literal may be called to be a term of the vocabulary."""

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,9}")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(
    r"P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?"
    r"(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
)

STRING = f"{XSD}string"
BOOLEAN = f"{XSD}boolean"
INTEGER = f"{XSD}integer"
DECIMAL = f"{XSD}decimal"
JSON = f"{RDF}JSON"


def decimal(number: float) -> str:
    """Write a number as the canonical xsd:decimal, in which all stores agree.

    >>> decimal(1.0), decimal(0.93)
    ('1', '0.93')
    """
    return format(Decimal(repr(number)).normalize(), "f")


def attribute_datatype(name: str, value: str) -> str:
    """Return the datatype that the text of a node's attribute has."""
    if name in ("published", "updated"):
        return _date_datatype(value)
    if name == "duration":
        return f"{XSD}duration" if _DURATION.fullmatch(value) else STRING
    if name == "number":
        return INTEGER if _INTEGER.fullmatch(value) else STRING
    return STRING


def literal_datatype(name: str, value: str) -> str:
    """Return the datatype that a literal of a statement has, by its name and its characters."""
    if name.lower().endswith("date"):
        return _date_datatype(value)
    if _INTEGER.fullmatch(value):
        return INTEGER
    if _DECIMAL.fullmatch(value):
        return DECIMAL
    return _date_datatype(value)


def _date_datatype(value: str) -> str:
    if _DAY.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            return STRING
        return f"{XSD}date"
    if value.startswith("0000"):
        return STRING
    if _MONTH.fullmatch(value):
        return f"{XSD}gYearMonth"
    return f"{XSD}gYear" if _YEAR.fullmatch(value) else STRING
