"""Knowledge graphs from podcast episode guides.

The way through, in one sentence: ``guides`` reads a file into a ``Guide``, ``recognition`` finds
the mentions in it, ``linking`` makes them entities, ``relations`` joins the entities by what the
text says, ``assembly`` merges many guides into one ``KnowledgeGraph``, and ``exporters`` write it;
the order stands in ``kg.pipeline``.

>>> import kg
>>> result = kg.build(["seeds"])  # doctest: +SKIP
>>> kg.load("exports/graph.json").graph.number_of_nodes()  # doctest: +SKIP

Every public name is loaded on first use, so importing the package costs next to nothing.
"""

from typing import TYPE_CHECKING

from kg.version import __version__ as __version__

if TYPE_CHECKING:
    from kg.errors import GraphError as GraphError
    from kg.errors import KgError as KgError
    from kg.errors import LanguageError as LanguageError
    from kg.errors import OntologyError as OntologyError
    from kg.errors import OutputError as OutputError
    from kg.errors import QueryError as QueryError
    from kg.errors import SourceError as SourceError
    from kg.errors import UnknownNameError as UnknownNameError
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.graph import load as load
    from kg.model import Entity as Entity
    from kg.model import EntityMention as EntityMention
    from kg.model import Evidence as Evidence
    from kg.model import Guide as Guide
    from kg.model import Modality as Modality
    from kg.model import Origin as Origin
    from kg.model import Relation as Relation
    from kg.ontology import Ontology as Ontology
    from kg.ontology import load_ontology as load_ontology
    from kg.pipeline import BuildResult as BuildResult
    from kg.pipeline import Failure as Failure
    from kg.pipeline import build as build
    from kg.recognition.candidates import Candidate as Candidate

_HOMES = {
    "BuildResult": "kg.pipeline",
    "Candidate": "kg.recognition.candidates",
    "Entity": "kg.model",
    "EntityMention": "kg.model",
    "Evidence": "kg.model",
    "Failure": "kg.pipeline",
    "GraphError": "kg.errors",
    "Guide": "kg.model",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "LanguageError": "kg.errors",
    "Modality": "kg.model",
    "Ontology": "kg.ontology",
    "OntologyError": "kg.errors",
    "Origin": "kg.model",
    "OutputError": "kg.errors",
    "QueryError": "kg.errors",
    "Relation": "kg.model",
    "SourceError": "kg.errors",
    "UnknownNameError": "kg.errors",
    "build": "kg.pipeline",
    "load": "kg.graph",
    "load_ontology": "kg.ontology",
}

__all__ = [
    "BuildResult",
    "Candidate",
    "Entity",
    "EntityMention",
    "Evidence",
    "Failure",
    "GraphError",
    "Guide",
    "KgError",
    "KnowledgeGraph",
    "LanguageError",
    "Modality",
    "Ontology",
    "OntologyError",
    "Origin",
    "OutputError",
    "QueryError",
    "Relation",
    "SourceError",
    "UnknownNameError",
    "__version__",
    "build",
    "load",
    "load_ontology",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
