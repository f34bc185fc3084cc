from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ontology import Ontology
from kg.recognition.shape import chunks_of, is_name_like, is_title_case, name_runs, opens_sentence
from tests.recognition.reading import first_passage, read


def runs(text: str, ontology: Ontology) -> list[str]:
    return [run.text for run in name_runs(first_passage(text), ontology.naming)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SWE-bench and Node.js, GPT-5!", ["SWE-bench", "and", "Node.js", ",", "GPT-5", "!"]),
        ("Halden's C++ and C#", ["Halden", "C++", "and", "C#"]),
        ("R&D at @handle (x)", ["R&D", "at", "@handle", "(", "x", ")"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_as_readers_see_them(text: str, expected: list[str]) -> None:
    assert [chunk.text for chunk in chunks_of(text)] == expected


@given(st.text(max_size=60))
def test_every_chunk_is_a_piece_of_the_text_in_order(text: str) -> None:
    last = 0
    for chunk in chunks_of(text):
        assert chunk.text == text[chunk.start : chunk.end]
        assert last <= chunk.start < chunk.end
        last = chunk.end


@pytest.mark.parametrize("word", ["Halden", "SWE-bench", "iPhone", "GPT-5", "o3", "vLLM", "C++"])
def test_a_name_has_a_capital_or_a_digit_among_letters(word: str) -> None:
    assert is_name_like(word)


@pytest.mark.parametrize(
    "word",
    [
        *(
            "word",
            "10x",
            "1.5B",
            "60fps",
            "4-input",
            "sub-16ms",
            "7-figure",
            "100%",
            "24/7",
            "16GB/s",
        ),
        *("2-3x", "10-20B", "30-50K", "100K+", "3D-printed", "$3M", "1990s", "1st", "-", "2025"),
        *("anti-AI", "image-to-3D", "5-10ms", "1080p"),
    ],
)
def test_words_and_quantities_are_not_like_names(word: str) -> None:
    assert not is_name_like(word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Ines Corva there.", ["Ines Corva"]),
        ("They met Ines Corva's friend there.", ["Ines Corva"]),
        ("They met Ines Corva, Mara Lind and me.", ["Ines Corva", "Mara Lind"]),
        ("They met Ines van der Corva there.", ["Ines van der Corva"]),
        ("They met Dr. Ines Corva there.", ["Ines Corva"]),
        ("They went to the University of Halden again.", ["University of Halden"]),
        ("They saw Halden and Corva there.", ["Halden", "Corva"]),
        ("They saw Skald 2.5 there.", ["Skald 2.5"]),
        ("They saw the CEO of it on Monday.", []),
        ("They saw A and B there.", []),
        ("It is 10x faster with 1.5B of them.", []),
    ],
)
def test_runs_of_capitals_are_what_names_look_like(
    small: Ontology, text: str, expected: list[str]
) -> None:
    assert runs(text, small) == expected


def test_a_word_at_the_start_of_a_sentence_may_owe_it_its_capital(small: Ontology) -> None:
    passage = first_passage("Yesterday was fine. Walking helps a lot. They saw Halden there.")
    found = {run.text: run.plain for run in name_runs(passage, small.naming)}
    assert found["Halden"] is False
    assert all(plain for text, plain in found.items() if text != "Halden")


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Halden is far.", True),
        ("“Halden is far.”", True),
        ("It rains in Halden.", False),
        ("It is so: Halden is far.", True),
    ],
)
def test_the_first_word_of_a_sentence_or_quotation_opens_it(text: str, opens: bool) -> None:
    doc = first_passage(text).doc
    assert opens_sentence(doc, doc.text.index("Halden")) is opens


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("How Halden Labs Works Today", True),
        ("Encoding Everyday Taste With Better Tools", True),
        ("the engineers walked over to Halden in the rain", False),
        ("They met Ines Corva in Oslo.", False),
        ("Ines Corva works at Halden Labs.", False),
        ("Halden met Corva.", False),
    ],
)
def test_a_heading_is_told_from_a_short_sentence_about_names(text: str, titled: bool) -> None:
    doc = first_passage(text).doc
    assert is_title_case(doc, 0) is titled


def test_runs_lie_inside_their_passage(small: Ontology) -> None:
    @given(st.text(alphabet="Aa. -'’1&(\n*_", max_size=50))
    @settings(deadline=None)
    def check(text: str) -> None:
        for passage in read(f"Aa {text}").passages:
            last = 0
            for run in name_runs(passage, small.naming):
                assert last <= run.start < run.end <= len(passage.doc.text)
                assert run.text == passage.doc.text[run.start : run.end]
                assert run.chunks
                last = run.end

    check()
