"""Ontologies that every test of recognition reads with."""

from __future__ import annotations

import pytest

from kg.ontology import Ontology, load_ontology
from tests.recognition.reading import copy_ontology, small_lexicon


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    """The package's classes, relations and word lists, with a few dozen names."""
    folder = tmp_path_factory.mktemp("small") / "ontology"
    return load_ontology(copy_ontology(folder, small_lexicon()))


@pytest.fixture(scope="session")
def full() -> Ontology:
    """The ontology that comes with the package."""
    return load_ontology()
