"""``kg evaluate``: the report in its three forms."""

import json
from pathlib import Path

import pytest

from kg.cli.evaluate import MOST
from kg.ontology import load_ontology
from tests.cli.conftest import Run
from tests.evaluation.built import graph, write_built
from tests.scored import write_json, write_scored_documents


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    return write_scored_documents(tmp_path)


def test_text_report(run: Run, folders: tuple[Path, Path]) -> None:
    result = run("evaluate", *folders, "--details")
    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
entities, by document      P      R     F1  right  false missed
one                    0.667  0.667  0.667      2      1      1
two                    1.000  1.000  1.000      1      0      0

relations, by document      P      R     F1  right  false missed
one                     0.500  0.500  0.500      1      1      1
two                     0.000  0.000  0.000      0      0      0

entities, by class      P      R     F1  right  false missed
Model               0.500  0.500  0.500      1      1      1
Organization        1.000  1.000  1.000      1      0      0
Person              1.000  1.000  1.000      1      0      0

relations, by relation      P      R     F1  right  false missed
develops                0.000  0.000  0.000      0      1      1
worksFor                1.000  1.000  1.000      1      0      0

entities, mistakes  times  for example
false Model             1  Beta
Model missed            1  Alpha

relations, mistakes                    times  for example
false develops, an end is not in gold      1  EIA develops Beta
develops missed, with an end               1  EIA develops Alpha

total          P      R     F1  right  false missed
entities   0.750  0.750  0.750      3      1      1
relations  0.500  0.500  0.500      1      1      1

one
  + entity Model: 'Beta' (not in gold)
  - entity Model: 'Alpha'
  + relation 'EIA' develops 'Beta'
  - relation 'EIA' develops 'Alpha'

two
"""
    )


def test_json_report_is_unrounded(run: Run, folders: tuple[Path, Path]) -> None:
    result = run("evaluate", *folders, "--format", "json", "--details")
    report = json.loads(result.stdout)
    assert report["documents"]["one"]["entities"]["precision"] == 2 / 3
    assert report["documents"]["one"]["differences"][0] == "+ entity Model: 'Beta' (not in gold)"
    assert report["total"]["by_relation"]["worksFor"]["right"] == 1
    assert report["total"]["entities"] == {
        "precision": 0.75,
        "recall": 0.75,
        "f1": 0.75,
        "right": 3,
        "false": 1,
        "missed": 1,
    }


def test_json_report_has_the_mistakes(run: Run, folders: tuple[Path, Path]) -> None:
    report = json.loads(run("evaluate", *folders, "--format", "json").stdout)
    assert report["mistakes"]["entities"] == [
        {"gold": "", "read": "false Model", "times": 1, "examples": ["Beta"]},
        {"gold": "Model", "read": "missed", "times": 1, "examples": ["Alpha"]},
    ]
    assert len(report["mistakes"]["relations"]) == 2


def test_markdown_report(run: Run, folders: tuple[Path, Path]) -> None:
    lines = run("evaluate", *folders, "--format", "markdown", "--details").stdout.splitlines()
    assert lines[:3] == [
        "| entities, by document | P | R | F1 | right | false | missed |",
        "|---|---:|---:|---:|---:|---:|---:|",
        "| one | 0.667 | 0.667 | 0.667 | 2 | 1 | 1 |",
    ]
    assert "| relations | 0.500 | 0.500 | 0.500 | 1 | 1 | 1 |" in lines
    assert "| Model missed | 1 | Alpha |" in lines
    assert "- relation 'EIA' develops 'Alpha'" in lines


def test_report_with_a_missing_graph_fails_after_printing(
    run: Run, folders: tuple[Path, Path]
) -> None:
    (folders[1] / "two" / "graph.json").unlink()
    result = run("evaluate", *folders)
    assert result.exit_code == 1
    assert "one  " in result.stdout
    assert "holds no graph for two. Build each with" in result.stderr


def test_report_on_nothing_has_tables_without_rows(run: Run, tmp_path: Path) -> None:
    write_json(tmp_path / "gold" / "empty.json", {"entities": [], "relations": []})
    write_json(tmp_path / "graphs" / "empty" / "graph.json", {"nodes": [], "edges": []})
    result = run("evaluate", tmp_path / "gold", tmp_path / "graphs")
    assert result.exit_code == 0
    assert "entities   0.000  0.000  0.000      0      0      0" in result.stdout


def test_only_the_most_frequent_mistakes_are_printed_without_details(
    run: Run, tmp_path: Path
) -> None:
    kinds = list(load_ontology().relations)[: MOST + 5]
    entities = [{"id": e, "type": "Person", "names": [e]} for e in ("a", "b")]
    relations = [{"s": "a", "p": kind, "o": "b"} for kind in kinds]
    write_json(tmp_path / "gold" / "n.json", {"entities": entities, "relations": relations})
    write_json(tmp_path / "graphs" / "n" / "graph.json", {"nodes": [], "edges": []})
    for options, count in (((), MOST), (("--details",), len(kinds))):
        lines = run("evaluate", tmp_path / "gold", tmp_path / "graphs", *options).stdout
        assert lines.count(" missed, with an end ") == count


def test_name_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    entity = {"id": "e", "type": "Person", "names": ["\x1b[31mAda\nEve"]}
    write_json(tmp_path / "gold" / "n.json", {"entities": [entity], "relations": []})
    write_json(tmp_path / "graphs" / "n" / "graph.json", {"nodes": [], "edges": []})
    result = run("evaluate", tmp_path / "gold", tmp_path / "graphs")
    assert "\\x1b[31mAda Eve" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("name", ["report.html", "report.md", "REPORT.HTML", "new/report.md"])
def test_report_is_written_beside_the_printed_scores(run: Run, tmp_path: Path, name: str) -> None:
    folders = write_built(tmp_path)
    place = tmp_path / name
    result = run("evaluate", *folders, "--format", "json", "--report", place)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["total"]["entities"]["right"] == 2
    assert result.stderr == f"{place}\n"
    assert "worksFor" in place.read_text("utf-8")


def test_report_is_written_without_the_missing_graph(run: Run, tmp_path: Path) -> None:
    folders = write_built(tmp_path)
    write_json(folders[0] / "lonely.json", {"entities": [], "relations": []})
    result = run("evaluate", *folders, "--report", tmp_path / "out")
    assert result.exit_code == 1
    assert "holds no graph for lonely" in result.stderr
    assert "lonely" in (tmp_path / "out" / "evaluation.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("report.pdf", "There is no format of reports named '.pdf': choose from .html, .md."),
        ("file", "cannot be written"),
        ("file/report.md", "cannot be written"),
    ],
)
def test_report_that_cannot_be_written_is_refused_before_the_scores(
    run: Run, tmp_path: Path, place: str, message: str
) -> None:
    folders = write_built(tmp_path)
    (tmp_path / "file").write_bytes(b"mine")
    result = run("evaluate", *folders, "--report", tmp_path / place)
    assert result.exit_code == 1
    assert message in result.stderr
    assert result.stdout == ""
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_report_of_a_damaged_graph_fails_with_its_name(run: Run, tmp_path: Path) -> None:
    damaged = graph() | {"directed": False}
    folders = write_built(tmp_path, graph=damaged)
    assert run("evaluate", *folders).exit_code == 0  # the scores need less of it
    result = run("evaluate", *folders, "--report", tmp_path / "report.html")
    assert result.exit_code == 1
    assert "'directed' is not true" in result.stderr
    assert not (tmp_path / "report.html").exists()
