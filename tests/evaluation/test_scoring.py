"""The score: numbers worked out by hand for every rule, alone and together."""

from pathlib import Path

import pytest

from kg.errors import GraphError, SourceError
from kg.evaluation import (
    UNSCORED_RELATIONS,
    Counts,
    Edge,
    Evaluation,
    Node,
    Predicted,
    Score,
    evaluate,
    read_graph,
    score,
)
from kg.gold import EPISODE, Gold, GoldEntity, GoldRelation, read_gold
from kg.ontology import load_ontology
from tests.scored import write_scored_documents

ONTOLOGY = load_ontology()

ADA = GoldEntity("ada", "Person", ("Ada Lovelace", "Ada"))
LAB = GoldEntity("lab", "Organization", ("Example Institute for AI", "EIA"))
ALPHA = GoldEntity("alpha", "Model", ("Alpha",))
ALPHA_2 = GoldEntity("alpha2", "Model", ("Alpha 2",))
ALPHA_2_MINI = GoldEntity("mini", "Model", ("Alpha 2 mini",))
ATTENTION = GoldEntity("attention", "Architecture", ("sparse attention", "SA"))
VAGUE = GoldEntity("vague", "Technique", ("prompting",), core=False)
ENTITIES = (ADA, LAB, ALPHA, ALPHA_2, ALPHA_2_MINI, ATTENTION, VAGUE)

PERFECT = tuple(Node(entity.id, entity.type, entity.names) for entity in ENTITIES)
EPISODE_NODE = Node("episode", "Episode", ("#1",))


def entities(*nodes: Node, gold: tuple[GoldEntity, ...] = ENTITIES) -> Counts:
    return score(Gold(gold, ()), Predicted(nodes, ()), ONTOLOGY).entities_total


def relations(gold: list[GoldRelation], edges: list[Edge], *nodes: Node) -> Counts:
    predicted = Predicted((*(nodes or PERFECT), EPISODE_NODE), tuple(edges))
    return score(Gold(ENTITIES, tuple(gold)), predicted, ONTOLOGY).relations_total


def test_counts_give_precision_recall_and_f1() -> None:
    counts = Counts(right=6, false=2, missed=4)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == 2 * 0.75 * 0.6 / 1.35
    assert counts + Counts(1, 1, 1) == Counts(7, 3, 5)


@pytest.mark.parametrize("counts", [Counts(), Counts(false=3), Counts(missed=3)])
def test_nothing_right_scores_zero_and_divides_by_nothing(counts: Counts) -> None:
    assert (counts.precision, counts.recall, counts.f1) == (0, 0, 0)


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Node("n", "Person", ("ada lovelace",)), Counts(1, 0, 0)),
        (Node("n", "Person", ("A. L.", "ADA")), Counts(1, 0, 0)),  # by an alias
        (Node("n", "Person", ("Grace Hopper",)), Counts(0, 1, 1)),
        (Node("n", "Model", ("Ada",)), Counts(0, 1, 1)),  # the wrong class
        (Node("n", "Person", ("Ada",), "background"), Counts(0, 0, 1)),
        (Node("n", "Topic", ("computing",)), Counts(0, 0, 1)),  # not scored
        (Node("n", "Episode", ("Ada",)), Counts(0, 0, 1)),
        (Node("n", "Nonsense", ("Ada",)), Counts(0, 1, 1)),
    ],
)
def test_one_entity(node: Node, expected: Counts) -> None:
    assert entities(node, gold=(ADA,)) == expected


def test_subclass_counts_as_the_class_above() -> None:
    assert entities(Node("n", "Lab", ("EIA",)), gold=(LAB,)) == Counts(1, 0, 0)


def test_second_node_for_one_entity_is_a_false_alarm() -> None:
    nodes = Node("n", "Person", ("Ada",)), Node("m", "Person", ("Ada Lovelace",))
    assert entities(*nodes, gold=(ADA,)) == Counts(1, 1, 0)


@pytest.mark.parametrize(
    "nodes",
    [
        (),
        (Node("n", "Technique", ("prompting",)),),
        (Node("n", "Technique", ("prompting",)), Node("m", "Technique", ("Prompting",))),
        (Node("n", "Topic", ("prompting",)),),
        (Node("n", "Architecture", ("prompting",)),),  # of the wrong class
    ],
)
def test_entity_outside_the_core_neither_helps_nor_harms(nodes: tuple[Node, ...]) -> None:
    assert entities(*nodes, gold=(VAGUE,)) == Counts()


def test_entities_by_class_and_in_words() -> None:
    nodes = (
        Node("1", "Person", ("Ada",)),
        Node("2", "Lab", ("EIA",)),
        Node("3", "Model", ("Alpha",)),
        Node("4", "Product", ("Alpha 2",)),
        Node("5", "Model", ("Beta",)),
        Node("6", "Model", ("alpha",)),
    )
    result = score(Gold(ENTITIES, ()), Predicted(nodes, ()), ONTOLOGY)
    assert result.classes == {
        "Architecture": Counts(0, 0, 1),
        "Model": Counts(1, 2, 2),
        "Organization": Counts(1, 0, 0),
        "Person": Counts(1, 0, 0),
        "Product": Counts(0, 1, 0),
    }
    assert result.entities_total == Counts(3, 3, 3)
    assert result.differences == (
        "+ entity Product: 'Alpha 2' (wrong class, gold Model)",
        "+ entity Model: 'Beta' (not in gold)",
        "+ entity Model: 'alpha' (duplicate of Model)",
        "- entity Model: 'Alpha 2'",
        "- entity Model: 'Alpha 2 mini'",
        "- entity Architecture: 'sparse attention'",
    )


@pytest.mark.parametrize(
    ("gold", "edge", "expected"),
    [
        (
            GoldRelation("lab", "develops", "alpha"),
            Edge("lab", "develops", "alpha"),
            Counts(1, 0, 0),
        ),
        (
            GoldRelation("lab", "develops", "alpha"),
            Edge("alpha", "develops", "lab"),  # the wrong way round
            Counts(0, 1, 1),
        ),
        (
            GoldRelation("lab", "develops", "alpha"),
            Edge("lab", "uses", "alpha"),
            Counts(0, 1, 1),
        ),
        (
            GoldRelation("alpha", "competesWith", "alpha2"),
            Edge("alpha2", "competesWith", "alpha"),  # symmetric
            Counts(1, 0, 0),
        ),
        (
            GoldRelation("ada", "guestOf", EPISODE),
            Edge("ada", "guestOf", "episode"),
            Counts(1, 0, 0),
        ),
        (
            GoldRelation("alpha2", "basedOn", "alpha"),
            Edge("alpha2", "uses", "alpha"),  # the twin does not count, either way
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("alpha2", "uses", "alpha"),
            Edge("alpha2", "basedOn", "alpha"),
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("ada", "worksFor", "lab", core=False),
            Edge("ada", "worksFor", "lab"),
            Counts(),
        ),
        (
            GoldRelation("ada", "worksFor", "lab", core=False),
            Edge("ada", "founderOf", "lab"),
            Counts(0, 1, 0),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("lab", "uses", "vague"),  # an end outside the core
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("lab", "uses", "alpha", modality="predicted"),
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("lab", "uses", "alpha", origin="background"),
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("lab", "relatedTo", "alpha", origin="open"),
            Counts(0, 0, 1),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("lab", "uses", "alpha", origin="layout"),
            Counts(1, 0, 0),
        ),
        (
            GoldRelation("lab", "uses", "alpha"),
            Edge("episode", "discusses", "alpha"),  # not scored
            Counts(0, 0, 1),
        ),
    ],
)
def test_one_relation(gold: GoldRelation, edge: Edge, expected: Counts) -> None:
    assert relations([gold], [edge]) == expected


def test_what_a_chain_implies_neither_helps_nor_harms() -> None:
    chain = [
        GoldRelation("mini", "variantOf", "alpha2"),
        GoldRelation("alpha2", "variantOf", "alpha"),
    ]
    implied = Edge("mini", "variantOf", "alpha")
    assert relations(chain, [implied]) == Counts(0, 0, 2)
    assert relations(chain, [Edge("mini", "variantOf", "alpha2"), implied]) == Counts(1, 0, 1)
    assert relations(chain, [Edge("alpha", "variantOf", "mini")]) == Counts(0, 1, 2)


def test_chain_of_a_relation_that_is_not_transitive_implies_nothing() -> None:
    chain = [GoldRelation("mini", "uses", "alpha2"), GoldRelation("alpha2", "uses", "alpha")]
    assert relations(chain, [Edge("mini", "uses", "alpha")]) == Counts(0, 1, 2)


def test_repeated_relation_counts_once() -> None:
    gold = [GoldRelation("lab", "develops", "alpha")]
    right = Edge("lab", "develops", "alpha")
    wrong = Edge("ada", "develops", "alpha")
    assert relations(gold, [right, right, wrong, wrong]) == Counts(1, 1, 0)


def test_wrong_class_is_no_second_mistake_in_the_relation() -> None:
    gold = [GoldRelation("lab", "develops", "alpha")]
    nodes = Node("a", "Lab", ("EIA",)), Node("b", "Product", ("Alpha",))
    assert relations(gold, [Edge("a", "develops", "b")], *nodes) == Counts(1, 0, 0)


def test_end_that_stands_for_nothing_makes_a_false_alarm() -> None:
    gold = [GoldRelation("lab", "develops", "alpha")]
    nodes = Node("a", "Lab", ("EIA",)), Node("b", "Model", ("Beta",))
    assert relations(gold, [Edge("a", "develops", "b")], *nodes) == Counts(0, 1, 1)


def test_rules_come_from_the_ontology() -> None:
    kinds = ONTOLOGY.relations
    scored = kinds.keys() - UNSCORED_RELATIONS
    assert {name for name in scored if kinds[name].symmetric} == {"competesWith", "partnersWith"}
    assert {name for name in scored if kinds[name].transitive} == {
        "variantOf",
        "partOf",
        "locatedIn",
    }
    assert kinds.keys() >= UNSCORED_RELATIONS


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return write_scored_documents(tmp_path)


def test_documents_are_pooled(folders: tuple[Path, Path]) -> None:
    result = evaluate(*folders, ONTOLOGY)
    assert list(result.documents) == ["one", "two"]
    assert result.documents["one"].entities_total == Counts(2, 1, 1)
    assert result.documents["one"].relations_total == Counts(1, 1, 1)
    assert result.documents["two"].entities_total == Counts(1, 0, 0)
    assert result.total == Score(
        classes={
            "Model": Counts(1, 1, 1),
            "Organization": Counts(1, 0, 0),
            "Person": Counts(1, 0, 0),
        },
        relations={"develops": Counts(0, 1, 1), "worksFor": Counts(1, 0, 0)},
    )
    assert result.total.entities_total == Counts(3, 1, 1)


def test_document_without_a_graph_is_named_and_left_out(folders: tuple[Path, Path]) -> None:
    gold, graphs = folders
    (graphs / "two" / "graph.json").unlink()
    result = evaluate(gold, graphs, ONTOLOGY)
    assert (list(result.documents), result.missing) == (["one"], ("two",))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "Expecting property name"),
        ("[]", "list indices must be integers"),
        ('{"relations": []}', "'entities' is missing"),
        ('{"entities": [{"id": "e", "type": "Person", "names": []}], "relations": []}', "at least"),
        ('{"entities": [], "relations": [{"s": "x", "p": "uses", "o": "x"}]}', "no entity of"),
    ],
)
def test_faulty_gold_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "one.json").write_text(content)
    with pytest.raises(SourceError, match=rf"one\.json: .*{message}"):
        read_gold(tmp_path / "one.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "can't decode byte 0xff"),
        (b"{}", "'nodes' is missing"),
        (b'{"nodes": [], "edges": [{}]}', "'source' is missing"),
        (b'{"nodes": [{"id": "n", "type": "Person", "label": 5}], "edges": []}', "be strings"),
    ],
)
def test_damaged_graph_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "graph.json").write_bytes(content)
    with pytest.raises(GraphError, match=rf"graph\.json: .*{message}"):
        read_graph(tmp_path / "graph.json")


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no gold annotation"):
        evaluate(tmp_path, tmp_path, ONTOLOGY)


def test_evaluation_without_documents_totals_to_nothing() -> None:
    assert Evaluation({}).total.entities_total == Counts()
