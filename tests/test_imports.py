"""The public names, and how little it costs to have them."""

import ast
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg

HEAVY = {"networkx", "numpy", "pyoxigraph", "pyvis", "rdflib", "rich", "spacy", "jinja2", "torch"}


def modules_after(code: str, *arguments: str) -> set[str]:
    """Return the top-level names of the modules that a new interpreter has after the code."""
    report = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: print(json.dumps(list(sys.modules)), file=sys.stderr))"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{report}\n{code}", *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    return {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("import kg", ()),
        ("import kg.model, kg.errors, kg.files, kg.names, kg.ontology", ()),
        ("from kg.cli import main; main()", ("--help",)),
        ("from kg.cli import main; main()", ("--version",)),
        ("from kg.cli import main; main()", ("build", "--help")),
        ("from kg.cli import main; main()", ("open", "--help")),
        ("from kg.cli import main; main()", ("evaluate", "--help")),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str, arguments: tuple[str, ...]) -> None:
    assert not modules_after(code, *arguments) & HEAVY


def test_importing_the_package_loads_nothing_but_its_version() -> None:
    code = (
        "import kg, sys\n"
        "ours = {name for name in sys.modules if name.split('.')[0] == 'kg'}\n"
        "assert ours == {'kg', 'kg.version'}, ours"
    )
    assert "kg" in modules_after(code)


def test_help_lists_commands_without_importing_them() -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main()\n"
        "finally: assert not [m for m in sys.modules if m.startswith('kg.cli.')]"
    )
    assert "click" in modules_after(code, "--help")


def test_public_names_are_sorted_and_complete() -> None:
    assert kg.__all__ == sorted(kg.__all__)
    assert set(kg.__all__) == {*kg._HOMES, "__version__"}
    assert set(kg.__all__) <= set(dir(kg))


def test_type_checkers_see_the_same_names_from_the_same_modules() -> None:
    tree = ast.parse(Path(kg.__file__).read_text("utf-8"))
    (typing_only,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {
        alias.name: node.module
        for node in typing_only.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == kg._HOMES


@pytest.mark.parametrize(("name", "home"), kg._HOMES.items())
def test_public_name_is_the_one_its_module_defines(name: str, home: str) -> None:
    assert getattr(kg, name) is getattr(importlib.import_module(home), name)


def test_every_error_of_the_tree_is_public() -> None:
    from kg import errors

    tree = {n for n, value in vars(errors).items() if isinstance(value, type) and n != "Iterable"}
    assert tree <= set(kg.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nonsense'"):
        kg.nonsense  # noqa: B018
