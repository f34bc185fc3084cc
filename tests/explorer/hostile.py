"""A graph whose every text tries to leave its place in the page."""

from __future__ import annotations

from typing import Any

import networkx

ATTACKS = (
    "</script><script>window.__x = 1</script>",
    "<img src=x onerror=\"window.__x = 'img'\">",
    "'\"><svg onload=window.__x=2>",
    "a\u2028window.__x = 3\u2029b",
    "{{ 7 * 7 }}{% raw %}{# c #}",
    'javascript:window.__x = 4 href="x"',
    "<!-- <script> ]]>",
    "&lt;b&gt; &amp;",
)
SENTENCE = " ".join(ATTACKS)
TEXT = f"Title\n{SENTENCE}\n"
BASE = "https://w3id.org/episode-kg/id/"
EPISODE = f"{BASE}episode/{ATTACKS[0]}"


def hostile_graph() -> networkx.MultiDiGraph:
    """Build a graph with an attack in each id, label, alias, class, relation, literal and text."""
    graph = networkx.MultiDiGraph(generator=f"kg {ATTACKS[1]}", ontology=ATTACKS[0])
    graph.add_node(
        EPISODE,
        type="Episode",
        label=ATTACKS[0],
        title=" ".join(ATTACKS),
        series=ATTACKS[1],
        published=ATTACKS[2],
        duration=ATTACKS[1],
        text=TEXT,
        sections=[{"start": 6, "end": len(TEXT), "title": ATTACKS[0], "level": 1}],
    )
    nodes = [f"{BASE}model/{attack}" for attack in ATTACKS]
    for number, (node, attack) in enumerate(zip(nodes, ATTACKS, strict=True)):
        start = TEXT.index(attack)
        graph.add_node(
            node,
            type="Person" if number == 0 else attack,
            label=attack,
            aliases=[f"alias {attack}", *ATTACKS],
            sameAs=[
                f"javascript:{attack}",
                "http://www.wikidata.org/entity/Q1' onclick='window.__x=5",
                "https://evil.example/entity/Q2",
            ],
            mentions=[_place(start, attack)],
        )
    for number, node in enumerate(nodes):
        following = nodes[(number + 1) % len(nodes)]
        graph.add_edge(node, following, **_edge(ATTACKS[number]))
        graph.add_edge(EPISODE, node, **_edge("discusses"))
    graph.add_edge(nodes[0], EPISODE, **_edge("guestOf"))
    return graph


def _place(start: int, text: str) -> dict[str, Any]:
    return {"episode": EPISODE, "start": start, "end": start + len(text), "text": text}


def _edge(relation: str) -> dict[str, Any]:
    return {
        "key": relation,
        "relation": relation,
        "phrase": ATTACKS[1],
        "voice": ATTACKS[2],
        "literals": {ATTACKS[3]: ATTACKS[0], "role": ATTACKS[1]},
        "evidence": [_place(TEXT.index(SENTENCE), SENTENCE) | {"section": ATTACKS[1]}],
    }
