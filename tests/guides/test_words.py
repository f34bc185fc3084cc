"""The words of layouts: what is shipped, and what is said of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.guides import section_role
from kg.guides.layout.words import LAYOUT_FILE, fold_label, load_layout_words
from kg.ontology import ontology_folder


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Key takeaways", "takeaways"),
        ("KEY TAKEAWAYS:", "takeaways"),
        ("🔑 Key Takeaways", "takeaways"),
        ("Show notes", "notes"),
        ("Why this matters", "why"),
        ("Your hosts", "hosts"),
        ("Themes", "themes"),
        ("What the lab did next", ""),
        ("", ""),
    ],
)
def test_roles_of_sections(heading: str, role: str) -> None:
    assert section_role(heading) == role


@pytest.mark.parametrize(
    ("label", "meaning"),
    [("Published", "published"), ("**Air date**", "published"), ("Last updated", "updated")],
)
def test_labels(label: str, meaning: str) -> None:
    assert load_layout_words().label(label) == meaning


def test_no_word_is_a_label_of_two_things() -> None:
    import tomllib

    tables = tomllib.loads((ontology_folder() / LAYOUT_FILE).read_text("utf-8"))
    for table in ("labels", "headings"):
        folded = [fold_label(word) for words in tables[table].values() for word in words]
        assert sorted(folded) == sorted(set(folded))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[headings]", "[headingz]", "the list 'headings' is missing"),
        ("[headings]", "[headings", r"layout\.toml: .* Mend the file"),
        ("podcast guide$", "podcast (guide$", r"layout\.toml: .* Mend the file"),
    ],
)
def test_a_faulty_file(tmp_path: Path, old: str, new: str, message: str) -> None:
    shipped = (ontology_folder() / LAYOUT_FILE).read_text("utf-8")
    (tmp_path / LAYOUT_FILE).write_text(shipped.replace(old, new, 1), "utf-8")
    with pytest.raises(OntologyError, match=message):
        load_layout_words(tmp_path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="Name an ontology folder that has this file"):
        load_layout_words(tmp_path / "nowhere")
