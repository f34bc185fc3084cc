from __future__ import annotations

import pytest

from kg.ontology import Ontology
from tests.recognition.reading import names, proposed, words


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Qwen 3", "Model"),
        ("Qwen3", "Model"),
        ("Qwen-3", "Model"),
        ("Qwen 3 Next", "Model"),
        ("Qwen 2.5 Coder 7B", "Model"),
        ("Qwen3-30B-A3B", "Model"),
        ("GPT-5", "Model"),
        ("GPT-5.1-Codex-Max", "Model"),
        ("Claude Opus 4.5", "Model"),
        ("Kimi K2 Thinking", "Model"),
        ("DeepSeek V3.2", "Model"),
        ("DeepSeek R1", "Model"),
        ("Windows 11", "Product"),
        ("Windows 11 Pro", "Product"),
    ],
)
def test_a_family_with_a_version_is_one_name(small: Ontology, name: str, type_: str) -> None:
    text = f"They moved the whole office to {name} and never looked back."
    assert proposed("versions", text, small) == [(name, type_)]
    assert names(text, small) == [(name, type_)]


@pytest.mark.parametrize("end", [".", ",", ":", "'s", "’s", " is", ")", "?"])
def test_a_version_ends_where_the_word_does(small: Ontology, end: str) -> None:
    text = f"They moved the whole office to Qwen 3{end} That was it."
    assert proposed("versions", text, small) == [("Qwen 3", "Model")]


@pytest.mark.parametrize(
    "text",
    [
        "Claude is what they used, and Claude helps them.",
        "Claude small steps are what they took.",
        "Windows and doors were shut for the night.",
        "They reopened preClaude 3 and Claudette 3.",
        "They sold Nordlys 3 and OpenAI 4 to the bank.",
    ],
)
def test_a_family_alone_or_a_name_of_no_family_is_no_version(small: Ontology, text: str) -> None:
    assert proposed("versions", text, small) == []


@pytest.mark.parametrize(
    "text",
    [
        "With Claude 72.5% of the tests passed.",
        "With Claude 72% of the tests passed.",
        "Claude 10x faster would be a dream.",
        "With Claude 3.5x more was done in a day.",
        "With Claude 1,000 users were happy.",
        "At Claude 12:30 is when they eat.",
    ],
)
def test_a_quantity_after_a_family_is_no_version(small: Ontology, text: str) -> None:
    assert proposed("versions", text, small) == []


def test_versions_of_a_list_are_told_apart(small: Ontology) -> None:
    assert words("They compared Qwen 3, Claude 4 and GPT-5 for a week.", small) == [
        "Qwen 3",
        "Claude 4",
        "GPT-5",
    ]
