"""Recognizers that the user brings: pipelines of rules made here, and functions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import LanguageError, OntologyError
from kg.language import DEFAULT_PIPELINE, ParsedGuide
from kg.ontology import Ontology, load_ontology
from kg.recognition import VOICES, plugged, recognise
from kg.recognition.candidates import Candidate, Recogniser
from kg.recognition.plugged import PluggedPipeline, proposals, settings, unknown_labels
from tests.recognition.reading import copy_ontology, read, small_lexicon

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = "They wrote it in tern at the ferrous owl's house, and nightjar 2 came of it."
PATTERNS = [
    {"label": "ORG", "pattern": "ferrous owl"},
    {"label": "model", "pattern": "nightjar 2"},
    {"label": "Programming_Languages", "pattern": "tern"},
]


def rules(*patterns: dict[str, str], spans: str = "") -> Language:
    import spacy

    nlp = spacy.blank("en")
    ruler = (
        nlp.add_pipe("span_ruler", config={"spans_key": spans})
        if spans
        else nlp.add_pipe("entity_ruler")
    )
    ruler.add_patterns(list(patterns))  # type: ignore[attr-defined]
    return nlp


@pytest.fixture
def house(tmp_path: Path) -> PluggedPipeline:
    rules(*PATTERNS).to_disk(tmp_path / "house-names")
    return PluggedPipeline(str(tmp_path / "house-names"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_ontology(tmp_path / "ontology", small_lexicon())


def write_settings(folder: Path, text: str) -> Ontology:
    (folder / plugged.FILE).write_text(text, "utf-8")
    return load_ontology(folder)


def found(
    recognizer: PluggedPipeline, text: str, ontology: Ontology
) -> list[tuple[str, str, float]]:
    parsed = read(text)
    return [
        (one.span.of(parsed.guide.text), one.type, one.score)
        for one in proposals([recognizer], parsed, ontology)
    ]


def test_what_a_pipeline_names_is_proposed_under_the_folders_name(
    house: PluggedPipeline, small: Ontology
) -> None:
    assert found(house, TEXT, small) == [
        ("tern", "Product", 0.6),
        ("ferrous owl", "Organization", 0.6),
        ("nightjar 2", "Model", 0.6),
    ]
    (first, *_) = house(read(TEXT), small)
    assert first.voice == house.name == "house-names"


def test_its_names_become_mentions_that_were_none(house: PluggedPipeline, small: Ontology) -> None:
    parsed = read(TEXT)
    assert recognise(parsed, small) == ()
    mentions = recognise(parsed, small, [house])
    assert [(m.text, m.type, m.confidence, m.voices) for m in mentions] == [
        ("tern", "Product", 0.6, ("house-names", "learned")),
        ("ferrous owl", "Organization", 0.6, ("house-names", "learned")),
        ("nightjar 2", "Model", 0.6, ("house-names", "learned")),
    ]


def test_places_are_those_of_the_guide_where_markup_and_quotes_were_changed(
    house: PluggedPipeline, small: Ontology
) -> None:
    parsed = read("It’s **ferrous  owl** at [last](https://example.com/a).", "md")
    (one,) = house(parsed, small)
    assert one.span.of(parsed.guide.text) == "ferrous  owl"


def test_the_lexicon_is_stronger_and_agreement_adds(tmp_path: Path, small: Ontology) -> None:
    rules({"label": "Place", "pattern": "Nordlys"}, {"label": "LOC", "pattern": "Bergen"}).to_disk(
        tmp_path / "odd"
    )
    text = "They went over to Nordlys with it, and later to Bergen."
    mentions = recognise(read(text), small, [PluggedPipeline(str(tmp_path / "odd"))])
    alone = {mention.text: mention for mention in recognise(read(text), small)}
    together = {mention.text: mention for mention in mentions}
    assert together["Nordlys"].type == "Organization"
    assert together["Bergen"].confidence > alone["Bergen"].confidence


def test_an_unknown_label_is_left_out_and_collected(tmp_path: Path, small: Ontology) -> None:
    rules(
        {"label": "GADGET", "pattern": "tern"},
        {"label": "DATE", "pattern": "nightjar 2"},
        {"label": "Episode", "pattern": "house"},
    ).to_disk(tmp_path / "odd")
    (one,) = recognizers = plugged.plugged([str(tmp_path / "odd")])
    assert isinstance(one, PluggedPipeline)
    assert found(one, TEXT, small) == []
    assert unknown_labels(recognizers) == {("odd", "GADGET")}
    assert unknown_labels(plugged.plugged([str(tmp_path / "odd")])) == frozenset()


@pytest.mark.parametrize("class_name", ["Lab", "LAB", "labs"])
def test_a_class_is_its_own_label(tmp_path: Path, small: Ontology, class_name: str) -> None:
    rules({"label": class_name, "pattern": "ferrous owl"}).to_disk(tmp_path / "odd")
    one = PluggedPipeline(str(tmp_path / "odd"))
    assert found(one, TEXT, small) == [("ferrous owl", "Lab", 0.6)]


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("the ferrous owl", "ferrous owl"),
        ("ferrous owl's", "ferrous owl"),
        ("the ferrous owl's", "ferrous owl"),
        ("The Hobbit", "The Hobbit"),
        ("Monday", None),
        ("API", None),
    ],
)
def test_what_is_no_part_of_a_name_is_cut_off(
    tmp_path: Path, small: Ontology, pattern: str, name: str | None
) -> None:
    rules({"label": "Work", "pattern": pattern}).to_disk(tmp_path / "odd")
    names = found(PluggedPipeline(str(tmp_path / "odd")), f"In the end {pattern} was read.", small)
    assert [words for words, _, _ in names] == ([name] if name else [])


def test_score_spans_and_labels_of_one_recognizer_stand_in_the_ontology(
    tmp_path: Path, folder: Path
) -> None:
    for name in ("house", "other"):
        rules(
            {"label": "TOOL", "pattern": "tern"},
            {"label": "DATE", "pattern": "nightjar 2"},
            {"label": "ORG", "pattern": "ferrous owl"},
            spans="mine",
        ).to_disk(tmp_path / name)
    ontology = write_settings(
        folder,
        'score = 0.4\nignored = ["DATE"]\n[labels]\nORG = "Organization"\n[recognizer.house]\n'
        'score = 0.9\nspans = ["absent", "mine"]\nignored = ["org"]\n'
        'labels = { TOOL = "Product", DATE = "Event" }\n',
    )
    house, other = (PluggedPipeline(str(tmp_path / name)) for name in ("house", "other"))
    assert found(house, TEXT, ontology) == [("tern", "Product", 0.9), ("nightjar 2", "Event", 0.9)]
    assert found(other, TEXT, ontology) == []
    assert settings(ontology, "other").score == 0.4


def test_a_low_score_makes_no_mention_alone(
    tmp_path: Path, folder: Path, house: PluggedPipeline
) -> None:
    ontology = write_settings(folder, "score = 0.3\n")
    assert found(house, TEXT, ontology) == [("nightjar 2", "Model", 0.3)]
    assert recognise(read(TEXT), ontology, [house]) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("score = [", r"recognizers\.toml: .*Mend"),
        ("", "the score of x must be a number"),
        ("score = true", "the score of x must be a number"),
        ("score = 1.5", "between 0 and 1"),
        ("score = 0.5\nspans = 'sc'", "spans must be a list"),
        ("score = 0.5\nignored = [1]", "ignored must be a list"),
        ("score = 0.5\nlabels = 'x'", "labels must be a table"),
        ("score = 0.5\n[labels]\nORG = 'Hero'", "ORG is said to mean 'Hero'"),
        ("score = 0.5\nrecognizer = 3", "recognizer must be a table"),
        ("score = 0.5\n[recognizer]\nx = 3", "recognizer.x must be a table"),
        ("score = 0.5\n[recognizer.x]\nlabels = { A = 3 }", r"recognizer\.x\.labels: A"),
    ],
)
def test_a_fault_in_the_settings_is_named(folder: Path, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        settings(write_settings(folder, text), "x")


def test_an_ontology_without_settings_is_told_of_them(folder: Path, house: PluggedPipeline) -> None:
    (folder / plugged.FILE).unlink()
    ontology = load_ontology(folder)
    assert recognise(read(TEXT), ontology) == ()
    with pytest.raises(OntologyError, match=r"recognizers\.toml"):
        recognise(read(TEXT), ontology, [house])


def test_the_shipped_settings_are_whole(full: Ontology) -> None:
    known = settings(full, "anything")
    assert set(known.labels.values()) >= set(full.classes) - {"Episode", "Quote"}
    assert {"episode", "quote", "date"} <= known.ignored
    # A label of spaCy's own pipeline is either given a class or left out on purpose.
    from kg.language import load_pipeline
    from kg.names import fold

    labels = {fold(label) for label in load_pipeline().pipe_labels["ner"]}
    assert labels <= known.ignored | known.labels.keys()


def test_the_default_pipeline_may_be_a_voice_too(full: Ontology) -> None:
    names = found(PluggedPipeline(DEFAULT_PIPELINE), "They met Ines Corva in Norway.", full)
    assert ("Norway", "Place", 0.6) in names


@pytest.mark.parametrize("name", ["no_such_pipeline", "/no/such/folder"])
def test_a_missing_pipeline_is_named(small: Ontology, name: str) -> None:
    with pytest.raises(LanguageError, match=f"{name!r} cannot be loaded.*--recognizer"):
        recognise(read(TEXT), small, plugged.plugged([name]))


def test_a_pipeline_with_a_component_that_is_not_installed_is_named(
    tmp_path: Path, small: Ontology
) -> None:
    rules(*PATTERNS).to_disk(tmp_path / "odd")
    config = tmp_path / "odd" / "config.cfg"
    config.write_text(config.read_text("utf-8").replace('"entity_ruler"', '"nobodys_ruler"'))
    with pytest.raises(LanguageError, match=r"odd' cannot be loaded"):
        recognise(read(TEXT), small, plugged.plugged([str(tmp_path / "odd")]))


@pytest.mark.parametrize("second", ["a/house", "b/house/", "house"])
def test_two_pipelines_of_one_name_are_refused(second: str) -> None:
    with pytest.raises(LanguageError, match="both are called 'house'"):
        plugged.plugged(["a/house", second])


@pytest.mark.parametrize("name", VOICES)
def test_a_pipeline_is_not_taken_for_a_voice_of_the_program(name: str) -> None:
    with pytest.raises(LanguageError, match=f"both are called {name!r}"):
        plugged.plugged([f"folder/{name}"])


def giving(*candidates: object) -> Recogniser:
    def mine(parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
        yield from candidates  # type: ignore[misc]

    return mine


def test_a_function_is_a_recognizer(small: Ontology) -> None:
    parsed = read(TEXT)
    at = parsed.guide.text.index("tern")
    mentions = recognise(parsed, small, [giving(Candidate(at, at + 4, "Product", 0.7, "mine"))])
    (found,) = mentions
    assert (found.text, found.voices) == ("tern", ("learned", "mine"))


@pytest.mark.parametrize(
    ("candidate", "message"),
    [
        ("tern", "propose a kg.Candidate"),
        (Candidate(20, 24, "Hero", 0.7, "mine"), "Hero is not a class"),
        (Candidate(20, 24, "Model", 1.7, "mine"), "between 0 and 1"),
        (Candidate(20, 24, "Model", float("nan"), "mine"), "between 0 and 1"),
        (Candidate(24, 24, "Model", 0.7, "mine"), "the end must come after"),
        (Candidate(-4, 24, "Model", 0.7, "mine"), "the end must come after"),
        (Candidate(20, 24, "Model", 0.7, ""), "a name of its own"),
        (Candidate(20, 24, "Model", 0.7, "layout"), "a name of its own"),
        (Candidate(20, 24, "Model", 0.7, "mine", "nowhere"), "an entry of the lexicon"),
    ],
)
def test_a_candidate_that_cannot_be_judged_is_an_error(
    small: Ontology, candidate: object, message: str
) -> None:
    with pytest.raises(LanguageError, match=f"recognizer mine proposes .*{message}"):
        recognise(read(TEXT), small, [giving(candidate)])


def test_a_candidate_outside_what_is_read_is_left_out(small: Ontology) -> None:
    parsed = read(TEXT)
    end = len(parsed.guide.text)
    far = Candidate(end + 5, end + 9, "Model", 0.9, "mine")
    across = Candidate(0, end - 2, "Model", 0.9, "mine")
    assert recognise(parsed, small, [giving(far, across)]) == ()
