from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import KG, LEXICON, Frame, Ontology, load_ontology, ontology_folder
from tests.recognition.reading import PREFIXES, copy_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_ontology(tmp_path / "ontology")


@pytest.fixture
def load(folder: Path) -> Callable[..., Ontology]:
    """Load a copy of the vocabulary with something more in it."""

    def with_more(vocabulary: str = "", names: str = "") -> Ontology:
        (folder / "more.ttl").write_text(PREFIXES + vocabulary, "utf-8")
        (folder / "lexicon" / "names.ttl").write_text(PREFIXES + names, "utf-8")
        return load_ontology(folder)

    return with_more


def test_the_default_is_the_ontology_that_comes_with_the_package(ontology: Ontology) -> None:
    assert ontology.folder == ontology_folder()
    assert load_ontology(ontology_folder()) is ontology
    assert re.fullmatch(r"\d+\.\d+\.\d+", ontology.version)
    assert re.fullmatch(r"[0-9a-f]{64}", ontology.digest)


def test_every_class_has_a_label_a_definition_and_an_example(ontology: Ontology) -> None:
    assert set(ontology.classes) >= {"Person", "Organization", "Lab", "Model", "Episode", "Quote"}
    for name, found in ontology.classes.items():
        assert found.name == name
        assert found.iri == KG + name
        assert found.label, name
        assert found.definition.endswith("."), name
        assert found.examples, name
        assert found.parent or found.aligned, name
        assert not found.parent or found.parent in ontology.classes, name


def test_every_relation_has_a_label_a_definition_and_an_example(ontology: Ontology) -> None:
    assert set(ontology.relations) >= {"worksFor", "develops", "uses", "competesWith", "discusses"}
    for name, found in ontology.relations.items():
        assert found.name == name
        assert found.iri == KG + name
        assert found.label, name
        assert found.inverse_label, name
        assert found.definition.endswith("."), name
        assert found.examples, name
        assert found.domain, name
        assert found.range, name


def test_a_symmetric_relation_reads_the_same_in_both_directions(ontology: Ontology) -> None:
    symmetric = {name for name, found in ontology.relations.items() if found.symmetric}
    assert symmetric == {"competesWith", "partnersWith", "relatedTo"} & symmetric
    assert {"competesWith", "partnersWith"} <= symmetric
    for name in symmetric:
        found = ontology.relations[name]
        assert found.label == found.inverse_label, name
        assert found.domain == found.range, name


def test_every_frame_belongs_to_its_relation_and_has_words(ontology: Ontology) -> None:
    frames = [frame for found in ontology.relations.values() for frame in found.frames]
    assert Frame("verb", ("work", "for"), "worksFor") in frames
    assert Frame("noun", ("CEO", "of"), "worksFor") in frames
    for name, found in ontology.relations.items():
        assert list(found.frames) == sorted(set(found.frames)), name
        assert all(frame.relation == name and frame.words for frame in found.frames), name


def test_no_relation_says_the_same_of_the_same_classes_in_two_directions(
    ontology: Ontology,
) -> None:
    for name, found in ontology.relations.items():
        if not found.symmetric and found.domain == found.range:
            said = {(frame.kind, frame.words) for frame in found.frames if not frame.inverse}
            turned = {(frame.kind, frame.words) for frame in found.frames if frame.inverse}
            assert not said & turned, name


def test_is_a_follows_the_line_of_parents(ontology: Ontology) -> None:
    assert ontology.is_a("Lab", "Lab")
    assert ontology.is_a("Lab", "Organization")
    assert not ontology.is_a("Organization", "Lab")
    assert not ontology.is_a("Lab", "Person")
    assert not ontology.is_a("Nothing", "Person")
    assert not ontology.is_a("", "Person")


def test_the_root_is_the_top_of_the_line(ontology: Ontology) -> None:
    assert ontology.root("Lab") == "Organization"
    assert ontology.root("Person") == "Person"
    with pytest.raises(KeyError):
        ontology.root("Nothing")


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "allowed"),
    [
        ("worksFor", "Person", "Organization", True),
        ("worksFor", "Person", "Lab", True),
        ("worksFor", "Lab", "Person", False),
        ("worksFor", "Person", "Model", False),
        ("develops", "Lab", "Model", True),
        ("develops", "Model", "Lab", False),
        ("variantOf", "Model", "Model", True),
        ("variantOf", "Model", "Technique", False),
        ("outperforms", "Lab", "Organization", True),
        ("outperforms", "Organization", "Model", False),
    ],
)
def test_a_relation_joins_the_classes_of_its_domain_and_range(
    ontology: Ontology, relation: str, subject: str, object_: str, allowed: bool
) -> None:
    assert ontology.allows(relation, subject, object_) is allowed


def test_every_relation_can_join_something(ontology: Ontology) -> None:
    for relation in ontology.relations:
        assert any(
            ontology.allows(relation, subject, object_)
            for subject in ontology.classes
            for object_ in ontology.classes
        ), relation


def test_a_relation_that_is_not_there_is_a_key_error(ontology: Ontology) -> None:
    with pytest.raises(KeyError):
        ontology.allows("nothing", "Person", "Person")


def test_the_modalities_have_cues(ontology: Ontology) -> None:
    assert set(ontology.modality_cues) <= {"asserted", "negated", "hypothetical", "predicted"}
    for modality in ("negated", "hypothetical", "predicted"):
        assert ontology.modality_cues[modality], modality


def test_every_entry_refers_to_entries_that_fit(ontology: Ontology) -> None:
    for key, entry in ontology.lexicon.items():
        assert key == entry.key
        assert key.startswith(LEXICON), key
        assert entry.label == entry.label.strip(), key
        assert entry.type in ontology.classes, key
        if entry.maker:
            maker = ontology.lexicon[entry.maker].type
            assert ontology.root(maker) in {"Organization", "Person"}, key
        if entry.country:
            assert ontology.lexicon[entry.country].type == "Place", key
        if entry.parent:
            assert ontology.root(ontology.lexicon[entry.parent].type) == "Organization", key
        if entry.family_of:
            other = ontology.lexicon[entry.family_of]
            assert ontology.root(other.type) == ontology.root(entry.type), key
            assert other is not entry, key


def test_no_name_belongs_to_two_entries_of_one_class(ontology: Ontology) -> None:
    owners: dict[tuple[str, str], str] = {}
    for key, entry in ontology.lexicon.items():
        for label in (entry.label, *entry.aliases):
            owner = owners.setdefault((ontology.root(entry.type), label), key)
            assert owner == key, f"{label} of {owner} and {key}"


def test_broader_and_family_lines_have_an_end(ontology: Ontology) -> None:
    for key, entry in ontology.lexicon.items():
        for line in ("broader", "family_of", "parent"):
            seen = {key}
            other = getattr(entry, line)
            while other:
                assert other not in seen, f"{line} of {key} comes back to itself"
                seen.add(other)
                other = getattr(ontology.lexicon[other], line)


def test_loading_is_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    again = copy_ontology(tmp_path / "again")
    first, second = load_ontology(folder), load_ontology(again)
    assert first.digest == second.digest
    assert first.classes == second.classes
    assert first.relations == second.relations
    assert first != second


@pytest.mark.parametrize("file", ["vocabulary.ttl", "naming.toml", "lexicon/names.ttl"])
def test_the_digest_tells_when_a_file_changes(folder: Path, tmp_path: Path, file: str) -> None:
    changed = copy_ontology(tmp_path / "changed", "# names\n")
    (folder / "lexicon" / "names.ttl").write_text("# names\n", "utf-8")
    before = load_ontology(folder).digest
    path = changed / file
    path.write_text(path.read_text("utf-8") + "\n# one more line\n", "utf-8")
    assert load_ontology(changed).digest != before


@pytest.mark.parametrize("file", ["vocabulary.ttl", "naming.toml", "first_names.toml"])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(OntologyError, match=re.escape(file)) as caught:
        load_ontology(folder)
    assert str(folder) in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        load_ontology(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "content",
    [b"lex:a a skos:Concept ;", b"<a> <b> .", b"\xff\xfe\x00", b'<http://a> <http://b> "\xff" .'],
)
def test_bad_turtle_is_named_by_its_file(folder: Path, content: bytes) -> None:
    (folder / "lexicon" / "broken.ttl").write_bytes(content)
    with pytest.raises(OntologyError, match=r"broken\.ttl: .*(Mend|take it away)"):
        load_ontology(folder)


@pytest.mark.parametrize(
    ("vocabulary", "message"),
    [
        (
            "kg:r a owl:ObjectProperty ; schema:domainIncludes kg:Hero ;"
            " schema:rangeIncludes kg:Person .",
            "kg:r joins kg:Hero",
        ),
        (
            "kg:r a owl:ObjectProperty ; schema:domainIncludes kg:Person ;"
            " schema:rangeIncludes kg:Hero .",
            "kg:r joins kg:Hero",
        ),
        ("kg:r a owl:ObjectProperty ; schema:domainIncludes kg:Person .", "kg:r needs"),
        ("kg:r a owl:ObjectProperty .", "kg:r needs"),
        ("kg:Hero a owl:Class ; rdfs:subClassOf kg:Being .", "kg:Hero is a subclass of kg:Being"),
        (
            "kg:Hero a owl:Class ; rdfs:subClassOf kg:Being ."
            " kg:Being a owl:Class ; rdfs:subClassOf kg:Hero .",
            "kg:(Hero|Being)",
        ),
        ("kg:Hero a owl:Class ; rdfs:subClassOf kg:Hero .", "kg:Hero"),
        ("[] a owl:Class ; rdfs:label 'Hero' .", r"more\.ttl"),
    ],
)
def test_a_fault_in_the_vocabulary_is_named(
    load: Callable[..., Ontology], vocabulary: str, message: str
) -> None:
    with pytest.raises(OntologyError, match=message):
        load(vocabulary)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ("lex:a a skos:Concept, kg:Person, kg:Model ; skos:prefLabel 'A' .", "lexicon/a: "),
        ("lex:a a skos:Concept, kg:Hero ; skos:prefLabel 'A' .", "lexicon/a: "),
        ("lex:a a skos:Concept ; skos:prefLabel 'A' .", "lexicon/a: "),
        ("lex:a a skos:Concept, kg:Model .", "lexicon/a: "),
        ("lex:a a skos:Concept, kg:Model ; skos:prefLabel '' .", "lexicon/a: "),
        ("lex:a a skos:Concept, kg:Model ; skos:prefLabel 'A', 'B' .", "lexicon/a: "),
        (
            "lex:a a skos:Concept, kg:Model ; skos:prefLabel 'A' ; kg:maker lex:none .",
            "lexicon/a refers to .*lexicon/none",
        ),
        (
            "lex:a a skos:Concept, kg:Model ; skos:prefLabel 'A' ; skos:broader lex:none .",
            "lexicon/a refers to .*lexicon/none",
        ),
        (
            "lex:a a skos:Concept, kg:Lab ; skos:prefLabel 'A' ; kg:country lex:none .",
            "lexicon/a refers to .*lexicon/none",
        ),
        (
            "lex:a a skos:Concept, kg:Lab ; skos:prefLabel 'A' ; kg:parentOrganization lex:none .",
            "lexicon/a refers to .*lexicon/none",
        ),
        (
            "lex:a a skos:Concept, kg:Model ; skos:prefLabel 'A' ; kg:memberOf lex:none .",
            "lexicon/a refers to .*lexicon/none",
        ),
        ("[] a skos:Concept, kg:Model ; skos:prefLabel 'A' .", r"names\.ttl"),
        (
            "lex:a a skos:Concept, kg:Model ; skos:prefLabel 'A' ; kg:maker"
            " [ a skos:Concept, kg:Lab ; skos:prefLabel 'B' ] .",
            r"names\.ttl|lexicon/a",
        ),
    ],
)
def test_a_fault_in_the_names_is_named(
    load: Callable[..., Ontology], names: str, message: str
) -> None:
    with pytest.raises(OntologyError, match=message):
        load("", names)


def test_a_name_is_read_with_all_that_is_said_of_it(load: Callable[..., Ontology]) -> None:
    ontology = load(
        "",
        "lex:skald a skos:Concept, kg:Model ; skos:prefLabel 'Skald'@en ;"
        " skos:altLabel 'SK', 'Old Skald' ; skos:hiddenLabel 'Scald' ; kg:family true ;"
        " kg:ambiguous true ; kg:maker lex:halden ; skos:broader lex:saga ;"
        " kg:memberOf lex:saga ; skos:exactMatch <http://www.wikidata.org/entity/Q1> .\n"
        "lex:saga a skos:Concept, kg:Model ; skos:prefLabel 'Saga' ; kg:family false .\n"
        "lex:halden a skos:Concept, kg:Lab ; skos:prefLabel 'Halden' ; kg:country lex:norway ;"
        " kg:parentOrganization lex:nordlys .\n"
        "lex:nordlys a skos:Concept, kg:Organization ; skos:prefLabel 'Nordlys' .\n"
        "lex:norway a skos:Concept, kg:Place ; skos:prefLabel 'Norway' ;"
        " kg:demonym 'Norwegian' .\n",
    )
    skald = ontology.lexicon[LEXICON + "skald"]
    assert skald.label == "Skald"
    assert skald.aliases == ("Old Skald", "SK")
    assert skald.hidden == ("Scald",)
    assert skald.family
    assert skald.ambiguous
    assert skald.maker == LEXICON + "halden"
    assert skald.broader == skald.family_of == LEXICON + "saga"
    assert skald.same_as == ("http://www.wikidata.org/entity/Q1",)
    assert not ontology.lexicon[LEXICON + "saga"].family
    assert ontology.lexicon[LEXICON + "halden"].country == LEXICON + "norway"
    assert ontology.lexicon[LEXICON + "halden"].parent == LEXICON + "nordlys"
    assert ontology.lexicon[LEXICON + "norway"].demonyms == ("Norwegian",)
    assert list(ontology.lexicon) == sorted(ontology.lexicon)


def test_a_class_and_a_relation_are_added_in_the_folder_alone(
    load: Callable[..., Ontology],
) -> None:
    ontology = load(
        "kg:Vessel a owl:Class ; rdfs:label 'Vessel'@en ; rdfs:subClassOf kg:Hardware ;"
        " kg:genericNoun 'ship' ; kg:color '#123456' .\n"
        "kg:sails a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:label 'sails'@en ;"
        " schema:domainIncludes kg:Person ; schema:rangeIncludes kg:Vessel ;"
        " kg:verb 'sail on' ; kg:inverseVerb 'carry' ; kg:sameKind false .\n"
    )
    vessel = ontology.classes["Vessel"]
    assert (vessel.parent, vessel.color, vessel.generic_nouns) == ("Hardware", "#123456", ("ship",))
    assert re.fullmatch("#[0-9a-f]{6}", vessel.dark_color)
    assert ontology.root("Vessel") == "Hardware"
    assert ontology.allows("sails", "Person", "Vessel")
    assert not ontology.allows("sails", "Person", "Hardware")
    sails = ontology.relations["sails"]
    assert sails.transitive
    assert not sails.symmetric
    assert sails.inverse_label == "sails"
    assert sails.frames == (
        Frame("verb", ("carry",), "sails", inverse=True),
        Frame("verb", ("sail", "on"), "sails"),
    )


def rewritten(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("titles = [", "titles = [[", "naming.toml"),
        ("titles = [", "other = [", "'titles' is missing"),
        ("[entity_labels]", "[labels]", "'entity_labels' is missing"),
        ("titles = [", "titles = 5\nother = [", "titles"),
        ("titles = [", 'titles = "Mr"\nother = [', "titles"),
        ("PERSON = {", "PERSON = { Hero = 1.0 }\nMAN = {", "Hero"),
        ("PERSON = {", "PERSON = 3\nMAN = {", "PERSON"),
    ],
)
def test_a_fault_in_the_word_lists_is_named(folder: Path, old: str, new: str, message: str) -> None:
    rewritten(folder, "naming.toml", old, new)
    with pytest.raises(OntologyError, match=message):
        load_ontology(folder)


def test_word_lists_in_another_encoding_are_named(folder: Path) -> None:
    (folder / "naming.toml").write_bytes(b"titles = ['\xe9']")
    with pytest.raises(OntologyError, match=r"naming\.toml"):
        load_ontology(folder)


def test_first_names_without_their_list_are_named_by_their_file(folder: Path) -> None:
    (folder / "first_names.toml").write_text("others = []\n", "utf-8")
    with pytest.raises(OntologyError, match=r"first_names\.toml.*'names'"):
        load_ontology(folder)


def test_the_word_lists_are_sets_of_words(ontology: Ontology) -> None:
    naming = ontology.naming
    for words in (naming.titles, naming.particles, naming.not_names, naming.generic_acronyms):
        assert words
        assert all(isinstance(word, str) and word == word.strip() != "" for word in words)
    assert {"Mr", "Dr."} <= naming.titles
    assert {"API", "CEO"} <= naming.generic_acronyms
    assert len(naming.first_names) > 100
