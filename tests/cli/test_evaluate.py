"""``kg evaluate``: the report in its three forms."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
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


def test_markdown_report(run: Run, folders: tuple[Path, Path]) -> None:
    lines = run("evaluate", *folders, "--format", "markdown", "--details").stdout.splitlines()
    assert lines[:3] == [
        "| entities, by document | P | R | F1 | right | false | missed |",
        "|---|---:|---:|---:|---:|---:|---:|",
        "| one | 0.667 | 0.667 | 0.667 | 2 | 1 | 1 |",
    ]
    assert "| relations | 0.500 | 0.500 | 0.500 | 1 | 1 | 1 |" in lines
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
