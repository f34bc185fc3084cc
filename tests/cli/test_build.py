"""``kg build``: what is written, what is said, and what a failing guide does."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from kg.cli.build import _progress
from kg.language import load_pipeline
from kg.pipeline import FILES
from tests.cli.conftest import Run

GUIDE = """#7 – Engines of Thought

The Engine Room

Guests
Ada Lovelace is a researcher at Google.

Models
OpenAI released GPT-5. GPT-5 outperforms Claude Opus 4.5.
"""
SECOND_GUIDE = """#8 – Looms

The Engine Room

Models
Anthropic released Claude Opus 4.5.
"""
NOTHING_NAMED = "It rained, and then it stopped.\n"


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "7.txt").write_text(GUIDE, "utf-8")
    (folder / "8.txt").write_text(SECOND_GUIDE, "utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def labels(folder: Path) -> set[str]:
    return {node["label"] for node in json.loads((folder / "graph.json").read_bytes())["nodes"]}


def test_paths_go_to_stdout_and_the_summary_to_stderr(
    run: Run, guides: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = run("build", guides, "--out", out)
    assert result.exit_code == 0
    assert result.stdout.split() == [str(out / name) for name in sorted(FILES)]
    assert "Read 2 guides: " in result.stderr
    assert f"kg open --graph {out}" in result.stderr
    assert set(contents(out)) == set(FILES)
    assert labels(out) >= {"Ada Lovelace", "GPT-5", "Claude Opus 4.5", "OpenAI", "Anthropic"}


def test_quiet_says_nothing_on_stderr(run: Run, guides: Path, tmp_path: Path) -> None:
    result = run("build", guides, "--out", tmp_path / "out", "--quiet")
    assert (result.exit_code, result.stderr) == (0, "")


def test_exports_is_the_default_folder(
    run: Run, guides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("build", guides).stdout.split() == [f"exports/{name}" for name in sorted(FILES)]


def test_guide_from_standard_input(run: Run, tmp_path: Path) -> None:
    result = run("build", "-", "--out", tmp_path / "out", stdin=GUIDE)
    assert result.exit_code == 0
    assert "GPT-5" in labels(tmp_path / "out")


def test_same_bytes_in_any_order_with_any_number_of_jobs(
    run: Run, guides: Path, tmp_path: Path
) -> None:
    run("build", guides / "7.txt", guides / "8.txt", "--out", tmp_path / "one")
    run("build", guides / "8.txt", guides, "--out", tmp_path / "two", "--jobs", "2")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_failing_guide_is_passed_over_and_makes_the_exit_code_1(
    run: Run, guides: Path, tmp_path: Path
) -> None:
    (guides / "binary.txt").write_bytes(b"\x7fELF\x00\x01")
    result = run("build", guides, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "Passed over: " in result.stderr
    assert "binary.txt" in result.stderr
    assert "Read 2 guides: " in result.stderr
    assert "GPT-5" in labels(tmp_path / "out")


@pytest.mark.parametrize("only_failures", [True, False])
def test_nothing_is_written_when_all_guides_fail_or_strict(
    run: Run, guides: Path, tmp_path: Path, only_failures: bool
) -> None:
    (guides / "binary.txt").write_bytes(b"\x7fELF\x00\x01")
    arguments = [guides / "binary.txt"] if only_failures else [guides, "--strict"]
    result = run("build", *arguments, "--out", tmp_path / "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "binary.txt" in result.stderr
    assert "Nothing was written." in result.stderr
    assert not (tmp_path / "out").exists()


def test_guide_that_names_nothing_is_a_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(NOTHING_NAMED, "utf-8")
    result = run("build", tmp_path / "rain.txt", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "Warning: rain.txt: no entity was recognised in it." in result.stderr
    (node,) = json.loads((tmp_path / "out" / "graph.json").read_bytes())["nodes"]
    assert node["type"] == "Episode"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A pipeline of rules: one name of a class, one of a label that nobody knows."""
    import spacy

    nlp = spacy.blank("en")
    patterns = [{"label": "Model", "pattern": "looms"}, {"label": "GADGET", "pattern": "rain"}]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize("jobs", [1, 2])
def test_recognizers_add_names_and_warn_once_of_what_they_leave_out(
    run: Run, tmp_path: Path, rules: Path, jobs: int
) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in ("a", "b"):
        (sources / f"{name}.txt").write_text(f"{name}\n\nThe looms stood in the rain.\n", "utf-8")
    shutil.copytree(rules, tmp_path / "more")
    out = tmp_path / "out"
    arguments = ["build", sources, "--out", out, "--jobs", jobs, "--quiet"]
    result = run(*arguments, "--recognizer", rules, "--recognizer", tmp_path / "more")
    assert result.exit_code == 0
    assert labels(out) == {"a.txt", "b.txt", "looms"}
    lines = result.stderr.splitlines()
    assert [line.split(":")[1] for line in lines] == [" more", " rules"]
    assert all(line.startswith("Warning: ") and ": GADGET. Say in" in line for line in lines)
    assert str(tmp_path) not in (out / "graph.json").read_text("utf-8")
    one = contents(out)
    run(*arguments, "--recognizer", tmp_path / "more", "--recognizer", rules)
    assert contents(out) == one


def test_another_pipeline_takes_the_place_of_the_default(
    run: Run, guides: Path, tmp_path: Path
) -> None:
    nlp = load_pipeline()
    nlp.to_disk(tmp_path / "saved")
    run("build", guides, "--out", tmp_path / "one")
    result = run("build", guides, "--out", tmp_path / "two", "--spacy-model", tmp_path / "saved")
    assert result.exit_code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    with _progress(quiet=False) as progress:
        assert progress is None
    monkeypatch.setattr(sys, "stderr", terminal)
    with _progress(quiet=True) as progress:
        assert progress is None
    with _progress(quiet=False) as progress:
        assert progress is not None
        progress(1, 2, "[bold]7.txt")
    assert "[bold]7.txt" in terminal.getvalue()
    assert "1/2" in terminal.getvalue()
