"""The report: what it shows, in both formats, and that hostile text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError, OutputError, UnknownNameError
from kg.evaluation import evaluate
from kg.evaluation.markdown import escape
from kg.evaluation.page import LETTERS, WORDS
from kg.evaluation.report import FORMATS, write_report
from kg.ontology import load_ontology
from tests.evaluation.built import EPISODE, GOLD, TEXT, graph, write_built
from tests.explorer.hostile import ATTACKS
from tests.explorer.page_parts import Page
from tests.scored import write_json

ONTOLOGY = load_ontology()


def written(folders: tuple[Path, Path], place: Path) -> str:
    result = evaluate(*folders, ONTOLOGY)
    (path,) = write_report(result, *folders, place)
    assert path == place
    return path.read_text("utf-8")


def text_of(html: str) -> str:
    return " ".join(" ".join(Page(html).words).split())


@pytest.fixture
def html(tmp_path: Path) -> str:
    return written(write_built(tmp_path), tmp_path / "report.html")


@pytest.fixture
def markdown(tmp_path: Path) -> str:
    return written(write_built(tmp_path), tmp_path / "report.md")


def marks(html: str) -> list[tuple[str, str]]:
    """Return each marked piece with its kinds."""
    return re.findall(r'<mark class="mark ([a-z ]+)"[^>]*>([^<]*)</mark>', html)


def test_page_shows_the_text_with_its_marks(html: str) -> None:
    shown = html[html.index('<div class="text">') : html.index("<h3>Entities")]
    shown = re.sub(r"<(sup|span)[^>]*>[^<]*</\1>", "", shown)
    assert TEXT in " ".join(re.sub("<[^>]+>", "", shown).split())
    assert marks(html) == [
        ("hit", "Alpha"),
        ("hit", "Institute"),
        ("false missed", "Beta"),  # of the wrong class
        ("missed", "Gamma"),
        ("missed", "gamma"),
        ("false", "Epsilon"),
        ("hit", "Institute"),
        ("false missed", "Beta"),
    ]


def test_marks_differ_by_letter_and_line_and_not_only_by_colour(html: str) -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
    style = Page(html).raw["style"][0]
    lines = {
        verdict: re.search(rf"\.mark\.{verdict} \{{.*(solid|wavy|dashed)", style)
        for verdict in LETTERS
    }
    assert len({line.group(1) for line in lines.values() if line}) == len(LETTERS)
    for verdict, letter in LETTERS.items():
        assert f'<sup class="tag {verdict}" aria-hidden="true">{letter}' in html
        assert f" ({WORDS[verdict]}: " in html  # for a reader who hears it
        assert f'id="show-{verdict}"' in html


def test_page_lists_what_stands_nowhere_in_the_text(html: str) -> None:
    listed = html[html.index("Nowhere in the text") : html.index("<h3>Entities")]
    assert "Delta" in listed
    assert "Gamma" not in listed


def test_page_lists_relations_with_their_evidence(html: str) -> None:
    words = text_of(html[html.index("<h3>Relations") :])
    assert "missed Institute develops Beta The Institute made Beta" in words
    assert "missed Institute develops Gamma what the gold quotes" in words
    assert "false alarm Institute uses Beta The Institute made Beta." in words
    assert "hit Alpha worksFor Institute Alpha of the Institute uses Beta." in words


def test_page_has_the_tables(html: str) -> None:
    words = text_of(html)
    assert "Model 0.000 0.000 0.000 0 1 3" in words
    assert "develops 0.000 0.000 0.000 0 0 2" in words
    assert "worksFor 1.000 1.000 1.000 1 0 0" in words
    assert "Model read as Product 1 Beta" in words
    assert "develops read as uses 1 Institute develops Beta" in words


def test_markdown_has_the_tables(markdown: str) -> None:
    lines = markdown.splitlines()
    assert lines[0] == "# Evaluation"
    for line in (
        "| Model | 0.000 | 0.000 | 0.000 | 0 | 1 | 3 |",
        "| worksFor | 1.000 | 1.000 | 1.000 | 1 | 0 | 0 |",
        "| Model read as Product | 1 | Beta |",
        "| Beta | Model | **missed** | read as Product | 2 |",
        "| Beta | Product | **false alarm** | wrong class, gold Model | 2 |",
        "| Delta | Model | **missed** |  | not in the text |",
        "| Institute | develops | Gamma | **missed** | “what the gold quotes” |",
        "| Alpha | worksFor | Institute | hit | “Alpha of the Institute uses Beta.” |",
    ):
        assert line in lines


def test_policy_lets_only_the_style_of_the_page_work(html: str) -> None:
    page = Page(html)
    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    digest = hashlib.sha256(page.raw["style"][0].encode()).digest()
    assert rules["default-src"] == rules["script-src"] == "'none'"
    assert rules["style-src"] == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert not page.raw["script"]
    assert not [a for _, a in page.tags if "style" in a]  # the policy would refuse it


def test_page_asks_nothing_of_the_network(html: str) -> None:
    for tag, attributes in Page(html).tags:
        for name, value in attributes.items():
            if name in ("src", "href", "action", "srcset"):
                assert value == "data:,", f"<{tag} {name}={value}>"
    assert not re.search(r"@import|url\(", " ".join(Page(html).raw["style"]))


def hostile(tmp_path: Path) -> tuple[Path, Path]:
    """Put an attack in every text of the annotation and of the graph."""
    everything = " ".join(ATTACKS)
    built = graph(everything)
    built["nodes"] = built["nodes"][:1]
    entities = []
    for number, attack in enumerate(ATTACKS):
        start = everything.index(attack)
        place = {"episode": EPISODE, "start": start, "end": start + len(attack), "text": attack}
        built["nodes"].append(
            {"id": attack, "type": attack, "label": attack, "aliases": [], "mentions": [place]}
        )
        entities.append({"id": f"e{number}", "type": attack, "names": [f"x{attack}", attack]})
    said = {"episode": EPISODE, "start": 0, "end": len(everything), "text": everything}
    built["edges"] = [
        {"source": a, "target": b, "key": "uses", "relation": "uses", "evidence": [said]}
        for a, b in pairwise(ATTACKS)
    ]
    # The last is missed.
    entities[-1] |= {"names": [f"{ATTACKS[-1]} unheard"]}
    relations = [
        {"s": "e0", "p": "develops", "o": f"e{number}", "evidence": attack}
        for number, attack in enumerate(ATTACKS)
        if number
    ]
    gold = {"entities": entities, "relations": relations}
    return write_built(tmp_path, "two'\"><img src=x>", gold=gold, graph=built)


def test_hostile_text_stays_text_in_the_page(tmp_path: Path) -> None:
    html = written(hostile(tmp_path), tmp_path / "report.html")
    page = Page(html)
    assert not {tag for tag, _ in page.tags} & {"img", "svg", "script", "iframe", "a"}
    assert not [name for _, a in page.tags for name in a if name.startswith("on")]
    titles = " ".join(a.get("title", "") for _, a in page.tags)
    words = " ".join(page.words)
    for attack in ATTACKS:
        assert attack in words
        assert attack in titles or attack == ATTACKS[-1]
    assert "two'\"><img src=x>" in words


def test_hostile_text_stays_text_in_markdown(tmp_path: Path) -> None:
    text = written(hostile(tmp_path), tmp_path / "report.md").replace("<br>", "")
    assert not re.search(r"(?<!\\)[<>]", text)
    assert not re.search(r"(?<!\\)[\[\]`]", text)
    columns = [len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if "|" in line]
    assert set(columns) == {8, 4, 6}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b\\|c", r"a\|b\\\|c"),
        ("one\n\n# two", r"one \# two"),
        ("<b>*x*</b> `y`", r"\<b\>\*x\*\</b\> \`y\`"),
        (
            "https://e.example www.e.example a@b.example",
            r"https:\//e.example www\.e.example a\@b.example",
        ),
        ("\x1b[31m \ud800", "\ufffd\\[31m \ufffd"),
        ("&lt; $x$", r"\&lt; \$x\$"),
    ],
)
def test_markup_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


def test_half_a_character_is_no_reason_to_fail(tmp_path: Path) -> None:
    gold = {"entities": [{"id": "e", "type": "Person", "names": ["A\ud800"]}], "relations": []}
    folders = write_built(tmp_path, gold=gold)
    for suffix in FORMATS:
        assert "A" in written(folders, tmp_path / f"report{suffix}")


@pytest.mark.parametrize("suffix", FORMATS)
def test_empty_gold_and_empty_graph(tmp_path: Path, suffix: str) -> None:
    empty = {"directed": True, "multigraph": True, "nodes": [], "edges": []}
    gold: dict[str, Any] = {"entities": [], "relations": []}
    text = written(write_built(tmp_path, gold=gold, graph=empty), tmp_path / f"report{suffix}")
    assert "neither annotated nor found" in text
    assert "0.000" in text
    assert "istakes" not in text


def test_graph_without_its_text_says_so(tmp_path: Path) -> None:
    built = graph()
    built["nodes"] = [node for node in built["nodes"] if node["type"] != "Episode"]
    for node in built["nodes"]:
        node["mentions"] = []
    html = written(write_built(tmp_path, graph=built), tmp_path / "report.html")
    assert "The graph holds no text of the guide." in html
    assert not marks(html)


@pytest.mark.parametrize("suffix", FORMATS)
def test_document_without_a_graph_is_named(tmp_path: Path, suffix: str) -> None:
    folders = write_built(tmp_path)
    write_json(folders[0] / "lonely.json", GOLD)
    text = written(folders, tmp_path / f"report{suffix}")
    assert "Without a graph, and left out:" in text
    assert "lonely" in text


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_graph_at_all_still_makes_a_report(tmp_path: Path, suffix: str) -> None:
    folders = write_built(tmp_path)
    (folders[1] / "one" / "graph.json").unlink()
    assert "Without a graph" in written(folders, tmp_path / f"report{suffix}")


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    folders = write_built(tmp_path)
    for suffix in FORMATS:
        first = written(folders, tmp_path / f"a{suffix}")
        assert written(folders, tmp_path / f"b{suffix}") == first
        assert str(tmp_path) not in first


@pytest.mark.parametrize("name", ["out", "new/out", "dotted.folder"])
def test_folder_gets_both_formats(tmp_path: Path, name: str) -> None:
    folders = write_built(tmp_path)
    if "." in name:
        (tmp_path / name).mkdir()
    paths = write_report(evaluate(*folders, ONTOLOGY), *folders, tmp_path / name)
    assert [path.name for path in paths] == ["evaluation.html", "evaluation.md"]
    assert all(path.parent == tmp_path / name and path.is_file() for path in paths)


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    folders = write_built(tmp_path)
    with pytest.raises(UnknownNameError, match=r"no format of reports named '\.pdf'"):
        write_report(evaluate(*folders, ONTOLOGY), *folders, tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()


def test_nothing_is_replaced_where_one_file_cannot_be(tmp_path: Path) -> None:
    folders = write_built(tmp_path)
    out = tmp_path / "out"
    (out / "evaluation.md").mkdir(parents=True)
    (out / "evaluation.html").write_text("old")
    with pytest.raises(OutputError, match="a folder of this name"):
        write_report(evaluate(*folders, ONTOLOGY), *folders, out)
    assert (out / "evaluation.html").read_text() == "old"


@pytest.mark.parametrize("end", [len(TEXT) + 1, 0, -1])
def test_mention_outside_the_text_is_refused(tmp_path: Path, end: int) -> None:
    built = graph()
    built["nodes"][1]["mentions"][0] |= {"start": 0, "end": end}
    folders = write_built(tmp_path, graph=built)
    with pytest.raises(GraphError, match=r"where it has no text\. Build it again"):
        written(folders, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_ends_of_a_symmetric_relation_find_their_quotation(tmp_path: Path) -> None:
    gold = GOLD | {
        "relations": [{"s": "lab", "p": "competesWith", "o": "alpha", "evidence": "rivals"}]
    }
    assert "“rivals”" in written(write_built(tmp_path, gold=gold), tmp_path / "r.md")
