"""The frame of the command line: the table of commands, exit codes, and what goes where."""

import subprocess
import sys

import click
import pytest

from kg.cli import COMMANDS, Entry, main
from kg.errors import GraphError
from kg.version import __version__
from tests.cli.conftest import Run


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_table_says_what_the_command_says(name: str) -> None:
    assert command(name).name == name
    assert command(name).get_short_help_str(limit=1000) == COMMANDS[name].short_help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"kg {name} " in result.stdout.split("\n", 1)[1], "no example in the help text"
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.opts} has no help text"


def test_help_lists_the_commands_in_the_order_of_the_table(run: Run) -> None:
    shown = run("--help").stdout
    lines = [f"  {name:8}  {entry.short_help}" for name, entry in COMMANDS.items()]
    assert shown.endswith("\n".join(lines) + "\n")


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"kg {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["biuld"], "did you mean 'build'?"),
        (["xyzzy"], "choose from build, evaluate, export, open, path, query, show."),
        (["--nonsense"], "No such option"),
        (["build"], "Missing argument 'SOURCE...'"),
        (["build", "guide.txt", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["evaluate", "no-such-folder", "."], "Directory 'no-such-folder' does not exist"),
    ],
)
def test_misuse_exits_2_and_says_what_is_possible(
    run: Run, arguments: list[str], message: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@click.command()
@click.argument("how")
def failing(how: str) -> None:
    """Fail in one of the ways in which commands do."""
    click.echo("data")
    if how == "on purpose":
        raise GraphError("exports/graph.json is damaged. Build it again.")
    if how == "interrupted":
        raise KeyboardInterrupt
    raise ZeroDivisionError


@pytest.fixture
def failing_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "fail", Entry(f"{__name__}:failing", "Fail."))


@pytest.mark.parametrize(
    ("how", "exit_code", "stderr"),
    [
        ("on purpose", 1, "Error: exports/graph.json is damaged. Build it again.\n"),
        ("interrupted", 130, "interrupted\n"),
    ],
)
def test_failure_is_a_message_on_stderr_and_an_exit_code(
    run: Run, failing_command: None, how: str, exit_code: int, stderr: str
) -> None:
    result = run("fail", how)
    assert (result.exit_code, result.stdout, result.stderr) == (exit_code, "data\n", stderr)


def test_mistake_of_the_program_is_not_hidden(run: Run, failing_command: None) -> None:
    assert isinstance(run("fail", "by mistake").exception, ZeroDivisionError)


def test_reader_that_leaves_early_causes_no_noise() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    assert process.communicate()[1] == b""


def test_module_runs_as_the_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kg", "--version"], capture_output=True, check=True, text=True
    )
    assert shown.stdout == f"kg {__version__}\n"
