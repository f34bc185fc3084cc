"""What was taken for what."""

from __future__ import annotations

import pytest

from kg.evaluation import (
    Confusions,
    Edge,
    Evaluation,
    Node,
    Predicted,
    confusions,
    score,
)
from kg.evaluation.confusions import MOST_EXAMPLES
from kg.gold import EPISODE, Gold, GoldEntity, GoldRelation
from kg.ontology import load_ontology

ONTOLOGY = load_ontology()

LAB = GoldEntity("lab", "Organization", ("Lab",))
ALPHA = GoldEntity("alpha", "Model", ("Alpha",))
BETA = GoldEntity("beta", "Model", ("Beta",))
SHOW = GoldEntity("show", "Series", ("Show",))
OPEN = GoldEntity("open", "Technique", ("prompting",), core=False)
ENTITIES = (LAB, ALPHA, BETA, SHOW, OPEN)
NODES = (
    *(Node(entity.id, entity.type, entity.names) for entity in ENTITIES),
    Node("other", "Model", ("Other",)),
    Node("episode", "Episode", ("#1",)),
)


def found(
    nodes: tuple[Node, ...] = NODES,
    edges: tuple[Edge, ...] = (),
    relations: tuple[GoldRelation, ...] = (),
    gold: tuple[GoldEntity, ...] = ENTITIES,
) -> Confusions:
    result = score(Gold(gold, relations), Predicted(nodes, edges), ONTOLOGY)
    return confusions(Evaluation({"one": result}))


def named(kinds: Confusions) -> tuple[dict[str, int], dict[str, int]]:
    return (
        {str(kind): kind.times for kind in kinds.entities},
        {str(kind): kind.times for kind in kinds.relations},
    )


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ((), {"Model missed": 1}),
        ((Node("n", "Model", ("alphas",)),), {}),
        ((Node("n", "Product", ("Alpha",)),), {"Model read as Product": 1}),
        ((Node("n", "Topic", ("Alpha",)),), {"Model read as Topic": 1}),  # which is not scored
        ((Node("n", "Product", ("Alpha",), "background"),), {"Model missed": 1}),
        (
            (Node("n", "Product", ("Alpha",)), Node("m", "Product", ("ALPHA",))),
            {"Model read as Product": 1},
        ),
        (
            (Node("n", "Product", ("Alpha",)), Node("m", "Work", ("Alpha",))),
            {"Model read as Product": 1, "Model read as Work": 1},
        ),
        (
            (Node("n", "Model", ("Alpha",)), Node("m", "Product", ("Alpha",))),
            {"Model read as Product": 1},
        ),
        (
            (Node("n", "Model", ("Alpha",)), Node("m", "Model", ("Alpha",))),
            {"Model found twice": 1},
        ),
        ((Node("n", "Model", ("Alpha",)), Node("m", "Topic", ("Alpha",))), {}),
        (
            (Node("n", "Model", ("Alpha",)), Node("m", "Person", ("Beta",))),
            {"false Person": 1},
        ),
    ],
)
def test_entity(nodes: tuple[Node, ...], expected: dict[str, int]) -> None:
    assert named(found(nodes, gold=(ALPHA,)))[0] == expected


def test_two_entities_of_one_name_are_both_misread() -> None:
    gold = (ALPHA, GoldEntity("maker", "Organization", ("Alpha",)))
    kinds = named(found((Node("n", "Product", ("Alpha",)),), gold=gold))[0]
    assert kinds == {"Model read as Product": 1, "Organization read as Product": 1}


def test_entity_outside_the_core_is_no_mistake() -> None:
    assert named(found((Node("n", "Product", ("prompting",)),), gold=(OPEN,)))[0] == {}


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ((), {"develops missed": 1}),
        ((Edge("lab", "develops", "alpha"),), {}),
        ((Edge("lab", "uses", "alpha"),), {"develops read as uses": 1}),
        ((Edge("alpha", "develops", "lab"),), {"develops the wrong way round": 1}),
        ((Edge("alpha", "uses", "lab"),), {"develops read as uses, the wrong way round": 1}),
        (
            (Edge("lab", "develops", "alpha"), Edge("lab", "uses", "alpha")),
            {"false uses": 1},  # beside the right one
        ),
        ((Edge("lab", "develops", "beta"),), {"develops missed": 1, "false develops": 1}),
        (
            (Edge("lab", "develops", "other"),),
            {"develops missed": 1, "false develops, an end is not in gold": 1},
        ),
        ((Edge("lab", "uses", "alpha", modality="negated"),), {"develops missed": 1}),
        ((Edge("lab", "relatedTo", "alpha", origin="open"),), {"develops missed": 1}),
    ],
)
def test_relation(edges: tuple[Edge, ...], expected: dict[str, int]) -> None:
    gold = (GoldRelation("lab", "develops", "alpha"),)
    assert named(found(edges=edges, relations=gold))[1] == expected


def test_relation_that_is_neither_right_nor_wrong_still_explains_a_miss() -> None:
    kinds = found(
        edges=(Edge("alpha", "uses", "beta"),),
        relations=(GoldRelation("alpha", "basedOn", "beta"),),
    )
    assert named(kinds)[1] == {"basedOn read as uses": 1}


def test_relation_is_missed_with_its_end() -> None:
    gold = (GoldRelation("lab", "develops", "alpha"),)
    without = tuple(node for node in NODES if node.id != "alpha")
    assert named(found(without, relations=gold))[1] == {"develops missed, with an end": 1}


def test_the_episode_is_always_found() -> None:
    gold = (GoldRelation("show", "partOf", EPISODE),)
    assert named(found(NODES[:-1], relations=gold))[1] == {"partOf missed": 1}


def test_most_frequent_comes_first_with_its_examples() -> None:
    many = tuple(Node(f"n{i}", "Work", (f"Name {i}",)) for i in range(MOST_EXAMPLES + 1))
    (first, second) = found((*many, Node("n", "Event", ("Fair",))), gold=()).entities
    assert (str(first), first.times) == ("false Work", MOST_EXAMPLES + 1)
    assert first.examples == ("Name 0", "Name 1", "Name 2")
    assert (str(second), second.examples) == ("false Event", ("Fair",))


def test_documents_are_added_up() -> None:
    one = score(Gold((ALPHA,), ()), Predicted((), ()), ONTOLOGY)
    (kind,) = confusions(Evaluation({"a": one, "b": one})).entities
    assert (str(kind), kind.times) == ("Model missed", 2)


def test_no_document_has_no_mistakes() -> None:
    assert confusions(Evaluation({})) == Confusions((), ())
