"""Bad input of every kind: clear message, right exit code, no traceback, no half-written file."""

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import Run

OLD = {"graph.json": b"old json", "graph.ttl": b"old turtle", "graph.html": b"old page"}
GUIDE = "Models\n\nOpenAI released GPT-5.\n"


def assert_fails(result: Result, *messages: str) -> None:
    """Check that a command failed on purpose, with its data channel empty."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.stderr
    for message in messages:
        assert message in result.stderr


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the files of an earlier build."""
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in OLD.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "the guide is empty"),
        ("blank.txt", b" \n\t\n\r\n ", "the guide is empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "is not UTF-8"),
        ("nul.txt", b"text\x00text", "there is a NUL at offset 4"),
        ("latin1.txt", "Caf\u00e9 OpenAI".encode("latin-1"), "byte 3 (0xe9) is not UTF-8"),
        ("guide.docx", b"PK", "files ending in .docx are not read as guides"),
    ],
)
def test_guide_that_cannot_be_read(
    run: Run, tmp_path: Path, out: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert_fails(run("build", tmp_path / name, "--out", out), name, message)
    assert contents(out) == OLD


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("missing.txt", "does not exist"),
        ("*.nothing", "no file matches this pattern"),
        ("folder", "there is no guide here"),
        ("x" * 300, "does not exist"),
    ],
)
def test_source_that_is_not_there(
    run: Run, tmp_path: Path, out: Path, source: str, message: str
) -> None:
    (tmp_path / "folder").mkdir()
    assert_fails(run("build", tmp_path / source, "--out", out), source, message)
    assert contents(out) == OLD


def test_empty_standard_input(run: Run, out: Path) -> None:
    assert_fails(run("build", "-", "--out", out, stdin=b""), "the guide is empty")
    assert contents(out) == OLD


def test_enormous_line_is_read(run: Run, tmp_path: Path) -> None:
    guide = tmp_path / "long.txt"
    guide.write_text("x" * 300_000 + " " + GUIDE.replace("\n", " ") * 500, "utf-8")
    result = run("build", guide, "--out", tmp_path / "new")
    assert result.exit_code == 0
    nodes = json.loads((tmp_path / "new" / "graph.json").read_bytes())["nodes"]
    assert "GPT-5" in {node["label"] for node in nodes}


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_file_in_the_place_of_the_output_folder(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    (tmp_path / "file").write_bytes(b"mine")
    result = run("build", tmp_path / "guide.txt", "--out", tmp_path / place)
    assert_fails(result, str(tmp_path / place), "cannot be written", "Name a place")
    assert (tmp_path / "file").read_bytes() == b"mine"


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="only Linux has a folder that refuses even root"
)
def test_output_folder_where_nobody_may_write(run: Run, tmp_path: Path) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    result = run("build", tmp_path / "guide.txt", "--out", "/proc/kg")
    assert_fails(result, "/proc/kg cannot be written")


def test_output_folder_is_tried_before_the_guides_are_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    result = run("build", tmp_path / "missing.txt", "--out", tmp_path / "file")
    assert_fails(result, str(tmp_path / "file"), "cannot be written")


def test_folder_in_the_place_of_one_output_file(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    (out / "graph.ttl").unlink()
    (out / "graph.ttl").mkdir()
    assert_fails(run("build", tmp_path / "guide.txt", "--out", out), "a folder of this name")
    assert (out / "graph.json").read_bytes() == OLD["graph.json"]
    assert sorted(path.name for path in out.iterdir()) == sorted(OLD)


def test_missing_spacy_pipeline(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    result = run("build", tmp_path / "guide.txt", "--out", out, "--spacy-model", "no_such_model")
    assert_fails(result, "'no_such_model' is not installed")
    assert contents(out) == OLD


@pytest.mark.parametrize("jobs", [1, 2])
def test_missing_recognizer(run: Run, tmp_path: Path, out: Path, jobs: int) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}\n\n{GUIDE}", "utf-8")
    arguments = [tmp_path / "a.txt", tmp_path / "b.txt", "--out", out, "--jobs", jobs]
    result = run("build", *arguments, "--recognizer", "no_such_pipeline")
    assert_fails(result, "The recognizer 'no_such_pipeline' cannot be loaded", "--recognizer")
    assert contents(out) == OLD


def test_recognizer_named_twice(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    arguments = [tmp_path / "guide.txt", "--out", out, "--recognizer", "a", "--recognizer", "a"]
    assert_fails(run("build", *arguments), "both are called 'a'")
    assert contents(out) == OLD


def test_faulty_ontology(run: Run, tmp_path: Path, out: Path) -> None:
    (tmp_path / "guide.txt").write_text(GUIDE, "utf-8")
    (tmp_path / "ontology").mkdir()
    arguments = ("--out", out, "--ontology", tmp_path / "ontology")
    assert_fails(run("build", tmp_path / "guide.txt", *arguments), "vocabulary.ttl")
    assert contents(out) == OLD


USES_OF_A_GRAPH = [
    ("query", "SELECT * { ?s ?p ?o }"),
    ("show", "OpenAI"),
    ("path", "OpenAI", "GPT-5"),
    ("export", "turtle"),
]


@pytest.mark.parametrize("command", USES_OF_A_GRAPH, ids=lambda command: str(command[0]))
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"nodes": []}',
        b'{"directed": true, "multigraph": true, "graph": {}, "nodes": [{}], "edges": []}',
        b'{"directed": true, "multigraph": true, "graph": {}, "nodes": 5, "edges": []}',
        b'{"directed": true, "multigraph": true, "graph": {}, "nodes": [], '
        b'"edges": [{"source": "a", "target": "b"}]}',
    ],
)
def test_damaged_graph(run: Run, tmp_path: Path, command: tuple[str, ...], content: bytes) -> None:
    graph = tmp_path / "graph.json"
    graph.write_bytes(content)
    assert_fails(run(*command, "--graph", graph), str(graph))
    assert contents(tmp_path) == {"graph.json": content}


@pytest.mark.parametrize("command", USES_OF_A_GRAPH, ids=lambda command: str(command[0]))
def test_missing_graph(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert_fails(run(*command, "--graph", tmp_path / "graph.json"), "kg build")


@pytest.mark.parametrize(
    "sparql", ["", "SELECT", "SELECT * { ?s ?p }", "SELECT * { ?s nope:it ?o }", "\x00", "DROP ALL"]
)
def test_wrong_sparql(run: Run, small_graph_file: Path, sparql: str) -> None:
    assert_fails(run("query", sparql, "--graph", small_graph_file))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "Nobody"), "There is no entity named 'Nobody'"),
        (("path", "Ada Holm", "Nobody"), "There is no entity named 'Nobody'"),
        (("export", "powerpoint", "-o", "OUT"), "powerpoint"),
    ],
)
def test_unknown_name(
    run: Run, small_graph_file: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(
        *(tmp_path / "out" if word == "OUT" else word for word in arguments),
        "--graph",
        small_graph_file,
    )
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit)
    assert message in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


class Tags(HTMLParser):
    """Counts the tags of a page, and keeps the names of attributes that run script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] += 1
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


HOSTILE = (
    'Models\n\nOpenAI<script>alert("owned")</script> released GPT-5. </script><script>evil()\n\n'
    '<img src=x onerror="alert(1)"> Anthropic released Claude Opus 4.5. <!-- {{ 7*7 }} ${7*7}\n'
)


def test_markup_in_a_guide_is_text_in_every_output(run: Run, tmp_path: Path) -> None:
    pages = {}
    for name, text in (("plain", GUIDE), ("hostile", HOSTILE)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        assert run("build", tmp_path / f"{name}.txt", "--out", tmp_path / name).exit_code == 0
        pages[name] = Tags((tmp_path / name / "graph.html").read_text("utf-8"))
    assert pages["hostile"].counts["script"] == pages["plain"].counts["script"]
    assert pages["hostile"].counts["img"] == pages["plain"].counts["img"]
    assert pages["hostile"].handlers == pages["plain"].handlers
    nodes = json.loads((tmp_path / "hostile" / "graph.json").read_bytes())["nodes"]
    (episode,) = [node for node in nodes if node["type"] == "Episode"]
    assert '<script>alert("owned")</script>' in episode["text"]
    assert {"GPT-5", "Claude Opus 4.5"} <= {node["label"] for node in nodes}


def test_markup_of_the_terminal_is_text(run: Run, small_graph_file: Path) -> None:
    shown = run("show", "Nordlys", "--graph", small_graph_file)
    assert shown.exit_code == 0
    assert '<script>alert("R&D")</script>' in shown.stdout
