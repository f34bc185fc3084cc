"""The explorer as one HTML page: pyvis carries the drawing, our own template makes the page.

pyvis's own template loads scripts from the network and runs markup that stands in titles and
ids; so only its ``Network`` (nodes, edges, options) and the vis-network it ships are used.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pyvis.network import Network

from kg.errors import OutputError
from kg.explorer.encoding import script_json
from kg.explorer.fallback import classes_for_print, head_of, statements_by_sentence
from kg.explorer.payload import EPISODE, Payload, is_fact, make_payload
from kg.explorer.placement import Placement, drawn_at_first, place
from kg.webpage import compact, content_security_policy, load_template

if TYPE_CHECKING:
    import networkx

    from kg.ontology import Ontology

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = (
    "dom.js",
    "model.js",
    "search.js",
    "state.js",
    "drawing.js",
    "labels.js",
    "parts.js",
    "panel.js",
    "path.js",
    "table.js",
    "guide.js",
    "filters.js",
    "main.js",
)
_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "labelHighlightBold": False},
    "edges": {
        "smooth": {"enabled": False},
        "selectionWidth": 1,
        "hoverWidth": 0.6,
        "arrows": {"to": {"scaleFactor": 0.42}, "from": {"scaleFactor": 0.42}},
    },
}


class ExplorerNetwork(Network):  # type: ignore[misc] # pyvis ships no types
    """A pyvis network whose page is the explorer.

    Nodes and edges hold numbers, never a text of the graph: those stand once in the payload.
    """

    def __init__(self, payload: Payload, placement: Placement) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.payload = payload
        self.placement = placement
        self.set_options(json.dumps(_OPTIONS))
        self._draw()

    def _draw(self) -> None:
        drawn = set(self.placement.drawn)
        degree = dict.fromkeys(drawn, 0)
        lines = [pair for pair in stated_pairs(self.payload) if drawn.issuperset(pair)]
        for pair in lines:
            for entity in pair:
                degree[entity] += 1
        for entity in self.placement.drawn:
            look = self.payload.classes[self.payload.entities[entity]["class"]]
            x, y = self.placement.points[entity]
            self.add_node(
                entity,
                shape=look["shape"],
                color=look["color"],
                size=node_size(degree[entity]),
                x=x,
                y=y,
            )
        for subject, object_ in lines:
            self.add_edge(subject, object_)

    def generate_html(
        self,
        name: str = "graph.html",  # noqa: ARG002 - pyvis's signature
        local: bool = True,  # noqa: ARG002 - pyvis's signature
        notebook: bool = False,  # noqa: ARG002 - pyvis's signature
    ) -> str:
        """Return the page."""
        drawn = set(self.placement.drawn)
        data = self.payload.as_json() | {
            "places": {  # of what pyvis does not hold
                entity: list(point)
                for entity, point in enumerate(self.placement.points)
                if entity not in drawn
            },
            "shelf": {
                "entities": list(self.placement.shelf),
                "corner": list(self.placement.shelf_corner),
            },
            "network": {"nodes": self.nodes, "edges": self.edges, "options": self.options},
        }
        scripts = (_vis_network(), _own_script())
        style = _own_style()
        page = load_template("explorer", "template.html").render(
            head=head_of(self.payload),
            sentences=statements_by_sentence(self.payload),
            classes=classes_for_print(self.payload),
            generator=self.payload.generator,
            data=script_json(data),
            scripts=scripts,
            style=style,
            policy=content_security_policy(scripts, style),
            notices=_resource("notices.txt"),
        )
        self.html = page
        return str(page)


def render(graph: networkx.MultiDiGraph, ontology: Ontology) -> str:
    """Return the explorer of a graph as one HTML page."""
    payload = make_payload(graph, ontology)
    entities = range(len(payload.entities))
    placement = place(
        labels=[payload.entities[entity]["label"] for entity in entities],
        groups=[payload.entities[entity]["class"] for entity in entities],
        lines=stated_pairs(payload),
        drawn=drawn_at_first(
            {entity: payload.class_name(entity) == EPISODE for entity in entities}, len(entities)
        ),
    )
    return str(ExplorerNetwork(payload, placement).generate_html())


def stated_pairs(payload: Payload) -> list[tuple[int, int]]:
    """Return the pairs that a stated fact links, each once, without the episodes' own.

    A pair runs in the direction of its first statement.
    """
    seen: dict[tuple[int, int], tuple[int, int]] = {}
    for statement in payload.statements:
        pair = (statement["subject"], statement["object"])
        if is_fact(statement) and pair[0] != pair[1] and not payload.joins_episode(statement):
            seen.setdefault((min(pair), max(pair)), pair)
    return list(seen.values())


def node_size(degree: int) -> float:
    """Return a node's radius in pixels: area grows with the number of linked entities."""
    return round(6.5 + 2.8 * math.sqrt(min(degree, 40)), 1)


@cache
def _vis_network() -> str:
    source = files("pyvis").joinpath(VIS_NETWORK)
    if not source.is_file():
        raise OutputError(
            f"pyvis has no {VIS_NETWORK}, so the explorer cannot be written. "
            "Install the release it was made for: pip install pyvis==0.3.2"
        )
    # The comment at its end would make developer tools ask for a file.
    text = source.read_text("utf-8").partition("//# sourceMappingURL=")[0]
    return _inside_script(text, VIS_NETWORK)


@cache
def _own_script() -> str:
    parts = compact("\n".join(_resource(f"script/{name}") for name in SCRIPTS))
    return _inside_script(f'(() => {{\n"use strict";\n{parts}}})();\n', "the explorer's script")


@cache
def _own_style() -> str:
    return compact(_resource("explorer.css"))


def _inside_script(text: str, name: str) -> str:
    if "</script" in text.lower() or "<!--" in text:
        raise OutputError(f"{name} would end its own <script> element; it cannot be put in a page.")
    return text


@cache
def _resource(name: str) -> str:
    return files("kg.explorer").joinpath(name).read_text("utf-8")
