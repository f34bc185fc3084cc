from __future__ import annotations

import pytest

from kg.model import Span
from kg.ontology import Ontology
from kg.recognition.homographs import preferences
from tests.recognition.reading import names, read


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("They named several labs: DeepSeek, Moonshot and OpenAI.", "Lab"),
        ("They named some models (DeepSeek, Kimi and Qwen) in the talk.", "Model"),
        ("They like models such as DeepSeek, Kimi and Qwen more than others.", "Model"),
        ("In the end it was DeepSeek, Kimi and Qwen that they ran at home.", "Model"),
        ("In the end it was OpenAI, Moonshot and DeepSeek that hired them.", "Lab"),
        ("They met DeepSeek's founder in the old town.", "Lab"),
        ("They met DeepSeek’s founder in the old town.", "Lab"),
        ("She is an engineer at DeepSeek in the old town.", "Lab"),
        ("They ran the DeepSeek model on their own machines at home.", "Model"),
        ("They ran the model DeepSeek on their own machines at home.", "Model"),
        ("They joined DeepSeek, a lab in the old town.", "Lab"),
    ],
)
def test_the_place_of_a_name_tells_the_lab_from_the_model(
    small: Ontology, text: str, type_: str
) -> None:
    assert dict(names(text, small))["DeepSeek"] == type_


def test_one_guide_may_name_both(small: Ontology) -> None:
    text = (
        "They named several labs: DeepSeek, Moonshot and OpenAI.\n\n"
        "They named some models (DeepSeek, Kimi and Qwen) in the talk.\n"
    )
    found = [type_ for name, type_ in names(text, small) if name == "DeepSeek"]
    assert found == ["Lab", "Model"]


def test_every_class_that_was_asked_for_is_weighed(small: Ontology) -> None:
    parsed = read("They met DeepSeek's founder in the old town.")
    start = parsed.guide.text.index("DeepSeek")
    span = Span(start, start + len("DeepSeek"))
    found = preferences(parsed, span, ["Lab", "Model"], [(span, "")], small)
    assert found.keys() == {"Lab", "Model"}
    assert found["Lab"] > found["Model"]


def test_a_place_outside_of_what_was_parsed_prefers_nothing(small: Ontology) -> None:
    parsed = read("See https://deepseek.com/about for more of it.")
    start = parsed.guide.text.index("deepseek")
    span = Span(start, start + 8)
    assert preferences(parsed, span, ["Lab", "Model"], [(span, "")], small) == {
        "Lab": 0,
        "Model": 0,
    }
