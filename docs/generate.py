"""Write the pages of this folder that follow from the program: commands.md and ontology.md.

python docs/generate.py            write them
python docs/generate.py --check    say which are out of date, exit 1 if any is
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click

from kg.cli import COMMANDS, main
from kg.files import write_atomically
from kg.namespaces import VOCABULARIES, shorten
from kg.ontology import EntityClass, RelationType, load_ontology

FOLDER = Path(__file__).resolve().parent
NOTICE = "<!-- Made by docs/generate.py from the program; change that, not this page. -->"


def commands_page() -> str:
    """Describe every command with its arguments and options."""
    context = click.Context(main, info_name="kg")
    parts = [
        "# Commands",
        NOTICE,
        "Data goes to stdout, everything else to stderr. Exit codes: 0 done, 1 failed, 2 misused, "
        "130 interrupted. An error says where, what, and what to do next.",
        _table(
            ("command", "does"),
            ((f"[`kg {name}`](#kg-{name})", entry.short_help) for name, entry in COMMANDS.items()),
        ),
    ]
    for name in COMMANDS:
        command = main.get_command(context, name)
        if command is None:
            raise LookupError(name)
        parts += [f"## kg {name}", _usage(name, command), *_paragraphs(command.help or "")]
        options = [option for option in command.params if isinstance(option, click.Option)]
        if options:
            parts.append(_table(("option", "meaning"), map(_option, options)))
    return _page(parts)


def ontology_page() -> str:
    """List the classes and relations of the ontology that comes with the package."""
    ontology = load_ontology()
    return _page(
        [
            "# Classes and relations",
            NOTICE,
            f"Version {ontology.version} of the vocabulary, from the files in "
            "[`ontology/`](../ontology). The namespace is `https://w3id.org/episode-kg/ns#`, "
            "its prefix `kg:`.",
            "## Classes",
            "An entity is something the text names that a reader could look up elsewhere. It has "
            "one class.",
            _table(
                ("class", "what belongs", "examples", "is a"),
                (_class_row(entity_class) for entity_class in ontology.classes.values()),
            ),
            "## Relations",
            "Read a relation from left to right. It is in the graph only where the text or the "
            "guide's layout says so.",
            _table(
                ("relation", "from → to", "meaning", "backwards", "said by, for example"),
                (_relation_row(relation) for relation in ontology.relations.values()),
            ),
        ]
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "ontology.md": ontology_page,
}


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _usage(name: str, command: click.Command) -> str:
    # Written out here because click's own wording of metavars differs between its versions.
    words = ["kg", name, "[OPTIONS]"]
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            word = parameter.metavar or (parameter.name or "").upper()
            words.append(word if parameter.required else f"[{word}]")
    return f"```\n{' '.join(words)}\n```"


def _paragraphs(help_text: str) -> list[str]:
    """Turn a help text into Markdown: indented paragraphs are examples."""
    paragraphs = inspect.cleandoc(help_text).replace("\b\n", "").split("\n\n")
    return [
        f"```console\n{inspect.cleandoc(paragraph)}\n```"
        if paragraph.startswith(" ")
        else paragraph
        for paragraph in paragraphs
    ]


def _option(option: click.Option) -> tuple[str, str]:
    names = ", ".join(option.opts)
    if option.secondary_opts:
        names += f" / {', '.join(option.secondary_opts)}"
    elif isinstance(option.type, click.Choice):
        names += f" {'|'.join(map(str, option.type.choices))}"
    elif not option.is_flag:
        kinds = {"integer range": "N", "integer": "N", "float": "X", "float range": "X"}
        kind = kinds.get(option.type.name, option.type.name.upper())
        names += f" {option.metavar or kind}"
    meaning = option.help or ""
    if option.show_default and not option.is_flag:
        meaning += f" Default: `{option.default}`."
    return f"`{names}`", meaning


def _class_row(entity_class: EntityClass) -> tuple[str, ...]:
    above = [f"`kg:{entity_class.parent}`"] if entity_class.parent else []
    return (
        f"`{entity_class.name}`",
        entity_class.definition,
        ", ".join(entity_class.examples),
        ", ".join([*above, *(f"`{shorten(iri, VOCABULARIES)}`" for iri in entity_class.aligned)]),
    )


def _relation_row(relation: RelationType) -> tuple[str, ...]:
    to = "the same kind" if relation.same_kind else _classes(relation.range)
    nature = [
        word
        for word, holds in (("symmetric", relation.symmetric), ("transitive", relation.transitive))
        if holds
    ]
    return (
        f"`{relation.name}`",
        f"{_classes(relation.domain)} → {to}",
        " ".join([relation.definition, *(f"({word})" for word in nature)]),
        relation.inverse_label,
        "; ".join(relation.examples),
    )


def _classes(names: tuple[str, ...]) -> str:
    return ", ".join(names) if len(names) < 12 else "any entity"


def run(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them; return the exit code."""
    stale = False
    for name, make in PAGES.items():
        path, content = FOLDER / name, make()
        current = path.read_text("utf-8") if path.exists() else ""
        if current == content:
            continue
        if "--check" in arguments:
            stale = True
            click.echo(f"docs/{name} is out of date. Run: python docs/generate.py", err=True)
        else:
            write_atomically(path, content)
            click.echo(f"docs/{name}")
    return int(stale)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
