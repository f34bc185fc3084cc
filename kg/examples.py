"""The example queries that come with the ontology: ``ontology/queries/NAME.rq``.

A file is a query of its own. Its head says what it is for, and which of its variables are
parameters, with their defaults::

    # title: Models of a lab
    # description: The models that an organization has made.
    # param: lab=DeepSeek

A parameter stands in the query as ``$lab`` where a literal may stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError, UnknownNameError
from kg.ontology import ontology_folder

_HEAD = re.compile(r"#\s*(title|description|param):\s*(.*?)\s*$")
_PARAMETER = re.compile(r"([A-Za-z]\w*)=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A query with a name; ``parameters`` are names with their defaults, in the file's order."""

    name: str
    title: str
    description: str
    parameters: tuple[tuple[str, str], ...]
    text: str


def load_examples(folder: Path | None = None) -> tuple[Example, ...]:
    """Read every example, by name. Raises ``OntologyError`` where a file lacks its head."""
    files = sorted((folder or ontology_folder() / "queries").glob("*.rq"))
    return tuple(_read(file) for file in files)


def example_query(name: str, values: Mapping[str, str] | None = None) -> str:
    """Return an example's query with its parameters filled in, each as a literal.

    Raises ``UnknownNameError`` where there is no such example or no such parameter.
    """
    examples = {example.name: example for example in load_examples()}
    if name not in examples:
        raise UnknownNameError("example", name, examples)
    example = examples[name]
    filled = dict(example.parameters)
    for parameter, value in (values or {}).items():
        if parameter not in filled:
            raise UnknownNameError(f"parameter of {name}", parameter, filled)
        filled[parameter] = value
    return fill(example.text, filled)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put literals in the place of ``$name``; other variables with a dollar sign stay."""

    def literal(match: re.Match[str]) -> str:
        return _literal(values[match[1]]) if match[1] in values else match[0]

    return re.sub(r"\$(\w+)", literal, text)


def _literal(value: str) -> str:
    """Write a string so that SPARQL reads it back as it is, whatever it holds."""
    escapes = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
    return '"' + "".join(escapes.get(character, character) for character in value) + '"'


def _read(file: Path) -> Example:
    text = file.read_text("utf-8")
    found: dict[str, list[str]] = {"title": [], "description": [], "param": []}
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head is None:
            break
        found[head[1]].append(head[2])
    parameters = [_PARAMETER.fullmatch(parameter) for parameter in found["param"]]
    if len(found["title"]) != 1 or len(found["description"]) != 1 or None in parameters:
        raise OntologyError(
            f"{file} must begin with # title: …, # description: … and, for each parameter, "
            "# param: name=default. Mend its head."
        )
    return Example(
        name=file.stem,
        title=found["title"][0],
        description=found["description"][0],
        parameters=tuple((match[1], match[2]) for match in parameters if match is not None),
        text=text,
    )
