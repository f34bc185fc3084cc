from __future__ import annotations

import pytest

from kg.ontology import Ontology
from kg.recognition.cues import Cue, cue_words, cues
from kg.recognition.features import features
from kg.recognition.shape import Run, name_runs
from tests.recognition.reading import first_passage


def run_of(text: str, name: str, ontology: Ontology) -> Run:
    passage = first_passage(text)
    return next(run for run in name_runs(passage, ontology.naming) if run.text == name)


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("They visited Halden Labs there.", "Halden Labs", ("head-noun", "Organization")),
        (
            "They visited the University of Halden there.",
            "University of Halden",
            ("head-noun", "Organization"),
        ),
        ("They met Grace Corva at noon.", "Grace Corva", ("first-name", "Person")),
        ("They scored high on HaldenBench there.", "HaldenBench", ("bench-shape", "Benchmark")),
        ("They saw Halden.ai at work there.", "Halden.ai", ("dot-shape", "Product")),
        ("They saw HaldenFlow at work there.", "HaldenFlow", ("camel-shape", "Product")),
        ("They saw Halden-7B at work there.", "Halden-7B", ("version-shape", "Model")),
        ("They saw HLDN at work there.", "HLDN", ("acronym-shape", "Organization")),
        ("They used the Quibblet tool for it.", "Quibblet", ("generic-after", "Product")),
        ("They used the tool Quibblet for it.", "Quibblet", ("generic-before", "Product")),
        (
            "They met Halden, a small company in the north.",
            "Halden",
            ("apposition", "Organization"),
        ),
        ("It seems that Halden is a company.", "Halden", ("predicate", "Organization")),
        ("She is the head of Halden there.", "Halden", ("role-of", "Organization")),
        ("They met Corva, the founder of it.", "Corva", ("role-subject", "Person")),
    ],
)
def test_the_words_around_a_name_say_its_class(
    small: Ontology, text: str, name: str, cue: tuple[str, str]
) -> None:
    found = {(found.kind, found.type) for found in cues(run_of(text, name, small), small)}
    assert cue in found


def test_an_attribution_names_a_person(small: Ontology) -> None:
    from kg.guides import parse_guide
    from kg.language import load_pipeline, parse
    from kg.model import BlockKind

    text = "Notes on a talk\n\nQuotes\n\n“Slow is smooth.”\n— Ines Corva\n"
    parsed = parse(parse_guide(text, "notes"), load_pipeline())
    passage = next(p for p in parsed.passages if p.block.kind is BlockKind.ATTRIBUTION)
    (run,) = name_runs(passage, small.naming)
    assert Cue("attribution", "Person") in set(cues(run, small))


def test_a_name_with_nothing_around_it_has_no_cue_but_the_label(small: Ontology) -> None:
    found = list(cues(run_of("They went on to Halden.", "Halden", small), small))
    assert {cue.kind for cue in found} <= {"label"}


def test_the_words_of_the_vocabulary_are_collected_once(small: Ontology) -> None:
    found = cue_words(small)
    assert found.generic["lab"] == "Lab"
    assert found.generic["startup"] == "Organization"
    # "AI company" stands for a lab, but a company is not one for that.
    assert found.generic["company"] == "Organization"
    assert found.heads["University"] == "Organization"
    assert "Grace" in found.first_names
    assert "ceo" in found.roles
    assert set(found.generic.values()) <= small.classes.keys()
    assert cue_words(small) is found


def test_features_are_none_of_the_name_itself(small: Ontology) -> None:
    one = run_of("They met Zorbel, a small company in the north.", "Zorbel", small)
    other = run_of("They met Mivran, a small company in the north.", "Mivran", small)
    assert not [feature for feature in features(one, small) if "zorbel" in feature.casefold()]
    assert "cue apposition Organization" in set(features(other, small))


def test_features_come_in_an_order_that_does_not_hang_on_hashes(small: Ontology) -> None:
    from spacy.tokens import Span

    labels = ["PERSON", "ORG", "GPE", "PRODUCT", "EVENT", "LAW"]
    run = run_of("They met Ada Bee Cal Dee Eve Fay there.", "Ada Bee Cal Dee Eve Fay", small)
    doc = run.passage.doc
    doc.ents = tuple(Span(doc, 2 + at, 3 + at, label) for at, label in enumerate(labels))
    found = [feature for feature in features(run, small) if feature.startswith("label ")]
    assert found == sorted(found)
