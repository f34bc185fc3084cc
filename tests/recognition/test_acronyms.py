from __future__ import annotations

import pytest

from kg.linking import link
from kg.ontology import Ontology
from kg.recognition import recognise
from kg.recognition.acronyms import class_by_last_word, definitions, fits
from tests.recognition.reading import key, names, proposed, read


def defined(text: str) -> list[tuple[str, str]]:
    parsed = read(text)
    return [
        (d.long.of(parsed.guide.text), d.short.of(parsed.guide.text)) for d in definitions(parsed)
    ]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("MLA", "Multi-Head Latent Attention"),
        ("MoE", "Mixture of Experts"),
        ("MoEs", "Mixture of Experts"),
        ("Ai2", "Allen Institute for AI"),
        ("GQA", "grouped query attention"),
        ("RLHF", "reinforcement learning from human feedback"),
        ("NISI", "National Institute for Sea Ice"),
        ("KV", "key value"),
    ],
)
def test_an_acronym_fits_its_long_form(short: str, long: str) -> None:
    assert fits(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("XYZ", "Multi-Head Latent Attention"),
        ("MLX", "Multi-Head Latent Attention"),
        ("LA", "Multi-Head Latent Attention"),
        ("MLA", "attention"),
        ("MLA", ""),
        ("MLA", "the MLA family"),
        ("AB", "a long walk over the old stone bridge"),
    ],
)
def test_letters_that_do_not_run_through_a_name_are_refused(short: str, long: str) -> None:
    assert not fits(short, long)


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        (
            "They use Multi-Head Latent Attention (MLA) at home.",
            "Multi-Head Latent Attention",
            "MLA",
        ),
        (
            "They use MLA (Multi-Head Latent Attention) at home.",
            "Multi-Head Latent Attention",
            "MLA",
        ),
        (
            "They use a mixture of experts (MoEs) layer at home.",
            "mixture of experts",
            "MoEs",
        ),
        (
            "The Skald Institute for AI (Si2) is in the north.",
            "Skald Institute for AI",
            "Si2",
        ),
        (
            "They use Sparse Routing Attention (SRA, from 2024) at home.",
            "Sparse Routing Attention",
            "SRA",
        ),
        (
            "They use **Sparse Routing Attention** (*SRA*) at home.",
            "Sparse Routing Attention",
            "SRA",
        ),
        (
            "They use Sparse Routing Attention ( SRA ) at home.",
            "Sparse Routing Attention",
            "SRA",
        ),
        (
            "They use SRA ( Sparse Routing Attention ) at home.",
            "Sparse Routing Attention",
            "SRA",
        ),
    ],
)
def test_a_definition_names_both_forms_in_their_place(text: str, long: str, short: str) -> None:
    assert defined(text) == [(long, short)]


@pytest.mark.parametrize(
    "text",
    [
        "They use Large Gradient Networks (XYZ) at home.",
        "They moved to the coast (in 2024) and back.",
        "They moved to the coast (yes, the coast) and back.",
        "Halden (HALDEN) is a town.",
        "An old () parenthesis (A) and (B) too.",
        "Unclosed Parenthesis Here (UPH is what they say.",
    ],
)
def test_what_defines_nothing_gives_nothing(text: str) -> None:
    assert defined(text) == []


def test_a_long_form_does_not_reach_across_a_sentence() -> None:
    assert defined("They like Sparse. Routing Attention (SRA) is new.") == []


def test_both_forms_get_the_class_of_the_known_name(small: Ontology) -> None:
    text = "They use a mixture of experts (MoE) at home."
    assert names(text, small) == [("mixture of experts", "Architecture"), ("MoE", "Architecture")]


def test_both_forms_get_the_class_of_the_last_word(small: Ontology) -> None:
    text = "They use Sparse Routing Attention (SRA), and SRA is fast."
    assert proposed("acronyms", text, small) == [
        ("Sparse Routing Attention", "Architecture"),
        ("SRA", "Architecture"),
    ]


def test_a_definition_with_no_class_is_left_out(small: Ontology) -> None:
    assert proposed("acronyms", "It was a Very Odd Thing (VOT) to say.", small) == []


def test_what_the_text_defines_is_not_what_the_lexicon_means(small: Ontology) -> None:
    parsed = read("They built a Low Rank Memory (LRM), and the LRM is fast.")
    entities = link(parsed, recognise(parsed, small), small)
    assert key("Topic", "large ranking machine") not in {entity.entry for entity in entities}
    parsed = read("They built a large ranking machine (LRM), and the LRM is fast.")
    entities = link(parsed, recognise(parsed, small), small)
    assert {entity.entry for entity in entities} == {key("Topic", "large ranking machine")}


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Halden University", "Organization"),
        ("University of Halden", "Organization"),
        ("the Institute for Sea Ice", "Organization"),
        ("Sparse Attention", "Architecture"),
        ("Preference Tuning", "Technique"),
        ("Halden Podcast", "Series"),
        ("Podcast", ""),
        ("Odd Thing", ""),
        ("", ""),
    ],
)
def test_the_last_word_of_a_name_gives_its_class(small: Ontology, name: str, type_: str) -> None:
    assert class_by_last_word(name, small) == type_
