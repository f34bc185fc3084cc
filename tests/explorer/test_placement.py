from __future__ import annotations

import itertools

import networkx
import pytest

from kg.explorer.placement import DRAW_BUDGET, Placement, drawn_at_first, place


def placement_of(graph: networkx.Graph, drawn: int | None = None) -> Placement:
    count = graph.number_of_nodes()
    return place(
        labels=[f"Entity number {node}" for node in range(count)],
        groups=[node % 3 for node in range(count)],
        lines=list(graph.edges),
        drawn=range(count if drawn is None else drawn),
    )


GRAPHS = {
    "nothing": networkx.empty_graph(0),
    "one": networkx.empty_graph(1),
    "unlinked": networkx.empty_graph(17),
    "pair": networkx.path_graph(2),
    "star": networkx.star_graph(25),
    "clique": networkx.complete_graph(9),
    "several": networkx.disjoint_union_all([networkx.cycle_graph(n) for n in (12, 5, 4, 3, 3)]),
    "loops": networkx.Graph([(0, 0), (0, 1)]),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_entity_has_a_place_of_its_own(name: str) -> None:
    graph = GRAPHS[name]
    placement = placement_of(graph)
    assert len(placement.points) == graph.number_of_nodes()
    assert len(set(placement.points)) == len(placement.points)


@pytest.mark.parametrize("name", GRAPHS)
def test_placing_twice_gives_the_same_places(name: str) -> None:
    assert placement_of(GRAPHS[name]) == placement_of(GRAPHS[name])


def test_the_order_of_the_lines_does_not_matter() -> None:
    lines = [(0, 1), (1, 2), (2, 3), (1, 3), (4, 5)]
    turned = [(b, a) for a, b in reversed(lines)]
    labels = list("abcdef")
    first, second = (place(labels, [0] * 6, pairs, range(6)) for pairs in (lines, turned))
    assert first == second


def test_names_of_a_small_graph_do_not_overlap() -> None:
    placement = placement_of(GRAPHS["several"])
    for (x1, y1), (x2, y2) in itertools.combinations(placement.points, 2):
        assert abs(x1 - x2) >= 100 or abs(y1 - y2) >= 40


def test_linked_entities_stand_nearer_than_far_ones() -> None:
    points = placement_of(networkx.path_graph(8)).points

    def distance(a: int, b: int) -> float:
        return float((points[a][0] - points[b][0]) ** 2 + (points[a][1] - points[b][1]) ** 2)

    assert distance(0, 1) < distance(0, 3) < distance(0, 7)


def test_the_unlinked_stand_on_the_shelf_below() -> None:
    graph = networkx.disjoint_union(networkx.cycle_graph(5), networkx.empty_graph(6))
    placement = placement_of(graph)
    assert placement.shelf == tuple(range(5, 11))
    lowest = max(placement.points[node][1] for node in range(5))
    assert all(placement.points[node][1] > lowest for node in placement.shelf)
    assert placement.shelf_corner[1] > lowest


def test_what_is_beyond_the_budget_stands_near_its_neighbours() -> None:
    graph = networkx.path_graph(6)
    graph.add_edge(0, 6)
    placement = placement_of(graph, drawn=6)
    (x0, y0), (x6, y6) = placement.points[0], placement.points[6]
    assert placement.drawn == tuple(range(6))
    assert abs(x0 - x6) < 100
    assert abs(y0 - y6) < 80


def test_an_episode_is_not_drawn_and_the_budget_is_kept() -> None:
    drawn = drawn_at_first({3: True}, 1000)
    assert len(drawn) == DRAW_BUDGET
    assert 3 not in drawn
    assert drawn[:4] == (0, 1, 2, 4)


def test_a_full_budget_is_placed() -> None:
    graph = networkx.barabasi_albert_graph(DRAW_BUDGET, 2, seed=1)
    assert placement_of(graph)
