from __future__ import annotations

import pytest

from kg.ontology import Ontology
from tests.recognition.reading import names, proposed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They spoke with Cursor CEO Ines Corva about it all.", "Cursor"),
        ("For a while she was the CEO of Cursor in the north.", "Cursor"),
    ],
)
def test_a_product_with_a_chief_executive_is_the_company(
    small: Ontology, text: str, name: str
) -> None:
    assert proposed("posts", text, small) == [(name, "Organization")]
    assert (name, "Organization") in names(text, small)


@pytest.mark.parametrize(
    "text",
    ["They wrote all of it in Cursor at home.", "She was the CEO of OpenAI for a while."],
)
def test_a_product_that_is_used_stays_one(small: Ontology, text: str) -> None:
    assert proposed("posts", text, small) == []
