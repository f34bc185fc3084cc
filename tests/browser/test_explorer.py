from __future__ import annotations

import itertools
import time
from typing import Any

import networkx
import pytest
from selenium.webdriver import ActionChains, Keys

from kg.explorer.payload import is_fact
from tests.browser.conftest import Explorer
from tests.conftest import EPISODE_TEXT, EPISODE_TITLE
from tests.explorer.hostile import hostile_graph

pytestmark = pytest.mark.browser


def press(explorer: Explorer, *keys: str) -> None:
    ActionChains(explorer.driver).send_keys(*keys).perform()


def click_at(explorer: Explorer, point: dict[str, float]) -> None:
    """Click on a point of the stage, as a hand would."""
    box = explorer.run("return document.getElementById('stage').getBoundingClientRect().toJSON()")
    x, y = round(box["left"] + point["x"]), round(box["top"] + point["y"])
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        explorer.driver.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1},
        )
    time.sleep(0.5)  # vis-network waits for a second tap before it reports the first


def quotes(explorer: Explorer) -> list[str]:
    return explorer.texts("#panel blockquote")


def test_the_head_says_which_episode_it_is(explorer: Explorer) -> None:
    assert explorer.text("h1") == EPISODE_TITLE
    assert "3 March 2026" in explorer.text(".facts")
    assert explorer.driver.title.startswith(EPISODE_TITLE)


def test_nothing_moves_after_the_first_drawing(explorer: Explorer) -> None:
    before = explorer.run("return explorer.drawing.positions()")
    time.sleep(2)
    assert before == explorer.run("return explorer.drawing.positions()")
    assert len(before) > 10


def test_the_episode_is_drawn_only_on_demand(explorer: Explorer) -> None:
    assert EPISODE_TITLE not in explorer.drawn()
    lines = len(explorer.run("return explorer.drawing.lines()"))
    explorer.run("document.querySelector('[data-switch=star]').click()")
    assert EPISODE_TITLE in explorer.drawn()
    assert len(explorer.run("return explorer.drawing.lines()")) > lines + 10


def test_most_names_are_shown_and_none_lie_over_each_other(explorer: Explorer) -> None:
    time.sleep(0.3)
    boxes = explorer.run("return explorer.drawing.labels()")
    assert len(boxes) >= 0.6 * len(explorer.drawn())
    for a, b in itertools.combinations(boxes, 2):
        assert (
            abs(a["x"] - b["x"]) * 2 >= a["width"] + b["width"]
            or abs(a["y"] - b["y"]) * 2 >= a["height"] + b["height"]
        ), (a["text"], b["text"])


def test_search_finds_by_another_name_and_enter_selects(explorer: Explorer) -> None:
    press(explorer, "/")
    press(explorer, *"moe")
    assert "Mixture of Experts" in explorer.text("#search [role=option]")
    press(explorer, Keys.ENTER)
    assert explorer.text("#panel h2") == "Mixture of Experts"
    press(explorer, Keys.ESCAPE)
    press(explorer, Keys.ESCAPE)
    assert explorer.text("#panel h2") == "At a glance"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("LUKASZ", None),  # Ł is a letter of its own, not an L with an accent
        ("öst", "Łukasz Öst"),
        ("ost", "Łukasz Öst"),
        ("skald2", "Skald 2"),
        ("skald", "Skald"),
        ("exper", "Mixture of Experts"),
        ("nordlys", 'Nordlys <script>alert("R&D")</script>'),
        ("zzzz", None),
    ],
)
def test_search_folds_and_ranks(explorer: Explorer, typed: str, first: str | None) -> None:
    found = explorer.run(
        "const d = JSON.parse(document.getElementById('data').textContent);"
        "return explorer.find(arguments[0], 5).map((hit) => d.entities[hit.entity].label)",
        typed,
    )
    assert (found[0] if found else None) == first


def test_arrow_keys_choose_among_the_names_found(explorer: Explorer) -> None:
    press(explorer, "/")
    press(explorer, *"skald")
    options = explorer.texts("#search [role=option] span")
    assert options == ["Skald", "Skald 2", "Skald 3"]
    press(explorer, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    assert explorer.text("#panel h2") == "Skald 2"


def test_a_click_on_a_node_shows_its_evidence(explorer: Explorer) -> None:
    number = explorer.entity("Skald 2")
    click_at(explorer, explorer.run("return explorer.drawing.toPage(arguments[0])", number))
    assert explorer.text("#panel h2") == "Skald 2"
    assert quotes(explorer)
    for quote in quotes(explorer):
        assert quote in EPISODE_TEXT
    assert "Skald 2" in explorer.texts("#panel blockquote mark")
    titles = [title.rsplit(" ", 1)[0] for title in explorer.texts("#panel .group h3")]
    assert {"developed by", "uses", "outperforms", "trained on"} <= set(titles)
    assert "has not released" not in explorer.text("#panel")


def test_a_click_on_a_line_shows_what_is_stated_between_its_ends(explorer: Explorer) -> None:
    ends = sorted((explorer.entity("Skald 2"), explorer.entity("H100")))
    key = "-".join(map(str, ends))
    click_at(explorer, explorer.run("return explorer.drawing.lineToPage(arguments[0])", key))
    assert "trained on" in explorer.text("#panel .triple")
    assert quotes(explorer) == ["It was trained on H100s"]
    facts = explorer.text("#panel .facts-list")
    for words in ("Stated as a fact", "93 %", "A sentence of the guide", "syntax"):
        assert words in facts


def test_a_wikidata_link_is_a_plain_link(explorer: Explorer) -> None:
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Bergen"))
    link = explorer.run(
        "const a = document.querySelector('#panel .links a');"
        "return [a.getAttribute('href'), a.rel, a.target]"
    )
    assert link == ["https://www.wikidata.org/wiki/Q26793", "noopener noreferrer", "_blank"]


def test_a_passage_is_shown_in_the_guides_text(explorer: Explorer) -> None:
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Grace Lund"))
    assert "no relation to another name" not in explorer.text("#panel")
    explorer.run("document.querySelector('#panel .jump').click()")
    assert "".join(explorer.texts("#view-guide .passage")) == "Ada Holm met Grace Lund 🎙 in Bergen."
    assert explorer.run("return document.querySelector('#view-guide').hidden") is False
    assert "What did not happen" in explorer.texts("#view-guide h3")


def test_class_filters_change_what_is_drawn(explorer: Explorer) -> None:
    before = explorer.drawn()
    box = (
        "const d = JSON.parse(document.getElementById('data').textContent);"
        "const n = d.classes.findIndex((c) => c.name === arguments[0]);"
        "document.querySelector(`[data-filter=hiddenClasses] [data-number='${n}']`).click()"
    )
    explorer.run(box, "Model")
    assert before - explorer.drawn() == {"Skald", "Skald 2", "Skald 3", "Borealis 3"}
    assert "hide=Model" in explorer.run("return location.hash")
    assert explorer.run("return document.activeElement.type") in ("checkbox", None)
    explorer.run(box, "Model")
    assert explorer.drawn() == before


def test_relation_filters_change_what_is_drawn(explorer: Explorer) -> None:
    explorer.run(
        "[...document.querySelectorAll('[data-filter=hiddenRelations] .choice')]"
        ".find((c) => c.querySelector('.name').textContent === 'trained on')"
        ".querySelector('.only').click()"
    )
    assert explorer.drawn() == {"Skald 2", "H100"}


def test_what_is_no_fact_is_drawn_dashed_on_demand(explorer: Explorer) -> None:
    before = set(explorer.run("return explorer.drawing.lines()"))
    explorer.run("document.querySelector('[data-switch=unsure]').click()")
    after = set(explorer.run("return explorer.drawing.lines()"))
    assert len(after - before) == 2  # the third runs along a line that is there already
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Skald 3"))
    assert "Denied" in explorer.text("#panel .badge")
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Borealis 3"))
    assert "Background" in explorer.texts("#panel .badge")


def test_focus_reaches_one_two_or_three_steps(explorer: Explorer) -> None:
    explorer.open("#e=hardware/h100")
    shown = []
    for steps in (1, 2, 3):
        explorer.run(f"document.querySelector('input[name=steps][value=\"{steps}\"]').click()")
        time.sleep(0.5)
        shown.append({box["text"] for box in explorer.run("return explorer.drawing.labels()")})
    assert "Skald 2" in shown[0]
    assert "Halden Labs" not in shown[0]
    assert "Halden Labs" in shown[1]
    assert shown[0] < shown[1] < shown[2]


def fact_graph(graph: networkx.MultiDiGraph) -> networkx.Graph:
    facts = networkx.Graph()
    facts.add_nodes_from(n for n, data in graph.nodes(data=True) if data["type"] != "Episode")
    facts.add_edges_from((a, b) for a, b, data in graph.edges(data=True) if is_fact(data))
    return facts.subgraph(n for n, data in graph.nodes(data=True) if data["type"] != "Episode")


def test_a_path_is_as_short_as_networkx_finds(
    explorer: Explorer, small_graph: networkx.MultiDiGraph
) -> None:
    facts = fact_graph(small_graph)
    numbers = explorer.run(
        "const d = JSON.parse(document.getElementById('data').textContent);"
        "return Object.fromEntries(d.entities.map((e, n) => [d.base + e.id, n]))"
    )
    for a, b in itertools.combinations(sorted(facts), 2):
        found = explorer.run(
            "const p = explorer.shortestPath(arguments[0], arguments[1], false);"
            "return p && p.length",
            numbers[a],
            numbers[b],
        )
        expected = (
            networkx.shortest_path_length(facts, a, b) if networkx.has_path(facts, a, b) else None
        )
        assert found == expected, (a, b)


def test_a_path_is_told_in_sentences(explorer: Explorer) -> None:
    explorer.open("#path=person/ada-holm,hardware/h100")
    assert "3 steps" in explorer.text("#path-result")
    assert len(explorer.texts("#path-result .triple")) == 3
    for quote in quotes(explorer):
        assert quote in EPISODE_TEXT
    explorer.open("#path=topic/scaling-laws,hardware/h100")
    assert "No chain of stated relations" in explorer.text("#path-result")


STATES = (
    "#e=model/skald-2&steps=2",
    "#e=model/skald-2&view=table&tab=entities&sort=-named",
    "#path=person/ada-holm,hardware/h100",
    "#pair=model/skald-2,hardware/h100&view=guide",
    "#hide=Model,Place&without=develops&also=unsure,episode",
    "#view=table&sort=-sentence",
)


@pytest.mark.parametrize("hash_", STATES)
def test_a_state_reopens_from_its_address(explorer: Explorer, hash_: str) -> None:
    def seen() -> tuple[Any, ...]:
        return (
            explorer.text("#panel"),
            explorer.text("#view-table"),
            explorer.text("#filters-body"),
            sorted(explorer.drawn()),
            explorer.run("return [...document.querySelectorAll('input')].map((i) => i.checked)"),
        )

    explorer.open(hash_)
    first = seen()
    explorer.run("explorer.go({})")
    assert sorted(explorer.run("return location.hash").lstrip("#").split("&")) == sorted(
        hash_.lstrip("#").split("&")
    )
    explorer.open(explorer.run("return location.hash"))
    assert seen() == first


@pytest.mark.parametrize(
    "hash_", ["#e=nobody", "#pair=a,b", "#path=%E0%A4%A", "#view=x&page=-1", "#in=q&at=q,1,2", "#="]
)
def test_an_unknown_address_is_ignored(explorer: Explorer, hash_: str) -> None:
    explorer.open(hash_)
    assert explorer.text("#panel h2") in ("At a glance", "How are two linked?")
    assert "Skald 2" in explorer.drawn()


def test_the_browsers_back_button_goes_back(explorer: Explorer) -> None:
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Skald 2"))
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Bergen"))
    explorer.driver.back()
    time.sleep(0.3)
    assert explorer.text("#panel h2") == "Skald 2"


def test_tables_sort_and_are_announced_as_such(explorer: Explorer) -> None:
    press(explorer, "t")
    head = "table thead th"
    assert explorer.run(f"return document.querySelector('{head}').scope") == "col"
    assert "relations" in explorer.text("table caption")
    explorer.run("document.querySelector('[data-sort=object]').click()")
    column = explorer.texts("table tbody td:nth-child(3) .entity span")
    plain = [name for name in column if name[0].isascii() and name[0].isalpha()]
    assert plain == sorted(plain, key=str.casefold)
    assert len(set(plain)) > 5
    sort = "return document.querySelector('[data-sort=object]').closest('th').ariaSort"
    assert explorer.run(sort) == "ascending"
    explorer.run("document.querySelector('[data-sort=object]').click()")
    assert explorer.run(sort) == "descending"
    assert explorer.texts("table tbody td:nth-child(3) .entity span")[0] == column[-1]


def test_long_tables_come_in_pages(explorer_of: Any, small_graph: networkx.MultiDiGraph) -> None:
    base = "https://w3id.org/episode-kg/id/topic/"
    for number in range(450):
        small_graph.add_node(f"{base}{number}", type="Topic", label=f"Topic {number:03}")
    explorer = explorer_of(small_graph, "#view=table&tab=entities&sort=name&page=3")
    assert len(explorer.texts("table tbody tr")) == len(small_graph) - 400
    assert len(explorer.drawn()) == 300
    assert "page 3 of 3" in explorer.text("table caption")
    explorer.run("explorer.go({entity: arguments[0], view: 'graph'})", explorer.entity("Topic 449"))
    assert "Topic 449" in explorer.drawn()
    assert explorer.complaints() == []


def test_arrow_keys_walk_along_the_lines(explorer: Explorer) -> None:
    explorer.open("#e=hardware/h100")
    explorer.run("document.getElementById('stage').focus()")
    seen = set()
    for key in (Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_DOWN):
        press(explorer, key)
        seen.add(explorer.text("#panel h2"))
    assert "Skald 2" in seen


def test_selection_is_said_to_screen_readers(explorer: Explorer) -> None:
    explorer.run("explorer.go({entity: arguments[0]})", explorer.entity("Skald 2"))
    assert explorer.text("#live").startswith("Skald 2, Model, ")


def test_landmarks_and_names_are_there(explorer: Explorer) -> None:
    unnamed = explorer.run(
        "return [...document.querySelectorAll('button, a[href], input, select, [role=tab]')]"
        ".filter((e) => !(e.textContent.trim() || e.ariaLabel || e.labels?.length))"
        ".map((e) => e.outerHTML)"
    )
    assert unnamed == []
    for landmark in ("header", "main", "aside", "footer", "[role=search]"):
        assert explorer.texts(landmark), landmark


def test_dark_colours_follow_the_system_and_the_switch(explorer: Explorer) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = explorer.run(ground)
    media = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    explorer.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    try:
        dark = explorer.run(ground)
        assert dark != light
        explorer.run("document.getElementById('theme').click()")
        assert explorer.run(ground) == light
    finally:
        explorer.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_phone_needs_no_sideways_scrolling(explorer: Explorer) -> None:
    explorer.size(390, 844)
    for hash_ in ("", "#e=model/skald-2", "#view=table", "#view=guide", *STATES[2:4]):
        explorer.open(hash_)
        assert explorer.run("return document.documentElement.scrollWidth") == 390, hash_
    assert explorer.run("return document.getElementById('filters').open") is False
    small = explorer.run(
        "return [...document.querySelectorAll('button, select, summary, [role=tab]')]"
        ".filter((e) => e.offsetParent && e.getBoundingClientRect().height < 24)"
        ".map((e) => e.textContent)"
    )
    assert small == []


def test_hostile_text_never_runs(explorer_of: Any) -> None:
    explorer = explorer_of(hostile_graph())
    for state in (
        "{entity: 0}",
        "{entity: 1, steps: 3}",
        "{entity: null, pair: explorer.drawing.lines()[0].split('-').map(Number)}",
        "{pair: null, path: [0, 3]}",
        "{path: null, view: 'table', tab: 'relations'}",
        "{tab: 'entities', sort: '-name'}",
        "{view: 'guide', passage: {episode: 0, start: 6, length: 60}}",
        "{view: 'graph', star: true, unsure: true}",
    ):
        explorer.run(f"explorer.go({state})")
        time.sleep(0.1)
    press(explorer, "/")
    press(explorer, *"alias")
    assert explorer.texts("#search [role=option]")
    press(explorer, Keys.ENTER)
    assert explorer.run("return window.__x === undefined")
    assert explorer.run("return document.querySelectorAll('img, b svg, iframe').length") == 0
    links = explorer.run("return [...document.links].map((a) => a.getAttribute('href'))")
    assert links
    assert all(link.startswith("#") for link in links)
    assert explorer.complaints() == []


def test_an_empty_graph_opens(explorer_of: Any) -> None:
    explorer = explorer_of(networkx.MultiDiGraph())
    assert explorer.text("h1") == "Knowledge graph"
    for view in ("table", "guide", "graph"):
        explorer.run("explorer.go({view: arguments[0]})", view)
    assert explorer.complaints() == []


def test_without_script_the_statements_can_be_read(explorer: Explorer) -> None:
    explorer.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        explorer.open()
        page = explorer.driver.find_element("css selector", ".plain").text
        assert "Ada Holm — works for — Halden Labs" in page
        assert not explorer.driver.find_element("id", "work").is_displayed()
    finally:
        explorer.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        explorer.open()
