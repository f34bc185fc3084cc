"""From the files of an ontology folder to typed values, with every fault named."""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import OntologyError
from kg.ontology.values import (
    KG,
    EntityClass,
    Frame,
    LexiconEntry,
    Naming,
    Ontology,
    RelationType,
)

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"
_FRAME_PROPERTIES = (
    ("verb", "verb", False),
    ("inverseVerb", "verb", True),
    ("noun", "noun", False),
    ("inverseNoun", "noun", True),
    ("act", "act", False),
    ("between", "between", False),
    ("inverseBetween", "between", True),
)


def read_ontology(folder: Path) -> Ontology:
    """Read a folder; raises ``OntologyError`` that names the file or the key at fault."""
    files = sorted(folder.glob("*.ttl")) + sorted((folder / "lexicon").glob("*.ttl"))
    words = sorted(folder.glob("*.toml"))
    for needed in ("vocabulary.ttl", "naming.toml", "first_names.toml"):
        if not (folder / needed).is_file():
            raise OntologyError(f"{folder}: there is no {needed}; name a folder that has one.")
    facts = _read(files)
    digest = hashlib.sha256()
    for path in files + words:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    classes = _classes(facts)
    relations = _relations(facts, classes)
    return Ontology(
        version=facts.one(KG.rstrip("#"), _OWL + "versionInfo"),
        classes=classes,
        relations=relations,
        lexicon=_lexicon(facts, classes),
        modality_cues={
            _local(subject): facts.all(subject, KG + "cue")
            for subject in facts.instances(KG + "Modality")
        },
        naming=_naming(folder / "naming.toml", classes),
        digest=digest.hexdigest(),
        folder=folder,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: {error}. Mend the file.") from error


def _naming(path: Path, classes: Mapping[str, EntityClass]) -> Naming:
    tables = _toml(path)
    first_names = path.with_name("first_names.toml")
    given = _toml(first_names)
    return Naming(
        titles=_words(tables, "titles", path),
        particles=_words(tables, "particles", path),
        connectors=_words(tables, "connectors", path),
        not_names=_words(tables, "not_names", path),
        generic_acronyms=_words(tables, "generic_acronyms", path),
        plain_modifiers=_words(tables, "plain_modifiers", path),
        carrier_nouns=_words(tables, "carrier_nouns", path),
        impersonal_verbs=_words(tables, "impersonal_verbs", path),
        entity_labels=_entity_labels(tables, path, classes),
        first_names=_words(given, "names", first_names),
        feminine_names=_words(given, "feminine", first_names),
        either_names=_words(given, "either", first_names),
    )


def _words(tables: Mapping[str, Any], name: str, path: Path) -> frozenset[str]:
    if name not in tables:
        raise OntologyError(f"{path}: the list {name!r} is missing. Add it.")
    words = tables[name]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise OntologyError(f"{path}: {name} must be a list of words. Write it as one.")
    return frozenset(words)


def _entity_labels(
    tables: Mapping[str, Any], path: Path, classes: Mapping[str, EntityClass]
) -> dict[str, dict[str, float]]:
    labels = tables.get("entity_labels")
    if not isinstance(labels, dict):
        raise OntologyError(f"{path}: the table 'entity_labels' is missing. Add it.")
    for label, weights in labels.items():
        if not isinstance(weights, dict):
            raise OntologyError(f"{path}: {label} must be a table of classes and weights.")
        for name, weight in weights.items():
            if name not in classes:
                raise OntologyError(f"{path}: {label} names {name}, which is not a class.")
            if not isinstance(weight, int | float):
                raise OntologyError(f"{path}: the weight of {name} under {label} is no number.")
    return labels


class _Facts:
    """The triples of the folder, by subject and predicate, values in a stable order."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, subject: str, predicate: str, value: str) -> None:
        self._values[subject][predicate].append(value)

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(self._values.get(subject, {}).get(predicate, ())))

    def one(self, subject: str, predicate: str, default: str = "") -> str:
        values = self.all(subject, predicate)
        return values[0] if values else default

    def flag(self, subject: str, predicate: str) -> bool:
        value = self.one(subject, predicate, "false")
        if value not in ("true", "false"):
            raise OntologyError(f"{subject}: {_local(predicate)} is true or false, not {value!r}.")
        return value == "true"

    def subjects(self) -> Iterable[str]:
        return sorted(self._values)

    def instances(self, class_iri: str) -> list[str]:
        return [s for s in self.subjects() if class_iri in self._values[s].get(_RDF_TYPE, ())]


def _read(files: list[Path]) -> _Facts:
    import pyoxigraph

    facts = _Facts()
    for path in files:
        try:
            for quad in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE):
                subject, value = quad.subject, quad.object
                if not isinstance(subject, pyoxigraph.NamedNode) or not isinstance(
                    value, pyoxigraph.NamedNode | pyoxigraph.Literal
                ):
                    raise OntologyError(
                        f"{path}: {quad.predicate} has a blank node. Give the thing an IRI."
                    )
                facts.add(subject.value, quad.predicate.value, value.value)
        except (SyntaxError, OSError, ValueError) as error:
            raise OntologyError(f"{path}: {error}. Mend the file, or take it away.") from error
    return facts


def _local(iri: str) -> str:
    return iri.removeprefix(KG)


def _kg_names(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(_local(iri) for iri in iris if iri.startswith(KG))


def _foreign(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri for iri in iris if not iri.startswith(KG))


def _classes(facts: _Facts) -> dict[str, EntityClass]:
    found: dict[str, EntityClass] = {}
    for iri in facts.instances(_OWL + "Class"):
        supers = facts.all(iri, _RDFS + "subClassOf")
        parents = _kg_names(supers)
        look = {
            "color": facts.one(iri, KG + "color"),
            "dark_color": facts.one(iri, KG + "darkColor"),
            "shape": facts.one(iri, KG + "shape"),
        }
        found[_local(iri)] = EntityClass(
            name=_local(iri),
            iri=iri,
            label=facts.one(iri, _RDFS + "label", _local(iri)),
            definition=facts.one(iri, _SKOS + "definition"),
            parent=parents[0] if parents else "",
            examples=facts.all(iri, _SKOS + "example"),
            aligned=_foreign(supers),
            generic_nouns=facts.all(iri, KG + "genericNoun"),
            head_nouns=facts.all(iri, KG + "headNoun"),
            concept_nouns=facts.all(iri, KG + "conceptNoun"),
            action_verbs=facts.all(iri, KG + "actionVerb"),
            version_words=facts.all(iri, KG + "versionWord"),
            **{key: value for key, value in look.items() if value},
        )
    for name in found:
        line = [name]
        while parent := found[line[-1]].parent:
            if parent not in found:
                raise OntologyError(
                    f"kg:{line[-1]} is a subclass of kg:{parent}, "
                    "which is not declared as an owl:Class."
                )
            if parent in line:
                raise OntologyError(f"kg:{name} is a subclass of itself, by way of kg:{parent}.")
            line.append(parent)
    return found


def _relations(facts: _Facts, classes: Mapping[str, EntityClass]) -> dict[str, RelationType]:
    found: dict[str, RelationType] = {}
    for iri in facts.instances(_OWL + "ObjectProperty"):
        name = _local(iri)
        domain = _kg_names(facts.all(iri, _SCHEMA + "domainIncludes"))
        range_ = _kg_names(facts.all(iri, _SCHEMA + "rangeIncludes"))
        for class_name in (*domain, *range_):
            if class_name not in classes:
                raise OntologyError(f"kg:{name} joins kg:{class_name}, which is not a class.")
        if not domain or not range_:
            raise OntologyError(f"kg:{name} needs schema:domainIncludes and schema:rangeIncludes.")
        frames = sorted(
            Frame(kind, tuple(trigger.split()), name, inverse)
            for property_, kind, inverse in _FRAME_PROPERTIES
            for trigger in facts.all(iri, KG + property_)
        )
        types = facts.all(iri, _RDF_TYPE)
        found[name] = RelationType(
            name=name,
            iri=iri,
            label=facts.one(iri, _RDFS + "label", name),
            inverse_label=facts.one(iri, KG + "inverseLabel", name),
            definition=facts.one(iri, _SKOS + "definition"),
            domain=domain,
            range=range_,
            same_kind=facts.flag(iri, KG + "sameKind"),
            symmetric=_OWL + "SymmetricProperty" in types,
            transitive=_OWL + "TransitiveProperty" in types,
            aligned=_foreign(facts.all(iri, _RDFS + "subPropertyOf")),
            examples=facts.all(iri, _SKOS + "example"),
            frames=tuple(frames),
            layouts=facts.all(iri, KG + "layout"),
            few_subjects=facts.flag(iri, KG + "fewSubjects"),
            list_nouns=facts.all(iri, KG + "listNoun"),
            guest_verbs=facts.all(iri, KG + "guestVerb"),
            host_verbs=facts.all(iri, KG + "hostVerb"),
            post_words=facts.all(iri, KG + "postWord"),
        )
    return found


def _lexicon(facts: _Facts, classes: Mapping[str, EntityClass]) -> dict[str, LexiconEntry]:
    found: dict[str, LexiconEntry] = {}
    for key in facts.instances(_SKOS + "Concept"):
        types = _kg_names(facts.all(key, _RDF_TYPE))
        labels = facts.all(key, _SKOS + "prefLabel")
        if len(types) != 1 or types[0] not in classes or [bool(x) for x in labels] != [True]:
            raise OntologyError(
                f"{key}: a name needs one class of the vocabulary and one skos:prefLabel."
            )
        broader = facts.one(key, _SKOS + "broader")
        found[key] = LexiconEntry(
            key=key,
            type=types[0],
            label=labels[0],
            aliases=facts.all(key, _SKOS + "altLabel"),
            hidden=facts.all(key, _SKOS + "hiddenLabel"),
            family=facts.flag(key, KG + "family"),
            ambiguous=facts.flag(key, KG + "ambiguous"),
            maker=facts.one(key, KG + "maker"),
            country=facts.one(key, KG + "country"),
            parent=facts.one(key, KG + "parentOrganization"),
            broader=broader,
            family_of=facts.one(key, KG + "memberOf"),
            demonyms=facts.all(key, KG + "demonym"),
            same_as=facts.all(key, _SKOS + "exactMatch"),
        )
    for entry in found.values():
        for other in (entry.maker, entry.country, entry.parent, entry.broader, entry.family_of):
            if other and other not in found:
                raise OntologyError(f"{entry.key} refers to {other}, which is no entry.")
    return found
