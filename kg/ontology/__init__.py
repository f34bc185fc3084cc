"""The ontology folder as typed values: classes, relations with their frames, and names.

Everything the program knows about the world stands in ``ontology/*.ttl`` and
``ontology/lexicon/*.ttl``; a class, a relation, a trigger word or a name is added there, with no
change here. The head of ``ontology/vocabulary.ttl`` says what each property means.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.ontology.values import (
    KG,
    LEXICON,
    EntityClass,
    Frame,
    LexiconEntry,
    Naming,
    Ontology,
    RelationType,
)

__all__ = [
    "KG",
    "LEXICON",
    "EntityClass",
    "Frame",
    "LexiconEntry",
    "Naming",
    "Ontology",
    "RelationType",
    "load_ontology",
    "ontology_folder",
]


def ontology_folder() -> Path:
    """Return the ontology that comes with the package, from a wheel or from a checkout."""
    package = Path(__file__).resolve().parent.parent
    packed = package / "_ontology"
    return packed if packed.is_dir() else package.parent / "ontology"


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read an ontology folder; the one that comes with the package when none is named.

    Raises ``OntologyError`` where a file is missing, is not Turtle, or names what does not exist.
    """
    return _load(folder if folder is not None else ontology_folder())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Ontology:
    from kg.ontology.reading import read_ontology

    return read_ontology(folder)
