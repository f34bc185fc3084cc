"""``kg query`` from the outside."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.cli.query import FORMATS
from kg.examples import load_examples
from kg.exporters import export
from kg.ontology import load_ontology
from tests.cli.conftest import Run
from tests.conftest import make_small_graph

MODELS = "SELECT ?lab ?model { ?lab kg:develops ?model } ORDER BY ?model"
ROWS = [
    ["organization:lab-x0e53076d83", "model:borealis-3"],
    ["organization:halden-labs", "model:skald-2"],
]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir(exist_ok=True)
    (folder / "graph.ttl").write_bytes(export("turtle", make_small_graph(), load_ontology()))
    return folder


def test_table_for_people(run: Run, graph: Path) -> None:
    result = run("query", MODELS, "--graph", graph)
    assert result.exit_code == 0
    head, rule, *rows = result.stdout.splitlines()
    assert head.split() == ["lab", "model"]
    assert set(rule) == {"─", " "}
    assert [row.split() for row in rows] == ROWS
    assert head.index("model") == rows[0].index("model:borealis-3")
    assert result.stderr == "2 rows\n"


def test_default_graph_is_that_of_the_exports_folder(
    run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graph.parent)
    assert run("query", MODELS).stdout == run("query", MODELS, "--graph", graph).stdout


def test_graph_json_answers_like_graph_ttl(
    run: Run, graph: Path, small_graph_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "graph.json").write_bytes(small_graph_file.read_bytes())
    for path in (tmp_path, tmp_path / "graph.json"):
        assert (
            run("query", MODELS, "--graph", path).stdout
            == run("query", MODELS, "--graph", graph).stdout
        )


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in ("table", "turtle")])
def test_formats_for_programs(run: Run, graph: Path, format_: str) -> None:
    result = run("query", MODELS, "--graph", graph, "--format", format_)
    assert (result.exit_code, result.stderr) == (0, "")
    if format_ in ("csv", "tsv"):
        dialect = "excel" if format_ == "csv" else "excel-tab"
        assert len(list(csv.reader(io.StringIO(result.stdout), dialect))) == 3
    elif format_ == "json":
        assert len(json.loads(result.stdout)["results"]["bindings"]) == 2
    else:
        found = ElementTree.fromstring(result.stdout).findall(".//{*}result")  # noqa: S314 (our output)
        assert len(found) == 2


def test_ask_and_construct(run: Run, graph: Path) -> None:
    assert run("query", "ASK { ?x a kg:Lab }", "--graph", graph).stdout == "yes\n"
    assert run("query", "ASK { ?x a kg:License }", "--graph", graph).stdout == "no\n"
    turtle = run("query", "DESCRIBE model:skald-2", "--graph", graph).stdout
    assert "model:skald-2 a " in turtle
    described = run("query", "DESCRIBE model:skald-2", "--graph", graph, "--format", "turtle")
    assert described.stdout == turtle


def test_query_from_a_file_and_from_stdin(run: Run, graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "models.rq"
    file.write_text(MODELS, "utf-8-sig")
    expected = run("query", MODELS, "--graph", graph).stdout
    assert run("query", "--file", file, "--graph", graph).stdout == expected
    assert run("query", "--file", "-", "--graph", graph, stdin=MODELS).stdout == expected
    file.write_bytes(b"\xff\xfe")
    result = run("query", "--file", file, "--graph", graph)
    assert result.exit_code == 1
    assert "is not text in UTF-8 (byte 0)" in result.stderr


def test_example_with_a_parameter(run: Run, graph: Path) -> None:
    arguments = ("--example", "models-by-lab", "--set", "lab=halden labs", "--graph", graph)
    result = run("query", *arguments, "--format", "csv")
    assert result.stdout.splitlines() == ["organization,model", "Halden Labs,Skald 2"]
    hostile = run(
        "query", "--example", "models-by-lab", "--set", 'lab=") SERVICE', "--graph", graph
    )
    assert (hostile.exit_code, hostile.stderr) == (0, "0 rows\n")


def test_examples_are_listed_with_what_they_need(run: Run) -> None:
    shown = run("query", "--list-examples").stdout
    for example in load_examples():
        assert f"{example.name}\n    {example.description}\n" in shown
    assert "    --set 'lab=DeepSeek'\n" in shown


def test_text_of_a_guide_does_not_command_the_terminal(run: Run, graph: Path) -> None:
    select = 'SELECT ("\\u001b[31mred\\u202e\\nnext" AS ?x) {}'
    assert run("query", select, "--graph", graph).stdout.splitlines()[2] == (
        "\\x1b[31mred\\u202e next"
    )


def test_unknown_term_is_warned_of_on_stderr(run: Run, graph: Path) -> None:
    result = run("query", "SELECT * { ?s kg:develop ?o }", "--graph", graph)
    assert result.exit_code == 0
    assert "Warning: the vocabulary has no kg:develop; did you mean kg:develops?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "exit_code", "message"),
    [
        ((), 2, "Give a query, or --file, or --example"),
        (("ASK {}", "--example", "episodes"), 2, "one of them"),
        (("ASK {}", "--set", "a=b"), 2, "--set is for the parameters of an --example"),
        (("--example", "models-by-lab", "--set", "lab"), 2, "'lab' is not NAME=VALUE"),
        (("--example", "model-by-lab"), 1, "did you mean 'models-by-lab'"),
        (("--example", "models-by-lab", "--set", "lob=x"), 1, "did you mean 'lab'"),
        (("SELECT * { ?s ?p }",), 1, "line 1, column 19"),
        (("DROP ALL",), 1, "read-only"),
        (("ASK {}", "--format", "turtle"), 1, "which turtle cannot hold"),
        (("ASK {}", "--graph", "no-such-folder"), 1, "kg build"),
    ],
)
def test_mistakes(
    run: Run, graph: Path, arguments: tuple[str, ...], exit_code: int, message: str
) -> None:
    where = () if "--graph" in arguments else ("--graph", graph)
    result = run("query", *arguments, *where)
    assert result.exit_code == exit_code
    assert message in result.stderr
    assert result.stdout == ""
