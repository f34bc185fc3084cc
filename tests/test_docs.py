"""The documentation says what the program does."""

import importlib.util
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import networkx as nx
import pytest

import kg
from kg.cli import COMMANDS, main
from kg.exporters import EXPORTERS
from kg.guides import READERS
from kg.ontology import load_ontology
from kg.version import __version__

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
ONTOLOGY = load_ontology()


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = generator()


def code_blocks(text: str, *languages: str) -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [code for language, code in blocks if language in languages]


def shown_commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each `kg …` and `make …` of the pages' code blocks, with the page's name."""
    for path in PAGES:
        for code in code_blocks(path.read_text("utf-8"), "console", "sh"):
            for line in code.replace("\\\n", " ").splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                if words and words[0] in ("kg", "make"):
                    yield path.name, words


@pytest.mark.parametrize("name", GENERATOR.PAGES)
def test_generated_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == GENERATOR.PAGES[name](), "run: make docs"


def test_generator_reports_what_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(GENERATOR, "FOLDER", tmp_path)
    assert GENERATOR.run(["--check"]) == 1
    assert "docs/commands.md is out of date" in capsys.readouterr().err
    assert GENERATOR.run([]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(GENERATOR.PAGES)
    assert GENERATOR.run(["--check"]) == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_in_the_readme_and_the_reference(name: str) -> None:
    assert f"`kg {name}" in page("README.md")
    assert f"\n## kg {name}\n" in page("docs/commands.md")


@pytest.mark.parametrize("name", EXPORTERS)
def test_exporter_is_documented(name: str) -> None:
    assert f"`{name}`" in page("docs/formats.md")


@pytest.mark.parametrize("suffix", READERS)
def test_format_of_guides_is_documented(suffix: str) -> None:
    assert f"`{suffix}`" in page("README.md")


@pytest.mark.parametrize("name", [*ONTOLOGY.classes, *ONTOLOGY.relations])
def test_class_and_relation_is_documented(name: str) -> None:
    assert f"| `{name}` |" in page("docs/ontology.md")


@pytest.mark.parametrize("name", [*ONTOLOGY.classes, *ONTOLOGY.relations])
def test_class_and_relation_has_a_definition_and_an_example(name: str) -> None:
    described = ONTOLOGY.classes.get(name) or ONTOLOGY.relations[name]
    assert described.definition
    assert described.examples


@pytest.mark.parametrize(
    ("where", "words"),
    list(shown_commands()),
    ids=str,
)
def test_shown_command_exists(where: str, words: list[str]) -> None:
    program, *arguments = words
    if program == "make":
        targets = re.findall(r"^([\w-]+):", page("Makefile"), re.MULTILINE)
        assert {word for word in arguments if "=" not in word} <= set(targets)
        return
    name = next(word for word in arguments if not word.startswith("-"))
    command = main.get_command(click.Context(main), name)
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    options = {word.split("=")[0] for word in arguments if re.match(r"--?[a-z]", word)}
    assert options <= known


def test_readme_starts_with_the_two_commands() -> None:
    first_screen = "\n".join(page("README.md").splitlines()[:30])
    assert "\nmake demo" in first_screen
    assert "\nmake test" in first_screen


def test_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = code_blocks(page("README.md"), "python")
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 (the repository's own page)


def test_examples_of_recognizers_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page("docs/recognizers.md")
    rules, function = code_blocks(text, "python")
    (settings,) = code_blocks(text, "toml")
    (sentence,) = re.findall(r'^From "(.+?)"', text, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-guides").mkdir()
    guide = f"Notes on a talk\n\n{sentence} It was nightjar-7.\n"
    (tmp_path / "my-guides" / "notes.txt").write_text(guide, "utf-8")
    exec(compile(rules, "recognizers.md", "exec"), {})  # noqa: S102 (the repository's own page)

    def named(**options: Any) -> set[tuple[str, str, float]]:
        nodes = kg.build(["my-guides"], **options).graph.graph.nodes.values()
        return {(n["type"], n["label"], n["confidence"]) for n in nodes if n["type"] != "Episode"}

    found = {("Product", "tern"), ("Organization", "ferrous owl"), ("Model", "nightjar 2")}
    assert named() == set()
    assert named(recognizers=["house-names"]) == {(*name, 0.6) for name in found}
    shutil.copytree(ROOT / "ontology", tmp_path / "my-ontology")
    with (tmp_path / "my-ontology" / "recognizers.toml").open("a", encoding="utf-8") as file:
        file.write(settings)
    surer = named(recognizers=["house-names"], ontology=tmp_path / "my-ontology")
    assert surer == {(*name, 0.95) for name in found}
    program: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(function, "recognizers.md", "exec"), program)  # noqa: S102
    assert capsys.readouterr().out == "\n"
    assert ("Model", "nightjar-7", 0.9) in named(recognizers=[program["tickets"]])


@pytest.mark.parametrize(
    "code", [code for path in PAGES for code in code_blocks(path.read_text("utf-8"), "sparql")]
)
def test_shown_query_has_answers(small_graph: nx.MultiDiGraph, code: str) -> None:
    assert list(kg.KnowledgeGraph(small_graph).query(code))


def test_public_names_are_documented() -> None:
    text = page("docs/architecture.md")
    assert [name for name in kg.__all__ if f"`{name}`" not in text] == []


def test_newest_version_of_the_changelog_is_the_programs() -> None:
    versions = re.findall(r"^## \[?([\d.]+)\]?", page("CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == __version__


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        linked = path.parent / file if file else path
        assert linked.exists(), f"{path.name} links to {target}"
        if anchor:
            assert anchor in anchors(linked), f"{path.name} links to {target}"


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_module_of_the_package_is_in_the_architecture() -> None:
    text = page("docs/architecture.md")
    modules = {path.stem for path in (ROOT / "kg").glob("*.py")} - {"__init__", "__main__"}
    folders = {path.parent.name for path in (ROOT / "kg").glob("*/__init__.py")}
    missing = [name for name in modules if f"`{name}.py`" not in text]
    missing += [name for name in folders if f"`{name}/`" not in text]
    assert missing == []


def test_make_help_lists_the_targets() -> None:
    makefile = page("Makefile")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    listed = {line.split()[1] for line in shown.splitlines()}
    assert listed >= set(phony.split()) - {"help", "lint"}
