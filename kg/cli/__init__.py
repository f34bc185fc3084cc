"""The command line: one small file a command, none loaded before it is asked for.

A command turns options into one call of the library and its result into text; it decides nothing
else. Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 failed, 2 misused, 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from kg.errors import KgError, UnknownNameError
from kg.version import __version__

INTERRUPTED = 130
"""The exit code by which shells know a command that Ctrl-C ended: 128 and the signal's number."""


class Entry(NamedTuple):
    """Where a command is defined, and its line in ``kg --help``, which needs no import for it."""

    target: str
    short_help: str


COMMANDS: Mapping[str, Entry] = {
    "build": Entry("kg.cli.build:build", "Read guides and write their graph."),
    "query": Entry("kg.cli.query:query", "Ask the graph a SPARQL question."),
    "show": Entry("kg.cli.show:show", "Show one entity with its relations and evidence."),
    "path": Entry("kg.cli.path:path", "Show how two entities are linked."),
    "open": Entry("kg.cli.open:open_explorer", "Open the explorer page in the browser."),
    "export": Entry("kg.cli.export:export", "Write the graph in another format."),
    "evaluate": Entry("kg.cli.evaluate:evaluate", "Measure graphs against gold annotation."),
}
"""Every command, in the order in which a new user meets them."""


class Commands(click.Group):
    """The commands of the table, each imported when it is run or asked for its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Keep the table's order."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's signature)
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].target.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 (click's signature)
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.short_help) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is answered with those that exist."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(str(UnknownNameError("command", args[0], COMMANDS)))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose becomes its message and exit code 1."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise click.ClickException(str(error)) from error
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
def main() -> None:
    """Knowledge graphs from podcast episode guides.

    Start with `kg build GUIDE`, then `kg open`.
    """
