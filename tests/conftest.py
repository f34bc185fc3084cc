"""Fixtures that more than one test module uses."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import networkx
import pytest

from kg.iri import episode_iri, mint, quote_iri

EPISODE_TITLE = "#12 – Small Models & <b>Bold</b> Claims"
EPISODE_TEXT = f"""{EPISODE_TITLE}

The Queue

Published
March 3, 2026
Duration
1h 5m

Guests

Ada Holm is the head of research at Halden Labs and the author of Thinking in Queues.
Łukasz Öst hosts The Queue.

Models

Halden Labs, based in Bergen, released Skald 2, a member of the Skald family.
Skald 2 uses Mixture of Experts (MoE), and MoE reduces the KV cache.
It was trained on H100s and reaches 71.5% on MMLU, where Skald 2 beats Borealis 3 from 北京 Lab.
Halden Labs competes with Nordlys <script>alert("R&D")</script>.
Skald 2 is the work of Halden Labs alone.

What did not happen

Halden Labs has not released Skald 3. Nordlys is expected to buy Halden Labs.
Ada Holm met Grace Lund 🎙 in Bergen.

“Simple beats clever.”
— Ada Holm

Themes

scaling laws
"""
EPISODE = episode_iri("The Queue", "12", EPISODE_TITLE, "")
QUOTE = quote_iri(EPISODE, "Simple beats clever.")
NORDLYS = 'Nordlys <script>alert("R&D")</script>'

# Class, label, aliases, and every spelling by which the text names it.
_ENTITIES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Series", "The Queue", (), ("The Queue",)),
    ("Person", "Ada Holm", (), ("Ada Holm",)),
    ("Person", "Łukasz Öst", (), ("Łukasz Öst",)),
    ("Person", "Grace Lund 🎙", (), ("Grace Lund 🎙",)),
    ("Lab", "Halden Labs", (), ("Halden Labs",)),
    ("Organization", NORDLYS, ("Nordlys",), ("Nordlys",)),
    ("Organization", "北京 Lab", (), ("北京 Lab",)),
    ("Model", "Skald", (), ("Skald family",)),
    ("Model", "Skald 2", (), ("Skald 2",)),
    ("Model", "Skald 3", (), ("Skald 3",)),
    ("Model", "Borealis 3", (), ("Borealis 3",)),
    ("Architecture", "Mixture of Experts", ("MoE",), ("Mixture of Experts", "MoE")),
    ("Architecture", "KV cache", (), ("KV cache",)),
    ("Hardware", "H100", ("H100s",), ("H100s",)),
    ("Benchmark", "MMLU", (), ("MMLU",)),
    ("Work", "Thinking in Queues", (), ("Thinking in Queues",)),
    ("Place", "Bergen", (), ("Bergen",)),
    ("Topic", "scaling laws", (), ("scaling laws",)),
)
_SAME_AS = {"Bergen": ["http://www.wikidata.org/entity/Q26793"]}

# Subject, relation, object, the words that say it, and what differs from an asserted statement.
_STATEMENTS: tuple[tuple[str, str, str, tuple[str, ...], dict[str, Any]], ...] = (
    (
        "Ada Holm",
        "worksFor",
        "Halden Labs",
        ("Ada Holm is the head of research at Halden Labs and the author of Thinking in Queues.",),
        {"phrase": "head of research at", "literals": {"role": "head of research"}},
    ),
    (
        "Ada Holm",
        "authorOf",
        "Thinking in Queues",
        ("Ada Holm is the head of research at Halden Labs and the author of Thinking in Queues.",),
        {"phrase": "author of"},
    ),
    ("Łukasz Öst", "hostOf", "The Queue", ("Łukasz Öst hosts The Queue.",), {"phrase": "hosts"}),
    (
        "Halden Labs",
        "develops",
        "Skald 2",
        (
            "Halden Labs, based in Bergen, released Skald 2, a member of the Skald family.",
            "Skald 2 is the work of Halden Labs alone.",
        ),
        {"phrase": "released", "literals": {"date": "2026-02-28"}},
    ),
    (
        "Halden Labs",
        "locatedIn",
        "Bergen",
        ("Halden Labs, based in Bergen, released Skald 2, a member of the Skald family.",),
        {"phrase": "based in"},
    ),
    (
        "Skald 2",
        "variantOf",
        "Skald",
        ("Halden Labs, based in Bergen, released Skald 2, a member of the Skald family.",),
        {"phrase": "member of"},
    ),
    (
        "Skald 2",
        "uses",
        "Mixture of Experts",
        ("Skald 2 uses Mixture of Experts (MoE), and MoE reduces the KV cache.",),
        {"phrase": "uses"},
    ),
    (
        "Mixture of Experts",
        "reduces",
        "KV cache",
        ("Skald 2 uses Mixture of Experts (MoE), and MoE reduces the KV cache.",),
        {"phrase": "reduces", "confidence": 0.71},
    ),
    ("Skald 2", "trainedOn", "H100", ("It was trained on H100s",), {"phrase": "trained on"}),
    (
        "Skald 2",
        "evaluatedOn",
        "MMLU",
        ("reaches 71.5% on MMLU",),
        {"phrase": "reaches on", "literals": {"score": "71.5%"}},
    ),
    ("Skald 2", "outperforms", "Borealis 3", ("Skald 2 beats Borealis 3",), {"phrase": "beats"}),
    ("北京 Lab", "develops", "Borealis 3", ("Borealis 3 from 北京 Lab",), {"phrase": "from"}),
    (
        "Halden Labs",
        "competesWith",
        NORDLYS,
        ('Halden Labs competes with Nordlys <script>alert("R&D")</script>.',),
        {"phrase": "competes with"},
    ),
    (
        "Halden Labs",
        "develops",
        "Skald 3",
        ("Halden Labs has not released Skald 3.",),
        {"phrase": "released", "modality": "negated", "key": "develops:0c1f"},
    ),
    (
        NORDLYS,
        "acquires",
        "Halden Labs",
        ("Nordlys is expected to buy Halden Labs.",),
        {"phrase": "buy", "modality": "predicted", "key": "acquires:77ab"},
    ),
    (
        "Ada Holm",
        "relatedTo",
        "Grace Lund 🎙",
        ("Ada Holm met Grace Lund 🎙 in Bergen.",),
        {"phrase": "met", "origin": "open", "confidence": 0.5},
    ),
    (
        "Borealis 3",
        "uses",
        "Mixture of Experts",
        (),
        {"origin": "background", "confidence": 0.8, "voice": "lexicon"},
    ),
)


@pytest.fixture
def small_graph() -> networkx.MultiDiGraph:
    """A graph of one invented episode, with every kind of node and edge, in graph.json's form."""
    return make_small_graph()


@pytest.fixture
def small_graph_file(tmp_path: Path) -> Path:
    """The small graph as a graph.json in a folder of its own."""
    path = tmp_path / "exports" / "graph.json"
    path.parent.mkdir(exist_ok=True)
    document = networkx.node_link_data(make_small_graph(), edges="edges")
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def make_small_graph() -> networkx.MultiDiGraph:
    """Build the small graph anew, for tests that need it where no fixture reaches."""
    graph = networkx.MultiDiGraph(generator="kg 0.1.0", ontology="0.1.0")
    graph.add_node(
        EPISODE,
        type="Episode",
        label=EPISODE_TITLE,
        aliases=[],
        origin="layout",
        confidence=1.0,
        sameAs=[],
        mentions=_mentions("#12"),
        source="the-queue-12.txt",
        sha256=hashlib.sha256(EPISODE_TEXT.encode()).hexdigest(),
        title=EPISODE_TITLE,
        series="The Queue",
        number="12",
        published="2026-03-03",
        duration="PT1H5M",
        text=EPISODE_TEXT,
        sections=[
            _section("Guests", "Models"),
            _section("Models", "What did not happen"),
            _section("What did not happen", "Themes"),
            _section("Themes", ""),
        ],
    )
    iris = {label: mint(_root(class_), label) for class_, label, _, _ in _ENTITIES}
    for class_, label, aliases, spellings in _ENTITIES:
        graph.add_node(
            iris[label],
            type=class_,
            label=label,
            aliases=sorted(aliases),
            origin="text",
            confidence=0.9,
            sameAs=_SAME_AS.get(label, []),
            mentions=sorted(
                (m for spelling in spellings for m in _mentions(spelling)),
                key=lambda mention: mention["start"],
            ),
        )
    graph.add_node(
        QUOTE,
        type="Quote",
        label="“Simple beats clever.”",
        aliases=[],
        origin="layout",
        confidence=1.0,
        sameAs=[],
        mentions=[],
        text="Simple beats clever.",
    )
    for subject, relation, object_, words, rest in _STATEMENTS:
        _add_edge(graph, iris[subject], relation, iris[object_], words, **rest)
    ada = iris["Ada Holm"]
    for subject, relation, object_, words in (
        (ada, "guestOf", EPISODE, ("Ada Holm is the head of research at Halden Labs",)),
        (ada, "said", QUOTE, ("“Simple beats clever.”\n— Ada Holm",)),
        (EPISODE, "partOfSeries", iris["The Queue"], ("The Queue",)),
        (EPISODE, "about", iris["scaling laws"], ("scaling laws",)),
    ):
        _add_edge(graph, subject, relation, object_, words, origin="layout")
    for iri in sorted(iris.values()):
        mentions = graph.nodes[iri]["mentions"]
        literals = {"count": str(len(mentions)), "salience": "0.5"}
        words = (mentions[0]["text"],)
        _add_edge(graph, EPISODE, "discusses", iri, words, voice="mentions", literals=literals)
    return graph


def _root(class_: str) -> str:
    return "Organization" if class_ == "Lab" else class_


def _mentions(spelling: str) -> list[dict[str, Any]]:
    found = []
    start = EPISODE_TEXT.find(spelling)
    while start >= 0:
        end = start + len(spelling)
        found.append({"episode": EPISODE, "start": start, "end": end, "text": spelling})
        start = EPISODE_TEXT.find(spelling, end)
    assert found, f"the text does not say {spelling}"
    return found


def _section(title: str, following: str) -> dict[str, Any]:
    start = EPISODE_TEXT.index(f"\n{title}\n") + 1
    end = EPISODE_TEXT.index(f"\n{following}\n") + 1 if following else len(EPISODE_TEXT)
    return {"start": start, "end": end, "title": title, "level": 1}


def _evidence(words: str) -> dict[str, Any]:
    start = EPISODE_TEXT.index(words)
    headings = ("Guests", "Models", "What did not happen", "Themes")
    before = [title for title in headings if EPISODE_TEXT.index(f"\n{title}\n") < start]
    section = before[-1] if before else ""
    place = {"episode": EPISODE, "start": start, "end": start + len(words)}
    return {**place, "text": words, "section": section}


def _add_edge(
    graph: networkx.MultiDiGraph,
    subject: str,
    relation: str,
    object_: str,
    words: tuple[str, ...],
    **rest: Any,
) -> None:
    attributes: dict[str, Any] = {
        "relation": relation,
        "origin": "text",
        "modality": "asserted",
        "confidence": 0.93,
        "phrase": "",
        "voice": "syntax",
        "literals": {},
        "evidence": sorted((_evidence(w) for w in words), key=lambda e: int(e["start"])),
    }
    graph.add_edge(subject, object_, key=rest.pop("key", relation), **(attributes | rest))
