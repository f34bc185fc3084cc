"""Where each entity stands in the drawing, decided here so that the page opens already drawn.

Linked entities are laid out component by component by stress majorization (Gansner, Koren and
North 2004: distances on paper follow distances in the graph), pushed apart until their names do
not overlap, and packed around the largest. Entities that no statement links stand on a shelf
below. What is beyond the draw budget stands at the barycentre of its placed neighbours.

Coordinates are whole numbers, about one pixel each at the first sight. They must be the same on
every machine, so arithmetic is limited to what IEEE 754 rounds exactly (+ - * / sqrt) and sums
run in one order: no BLAS, no trigonometry.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]  # n × 2
    Sizes = NDArray[np.float64]  # n × 2: width and height

DRAW_BUDGET = 300
_EDGE = 80.0  # wished length of a line
_ROUNDS = 120  # of stress majorization; moves are below a pixel long before
_CHARACTER = 6.6  # width of a character of a name
_LONGEST_NAME = 30  # characters shown of a name
_NODE_HEIGHT = 42.0  # a node and the name under it
_GAP = 14.0  # between components
_SCREEN = 560.0  # width that the drawing has on a small laptop, in pixels
_SCREEN_HEIGHT = 480.0
_SHELF_ROW = 18.0  # pixels there
_SHELF_GAP = 62.0  # pixels there, with room for the last row's names and a caption
_SHELF_COLUMNS = 5
_ASPECT = 1.6  # wished width : height of what is linked
_SEED = 490


@dataclass(frozen=True, slots=True)
class Placement:
    """Whole-numbered places of all entities, and which of them are drawn at first."""

    points: tuple[tuple[int, int], ...]
    drawn: tuple[int, ...]
    shelf: tuple[int, ...]  # the drawn ones that stand on the shelf
    shelf_corner: tuple[int, int]


def place(
    labels: Sequence[str],
    groups: Sequence[int],
    lines: Iterable[tuple[int, int]],
    drawn: Sequence[int],
) -> Placement:
    """Place entities that are numbered by salience.

    ``lines`` are the pairs that a statement links, ``groups`` the entities' classes (which order
    the shelf), ``drawn`` the entities within the budget.
    """
    import networkx

    whole = networkx.Graph()
    whole.add_nodes_from(range(len(labels)))
    whole.add_edges_from(sorted((min(pair), max(pair)) for pair in lines if pair[0] != pair[1]))
    linked = whole.subgraph(drawn)
    components = [sorted(part) for part in networkx.connected_components(linked) if len(part) > 1]
    components.sort(key=lambda part: (-len(part), part))
    places: dict[int, tuple[float, float]] = {}
    for part, points in zip(components, _packed(linked, components, labels), strict=True):
        places.update(zip(part, ((float(x), float(y)) for x, y in points), strict=True))
    alone = [entity for entity in drawn if entity not in places]
    alone.sort(key=lambda entity: (groups[entity], labels[entity].casefold(), entity))
    corner = _fill_shelf(alone, places)
    _fill_rest(whole, places)
    return Placement(
        points=tuple((round(places[e][0]), round(places[e][1])) for e in range(len(labels))),
        drawn=tuple(drawn),
        shelf=tuple(sorted(alone)),
        shelf_corner=(round(corner[0]), round(corner[1])),
    )


def _packed(
    graph: networkx.Graph, components: list[list[int]], labels: Sequence[str]
) -> list[Points]:
    """Lay out each component and move it to its place in the whole."""
    import numpy as np

    laid = []
    for part in components:
        sizes = np.array([_size(labels[entity]) for entity in part])
        laid.append((_lie_down(_separate(_stress(graph, part), sizes)), sizes))
    laid = [(_separate(points, sizes), sizes) for points, sizes in laid]
    corners = [
        ((points - sizes / 2).min(axis=0), (points + sizes / 2).max(axis=0))
        for points, sizes in laid
    ]
    boxes = _pack([high - low for low, high in corners])
    return [
        points - low + box for (points, _), (low, _), box in zip(laid, corners, boxes, strict=True)
    ]


def _size(label: str) -> tuple[float, float]:
    return max(34.0, min(len(label), _LONGEST_NAME) * _CHARACTER + 8.0), _NODE_HEIGHT


def _stress(graph: networkx.Graph, part: list[int]) -> Points:
    """Place one component so that distances follow those in the graph."""
    import networkx
    import numpy as np

    index = {entity: position for position, entity in enumerate(part)}
    distance = np.zeros((len(part), len(part)))
    for source, lengths in networkx.all_pairs_shortest_path_length(graph.subgraph(part)):
        for target, steps in lengths.items():
            distance[index[source], index[target]] = steps * _EDGE
    np.fill_diagonal(distance, 1.0)
    weight = 1.0 / (distance * distance)
    np.fill_diagonal(weight, 0.0)
    chance = random.Random(_SEED)  # noqa: S311 - a repeatable start, not a secret
    spread = _EDGE * math.sqrt(len(part))
    points = np.array([[chance.random() * spread, chance.random() * spread] for _ in part])
    for _ in range(_ROUNDS):
        for i in range(len(part)):
            towards = points[i] - points
            length = np.sqrt(towards[:, 0] * towards[:, 0] + towards[:, 1] * towards[:, 1])
            length[length < 1e-9] = 1e-9
            pull = points + towards * (distance[i] / length)[:, np.newaxis]
            pull *= weight[i][:, np.newaxis]
            points[i] = pull.sum(axis=0) / weight[i].sum()
    return points


def _lie_down(points: Points) -> Points:
    """Turn the points so that their longest extent is horizontal: names and screens are wide."""
    import numpy as np

    centred: Points = points - points.sum(axis=0) / len(points)
    xx, yy = (centred * centred).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    largest = (xx + yy + math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)) / 2
    # An eigenvector of [[xx, xy], [xy, yy]].
    along = np.array([largest - yy, xy]) if xx >= yy else np.array([xy, largest - xx])
    length = math.sqrt(along[0] * along[0] + along[1] * along[1])
    if length < 1e-9:
        return centred
    cosine, sine = along / length
    turned: Points = np.column_stack(
        (
            centred[:, 0] * cosine + centred[:, 1] * sine,
            centred[:, 1] * cosine - centred[:, 0] * sine,
        )
    )
    return turned


def _separate(points: Points, sizes: Sizes, rounds: int = 200) -> Points:
    """Push overlapping boxes apart along the shorter way until none overlap, or rounds end."""
    import numpy as np

    points = points.copy()
    reach = (sizes[:, np.newaxis, :] + sizes[np.newaxis, :, :]) / 2
    order = np.arange(len(points))
    for _ in range(rounds):
        between = points[:, np.newaxis, :] - points[np.newaxis, :, :]
        overlap = reach - np.abs(between)
        clash = (overlap[:, :, 0] > 0.5) & (overlap[:, :, 1] > 0.5)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        # Of two boxes with one centre the earlier goes left or up.
        sign = np.where(between > 0, 1.0, -1.0)
        tied = between == 0
        after = (order[:, np.newaxis] > order[np.newaxis, :])[:, :, np.newaxis]
        sign = np.where(tied, np.where(after, 1.0, -1.0), sign)
        shorter = overlap[:, :, 0] <= overlap[:, :, 1]
        push = np.zeros_like(between)
        push[:, :, 0] = np.where(clash & shorter, overlap[:, :, 0] * sign[:, :, 0], 0.0)
        push[:, :, 1] = np.where(clash & ~shorter, overlap[:, :, 1] * sign[:, :, 1], 0.0)
        # Each of the two moves half the way; several pushes on one box are damped.
        pushes = clash.sum(axis=1).clip(min=1)[:, np.newaxis]
        points += push.sum(axis=1) * 0.5 / np.sqrt(pushes)
    return points


def _pack(sizes: Sequence[Points]) -> list[Points]:
    """Return the upper left corners of boxes packed around the first, largest one."""
    import numpy as np

    placed: list[tuple[Points, Points]] = []
    for size in sizes:
        if not placed:
            placed.append((-size / 2, size / 2))
            continue
        low = np.min([box[0] for box in placed], axis=0) - size - _GAP
        high = np.max([box[1] for box in placed], axis=0) + _GAP
        columns = low[0] + np.arange(int((high[0] - low[0]) // 16) + 2) * 16.0
        rows = low[1] + np.arange(int((high[1] - low[1]) // 16) + 2) * 16.0
        x, y = np.meshgrid(columns, rows)
        free = np.ones(x.shape, dtype=bool)
        for corner, opposite in placed:
            free &= (
                (x >= opposite[0] + _GAP)
                | (x + size[0] <= corner[0] - _GAP)
                | (y >= opposite[1] + _GAP)
                | (y + size[1] <= corner[1] - _GAP)
            )
        across = (x + size[0] / 2) / _ASPECT
        down = y + size[1] / 2
        away = np.where(free, across * across + down * down, np.inf)
        best = int(np.argmin(away))
        corner = np.array([x.flat[best], y.flat[best]])
        placed.append((corner, corner + size))
    return [corner for corner, _ in placed]


def _fill_shelf(alone: list[int], places: dict[int, tuple[float, float]]) -> tuple[float, float]:
    """Set out the unlinked entities in columns below the rest; return the upper left corner.

    Columns and rows are as wide and high as names need once the whole is shrunk to the screen.
    """
    left = min((x for x, _ in places.values()), default=-_SCREEN / 2)
    right = max((x for x, _ in places.values()), default=_SCREEN / 2)
    bottom = max((y for _, y in places.values()), default=-_SHELF_GAP)
    top = min((y for _, y in places.values()), default=bottom)
    columns = max(1, min(_SHELF_COLUMNS, -(-len(alone) // 3)))
    rows = max(1, -(-len(alone) // columns))
    room = max(60.0, _SCREEN_HEIGHT - _SHELF_GAP - rows * _SHELF_ROW)
    shrunk = max(1.0, (right - left) / _SCREEN, (bottom - top) / room)
    width = max(right - left, _SCREEN * shrunk) / _SHELF_COLUMNS
    start_x = (left + right) / 2 - width * columns / 2
    start_y = bottom + _SHELF_GAP * shrunk
    for position, entity in enumerate(alone):
        places[entity] = (
            start_x + (position // rows) * width,
            start_y + (position % rows) * _SHELF_ROW * shrunk,
        )
    return start_x, start_y - _SHELF_ROW * shrunk


def _fill_rest(graph: networkx.Graph, places: dict[int, tuple[float, float]]) -> None:
    """Place everything else at the barycentre of its placed neighbours, a little apart."""
    waiting = [entity for entity in graph if entity not in places]
    known = dict(places)
    centre = _mean(known.values())
    for turn, entity in enumerate(waiting):
        near = [places[other] for other in sorted(graph[entity]) if other in places]
        x, y = _mean(near) if near else centre
        # Steps of a spiral in whole numbers, so that neighbours of one hub do not coincide.
        places[entity] = (
            x + ((turn * 61) % 121 - 60) * 1.4,
            y + ((turn * 37) % 101 - 50) * 1.2,
        )


def _mean(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    listed = list(points)
    if not listed:
        return 0.0, 0.0
    return sum(x for x, _ in listed) / len(listed), sum(y for _, y in listed) / len(listed)


def drawn_at_first(is_episode: Mapping[int, bool], count: int) -> tuple[int, ...]:
    """Return the most salient entities within the draw budget; an episode is never drawn."""
    shown = (entity for entity in range(count) if not is_episode.get(entity, False))
    return tuple(entity for entity, _ in zip(shown, range(DRAW_BUDGET), strict=False))
