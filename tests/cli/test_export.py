"""``kg export`` from the outside."""

from pathlib import Path

import pytest

from kg.cli import COMMANDS
from kg.exporters import EXPORTERS, export
from kg.ontology import load_ontology
from tests.cli.conftest import Run
from tests.conftest import make_small_graph


@pytest.mark.parametrize("name", EXPORTERS)
def test_format_goes_to_stdout_or_into_a_file(
    run: Run, small_graph_file: Path, tmp_path: Path, name: str
) -> None:
    expected = export(name, make_small_graph(), load_ontology())
    result = run("export", name, "--graph", small_graph_file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == expected
    out = tmp_path / "out"
    written = run("export", name, "--graph", small_graph_file.parent, "-o", out)
    assert (written.exit_code, written.stdout) == (0, f"{out}\n")
    assert out.read_bytes() == expected


def test_help_names_every_format(run: Run) -> None:
    shown = run("export", "--help").stdout
    assert all(name in shown for name in EXPORTERS)
    assert COMMANDS["export"].short_help in shown


def test_unknown_format_is_reported_before_the_graph_is_read(run: Run) -> None:
    result = run("export", "turtel", "--graph", "no-such-folder")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'turtle'?" in result.stderr


def test_file_that_cannot_be_written(run: Run, small_graph_file: Path) -> None:
    out = small_graph_file / "out"
    result = run("export", "json", "--graph", small_graph_file, "-o", out)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
