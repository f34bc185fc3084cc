"""Every error this package raises on purpose, in one tree.

KgError                 anything below; the command line prints it and exits 1
├── SourceError         a guide cannot be read: missing, binary, empty, wrongly encoded
├── OntologyError       a file of the ontology is faulty
├── LanguageError       a spaCy pipeline or another recognizer is missing, altered or faulty
├── GraphError          a built graph is missing or damaged
├── QueryError          a SPARQL query is wrong or not allowed
├── UnknownNameError    an entity, query, format or other named thing does not exist
└── OutputError         a file or folder cannot be written

A message says where, what, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable


class KgError(Exception):
    """Base of every error raised on purpose by this package."""


class SourceError(KgError):
    """A guide cannot be read."""


class OntologyError(KgError):
    """A file of the ontology is faulty."""


class LanguageError(KgError):
    """A spaCy pipeline or another recognizer is missing, altered or faulty."""


class GraphError(KgError):
    """A built graph is missing or damaged."""


class QueryError(KgError):
    """A SPARQL query is wrong or not allowed."""


class OutputError(KgError):
    """A file or folder cannot be written."""


class UnknownNameError(KgError):
    """Something was asked for by a name that does not exist; the message lists what does."""

    def __init__(self, kind: str, name: str, choices: Iterable[str]) -> None:
        from difflib import get_close_matches

        known = sorted(choices)
        close = get_close_matches(name, known, n=5, cutoff=0.6)
        if close:
            hint = f"did you mean {' or '.join(repr(choice) for choice in close)}?"
        elif len(known) <= 30:
            hint = f"choose from {', '.join(known)}." if known else "there are none."
        else:
            hint = f"none of the {len(known)} known names is close to it."
        super().__init__(f"There is no {kind} named {name!r}: {hint}")
        self.kind = kind
        self.name = name
        self.close = tuple(close)
