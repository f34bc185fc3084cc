"""The ontology folder as typed values: classes, relations with their frames, and names.

Everything the program knows about the world stands in ``ontology/*.ttl`` and
``ontology/lexicon/*.ttl``; a class, a relation, a trigger word or a name is added there, with no
change here. The head of ``ontology/vocabulary.ttl`` says what each property means.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import OntologyError

if TYPE_CHECKING:
    import pyoxigraph

KG = "https://w3id.org/episode-kg/ns#"
LEXICON = "https://w3id.org/episode-kg/lexicon/"
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


@dataclass(frozen=True, order=True, slots=True)
class Frame:
    """A way in which a sentence states a relation.

    ``kind`` is ``verb``, ``noun``, ``act`` or ``between``; ``words`` the trigger as lemmas, its
    preposition or particle included; ``inverse`` when the trigger's subject is the relation's
    object.
    """

    kind: str
    words: tuple[str, ...]
    relation: str
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class of entities, what it is aligned with, and the words that give it away."""

    name: str
    iri: str
    label: str
    definition: str
    parent: str = ""
    examples: tuple[str, ...] = ()
    aligned: tuple[str, ...] = ()
    generic_nouns: tuple[str, ...] = ()
    head_nouns: tuple[str, ...] = ()
    concept_nouns: tuple[str, ...] = ()
    action_verbs: tuple[str, ...] = ()
    version_words: tuple[str, ...] = ()
    color: str = "#5b6470"
    dark_color: str = "#a9b1bd"
    shape: str = "dot"


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation: which classes it joins, in which direction, and the frames that state it."""

    name: str
    iri: str
    label: str
    inverse_label: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    same_kind: bool = False
    symmetric: bool = False
    transitive: bool = False
    aligned: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    frames: tuple[Frame, ...] = ()
    layouts: tuple[str, ...] = ()
    few_subjects: bool = False
    list_nouns: tuple[str, ...] = ()
    guest_verbs: tuple[str, ...] = ()
    host_verbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """A name that is known before any guide is read.

    ``hidden`` spellings are recognised but never shown. An ``ambiguous`` name is also an
    everyday word or another name, and needs support from the text. ``maker``, ``country``,
    ``broader`` and ``family_of`` are keys of other entries: background, never evidence.
    """

    key: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    family: bool = False
    ambiguous: bool = False
    maker: str = ""
    country: str = ""
    parent: str = ""
    broader: str = ""
    family_of: str = ""
    demonyms: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Naming:
    """Word lists about how names are written, from ``naming.toml`` and ``first_names.toml``.

    The files' comments explain each list.
    """

    titles: frozenset[str]
    particles: frozenset[str]
    connectors: frozenset[str]
    not_names: frozenset[str]
    generic_acronyms: frozenset[str]
    plain_modifiers: frozenset[str]
    carrier_nouns: frozenset[str]
    first_names: frozenset[str]
    entity_labels: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, eq=False)
class Ontology:
    """All that the ontology folder says. ``digest`` changes whenever a file of it does.

    Two are equal only when they are the same object, so that indexes can be kept per ontology.
    """

    version: str
    classes: Mapping[str, EntityClass]
    relations: Mapping[str, RelationType]
    lexicon: Mapping[str, LexiconEntry]
    modality_cues: Mapping[str, tuple[str, ...]]
    naming: Naming
    digest: str
    folder: Path

    def is_a(self, name: str, ancestor: str) -> bool:
        """Tell whether a class is the other one or one of its subclasses."""
        while name:
            if name == ancestor:
                return True
            name = self.classes[name].parent if name in self.classes else ""
        return False

    def root(self, name: str) -> str:
        """Return the class at the top of a class's line: ``Organization`` for ``Lab``."""
        while self.classes[name].parent:
            name = self.classes[name].parent
        return name

    def allows(self, relation: str, subject: str, object_: str) -> bool:
        """Tell whether a relation may join the two classes in this direction."""
        kind = self.relations[relation]
        if kind.same_kind and self.root(subject) != self.root(object_):
            return False
        return any(self.is_a(subject, name) for name in kind.domain) and any(
            self.is_a(object_, name) for name in kind.range
        )


def ontology_folder() -> Path:
    """Return the ontology that comes with the package, from a wheel or from a checkout."""
    package = Path(__file__).resolve().parent
    packed = package / "_ontology"
    return packed if packed.is_dir() else package.parent / "ontology"


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read an ontology folder; the one that comes with the package when none is named.

    Raises ``OntologyError`` where a file is missing, is not Turtle, or names what does not exist.
    """
    return _load(folder if folder is not None else ontology_folder())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Ontology:
    files = sorted(folder.glob("*.ttl")) + sorted((folder / "lexicon").glob("*.ttl"))
    words = sorted(folder.glob("*.toml"))
    for needed in ("vocabulary.ttl", "naming.toml", "first_names.toml"):
        if not (folder / needed).is_file():
            raise OntologyError(f"{folder}: there is no {needed}; name a folder that has one.")
    facts = _read(files)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files + words)).hexdigest()
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
        naming=_naming(folder / "naming.toml"),
        digest=digest,
        folder=folder,
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: {error}. Mend the file.") from error


def _naming(path: Path) -> Naming:
    try:
        tables = _toml(path)
        return Naming(
            titles=frozenset(tables["titles"]),
            particles=frozenset(tables["particles"]),
            connectors=frozenset(tables["connectors"]),
            not_names=frozenset(tables["not_names"]),
            generic_acronyms=frozenset(tables["generic_acronyms"]),
            plain_modifiers=frozenset(tables["plain_modifiers"]),
            carrier_nouns=frozenset(tables["carrier_nouns"]),
            entity_labels=tables["entity_labels"],
            first_names=frozenset(_toml(path.with_name("first_names.toml"))["names"]),
        )
    except KeyError as error:
        raise OntologyError(f"{path}: the list {error} is missing. Add it.") from error


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
        return self.one(subject, predicate) == "true"

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
                facts.add(_value(quad.subject), quad.predicate.value, _value(quad.object))
        except (SyntaxError, OSError, ValueError) as error:
            raise OntologyError(f"{path}: {error}. Mend the file, or take it away.") from error
    return facts


def _value(term: pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode | object) -> str:
    value = getattr(term, "value", None)
    if not isinstance(value, str):
        raise OntologyError(f"{term}: an ontology file holds IRIs and literals only.")
    return value


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
    for entity_class in found.values():
        if entity_class.parent and entity_class.parent not in found:
            raise OntologyError(
                f"kg:{entity_class.name} is a subclass of kg:{entity_class.parent}, "
                "which is not declared as an owl:Class."
            )
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
        )
    return found


def _lexicon(facts: _Facts, classes: Mapping[str, EntityClass]) -> dict[str, LexiconEntry]:
    found: dict[str, LexiconEntry] = {}
    for key in facts.instances(_SKOS + "Concept"):
        types = _kg_names(facts.all(key, _RDF_TYPE))
        label = facts.one(key, _SKOS + "prefLabel")
        if len(types) != 1 or types[0] not in classes or not label:
            raise OntologyError(
                f"{key}: a name needs one class of the vocabulary and one skos:prefLabel."
            )
        broader = facts.one(key, _SKOS + "broader")
        found[key] = LexiconEntry(
            key=key,
            type=types[0],
            label=label,
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
