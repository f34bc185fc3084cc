"""Which entities a word in a role stands for."""

from __future__ import annotations

import pytest

from kg.relations.arguments import arguments
from tests.marked import ontology, read_paragraphs
from tests.relations.trees import names


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        pytest.param("Skald/NNP/nsubj/1@Model runs/VBZ/ROOT/1/run", 0, ["Skald"], id="a name"),
        pytest.param("Rain/NN/nsubj/1 falls/VBZ/ROOT/1/fall", 0, [], id="no name"),
        pytest.param(
            "Skald/NNP/nsubj/5@Model ,/,/punct/0 Qwen/NNP/conj/0@Model and/CC/cc/2"
            " Gemma/NNP/conj/2@Model run/VB/ROOT/5",
            0,
            ["Skald", "Qwen", "Gemma"],
            id="a list",
        ),
        pytest.param(
            "Skald/NNP/compound/3@Model and/CC/cc/3 Qwen/NNP/compound/3@Model fog/NN/ROOT/3",
            0,
            ["Skald", "Qwen"],
            id="a list that the parser did not see",
        ),
        pytest.param(
            "Halden/NNP/nsubj/3@Organization and/CC/cc/0 Skald/NNP/conj/0@Model grow/VB/ROOT/3",
            0,
            ["Halden", "Skald"],
            id="a list of two classes",
        ),
        pytest.param(
            "Halden/NNP/ROOT/0@Organization which/WDT/nsubj/2 grew/VBD/relcl/0/grow",
            1,
            ["Halden"],
            id="a relative pronoun",
        ),
        pytest.param(
            "the/DT/det/2 Skald/NNP/compound/2@Model family/NN/ROOT/2",
            2,
            ["Skald"],
            id="a noun that carries a name",
        ),
        pytest.param(
            "the/DT/det/2 Skald/NNP/compound/2@Model fog/NN/ROOT/2",
            2,
            [],
            id="a noun that carries none",
        ),
        pytest.param(
            "the/DT/det/1 colour/NN/ROOT/1 of/IN/prep/1 Skald/NNP/pobj/2@Model",
            1,
            [],
            id="a noun with another name below it",
        ),
        pytest.param(
            "models/NNS/ROOT/0/model like/IN/prep/0 Skald/NNP/pobj/1@Model",
            0,
            ["Skald"],
            id="examples",
        ),
        pytest.param(
            "models/NNS/ROOT/0/model (/,/punct/0 Skald/NNP/appos/0@Model ,/,/punct/2"
            " Qwen/NNP/conj/2@Model )/,/punct/0",
            0,
            ["Skald", "Qwen"],
            id="announced names",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1@Model is/VBZ/ROOT/1/be a/DT/det/3 model/NN/attr/1",
            3,
            ["Skald"],
            id="what the subject is",
        ),
    ],
)
def test_arguments(text: str, word: int, found: list[str]) -> None:
    read = names(text)
    doc = read.passage.doc
    entities = [argument.entity for argument in arguments(doc[word], read, ontology())]
    assert [read.anchors[entity].mention.text for entity in entities] == found


def test_a_reference_is_less_direct_than_a_name() -> None:
    read = names(
        "Halden/NNP/nsubj/1@Organization grew/VBD/ROOT/1/grow and/CC/cc/1 it/PRP/nsubj/4"
        " sold/VBD/conj/1/sell"
    )
    doc = read.passage.doc
    named, referred = (arguments(doc[at], read, ontology()) for at in (0, 3))
    assert [(argument.entity, argument.direct) for argument in named] == [(0, True)]
    assert [(argument.entity, argument.direct) for argument in referred] == [(0, False)]


def test_the_noun_that_opens_an_item_is_what_its_head_names() -> None:
    text = "a/DT/det/1 method/NN/ROOT/1 ,/,/punct/1 designed/VBN/acl/1/design"
    read = names(text, head="Technique")
    found = arguments(read.passage.doc[1], read, ontology())
    assert [argument.entity for argument in found] == list(read.head_entities)
    assert not arguments(names(text).passage.doc[1], names(text), ontology())


@pytest.mark.parametrize("depth", [3, 200])
def test_deep_and_circular_trees_end(depth: int) -> None:
    words = [f"Name{at}/NNP/conj/{at - 1}@Model" for at in range(1, depth)]
    read = names(" ".join(["Name0/NNP/ROOT/0@Model", *words]))
    found = arguments(read.passage.doc[0], read, ontology())
    assert found[0].entity == 0
    assert len(found) <= depth


def test_no_entity_twice() -> None:
    read = read_paragraphs("[Skald|Model], [Qwen|Model], [Skald|Model] and [Qwen|Model] run.")
    names_ = read.reading.maps[0]
    token = names_.passage.doc[0]
    entities = [argument.entity for argument in arguments(token, names_, ontology())]
    assert entities == [0, 1]
