"""The annotated passages from which the shipped weights are fitted."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.guides import parse_guide
from tests.marked import ontology
from training.passages import CORPUS, Fact, Marked, Passage, read_corpus, read_passages

PASSAGES = read_corpus()
HEADERS = sum(
    line.startswith("# id:")
    for path in CORPUS.glob("*.txt")
    for line in path.read_text("utf-8").splitlines()
)
EXAMPLE = """# id: ex-001 | style: summary
[[Halden Labs|Organization]] released [[Skald|Model|Skald 2]]; {{it|Skald 2}} is fast.
- a line; with; semicolons
> Halden Labs ; develops ; Skald 2
> Ada Holm ; worksFor ; Halden Labs ; CEO
! Nordlys ; acquires ; Halden Labs ; negated

# id: ex-002 | style: quote
Nothing is marked here.

Not even in a second paragraph.
"""


def written(folder: Path, text: str) -> tuple[Passage, ...]:
    path = folder / "example.txt"
    path.write_text(text, "utf-8")
    return tuple(read_passages(path))


def test_the_notation(tmp_path: Path) -> None:
    first, second = written(tmp_path, EXAMPLE)
    assert first.text == ("Halden Labs released Skald; it is fast.\n- a line; with; semicolons")
    assert first.mentions == (
        Marked(0, 11, "Halden Labs", "Organization", "Halden Labs"),
        Marked(21, 26, "Skald", "Model", "Skald 2"),
    )
    assert first.references == (Marked(28, 30, "it", "", "Skald 2"),)
    assert first.facts == (
        Fact("Halden Labs", "develops", "Skald 2"),
        Fact("Ada Holm", "worksFor", "Halden Labs", literal="CEO"),
        Fact("Nordlys", "acquires", "Halden Labs", modality="negated"),
    )
    assert (second.id, second.style) == ("ex-002", "quote")
    assert second.text == "Nothing is marked here.\n\nNot even in a second paragraph."
    assert (second.mentions, second.facts) == ((), ())


def test_a_passage_without_a_first_line_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"example\.txt: not a passage's first line: 'Hello'"):
        written(tmp_path, "Hello\nWorld\n")


@pytest.mark.parametrize(
    "line", ["[[Halden Labs]] grew.", "[[Halden Labs|Organization] grew.", "{{it}} grew."]
)
def test_a_faulty_mark_is_a_fault(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=re.escape("example.txt")):
        written(tmp_path, f"# id: ex-001 | style: summary\n{line}\n")


def test_every_file_of_the_corpus_is_read() -> None:
    assert len(PASSAGES) == HEADERS > 0
    counts = Counter(passage.id for passage in PASSAGES)
    assert {id_ for id_, count in counts.items() if count > 1} == set()


def test_marks_are_where_they_say_they_are() -> None:
    for passage in PASSAGES:
        last = 0
        for mark in sorted((*passage.mentions, *passage.references)):
            assert passage.text[mark.start : mark.end] == mark.text, passage.id
            assert last <= mark.start < mark.end, passage.id
            assert mark.name, passage.id
            last = mark.end


def test_no_markup_is_left() -> None:
    for passage in PASSAGES:
        assert not re.search(r"\[\[|\]\]|\{\{|\}\}|^[>!] .*;.*;", passage.text, re.M), passage.id
        assert passage.text == passage.text.strip()
        assert passage.text


def test_classes_and_relations_are_those_of_the_ontology() -> None:
    kinds = {kind for passage in PASSAGES for mark in passage.mentions for kind in [mark.type]}
    assert kinds <= set(ontology().classes)
    relations = {fact.relation for passage in PASSAGES for fact in passage.facts}
    assert relations <= set(ontology().relations)
    moods = {fact.modality for passage in PASSAGES for fact in passage.facts}
    assert moods <= {"", "negated", "hypothetical", "predicted", "asked"}


def test_a_former_post_is_a_post() -> None:
    words = re.compile(r"\b(?:former\w*|left|once|used to|previously|old employer|came from)\b")
    astray = [
        (passage.id, fact)
        for passage in PASSAGES
        for types in [{mention.name: mention.type for mention in passage.mentions}]
        for fact in passage.facts
        if (fact.relation, types.get(fact.subject), types.get(fact.object))
        == ("relatedTo", "Person", "Organization")
        and words.search(fact.literal)
    ]
    assert astray == []


def test_a_guide_reads_the_text_of_a_passage_as_it_is() -> None:
    """Offsets of marks are offsets of the guide: otherwise a passage trains nothing."""
    changed = [p.id for p in PASSAGES if parse_guide(p.text, p.id).text != p.text]
    assert len(changed) <= len(PASSAGES) // 100


def test_one_in_five_is_kept_for_measuring_and_always_the_same() -> None:
    share = sum(passage.is_dev for passage in PASSAGES) / len(PASSAGES)
    assert 0.15 < share < 0.25
    fixed = {id_: Passage(id_, "summary", "", (), (), ()).is_dev for id_ in "efgh"}
    assert fixed == {"e": False, "f": False, "g": True, "h": True}
    for passage in PASSAGES:
        assert passage.is_dev == Passage(passage.id, "", "", (), (), ()).is_dev


def test_reading_twice_gives_the_same() -> None:
    assert read_corpus() == read_corpus()
