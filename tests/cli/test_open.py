"""``kg open``: which page is opened, and what happens without one or without a browser."""

import webbrowser
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the browser and collect what it is asked to open."""
    addresses: list[str] = []

    def open_address(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", open_address)
    return addresses


@pytest.mark.parametrize("named", [".", "graph.json", "graph.html"])
def test_page_is_found_beside_the_graph(
    run: Run, tmp_path: Path, opened: list[str], named: str
) -> None:
    for name in ("graph.json", "graph.html"):
        (tmp_path / name).touch()
    result = run("open", "--graph", tmp_path / named)
    assert result.stdout == f"{tmp_path / 'graph.html'}\n"
    assert opened == [(tmp_path / "graph.html").as_uri()]


def test_page_of_the_exports_folder_is_the_default(
    run: Run, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("exports").mkdir()
    Path("exports/graph.html").touch()
    assert run("open").stdout == "exports/graph.html\n"
    assert opened == [(tmp_path / "exports" / "graph.html").as_uri()]


@pytest.mark.parametrize(
    ("named", "page"),
    [
        (".", "graph.html"),
        ("graph.json", "graph.html"),
        ("missing", "missing/graph.html"),
        ("other.html", "other.html"),
    ],
)
def test_without_a_page_nothing_is_opened(
    run: Run, tmp_path: Path, opened: list[str], named: str, page: str
) -> None:
    result = run("open", "--graph", tmp_path / named)
    assert (result.exit_code, result.stdout, opened) == (1, "", [])
    assert f"There is no explorer page at {tmp_path / page}. Make one" in result.stderr


def test_without_a_browser_the_path_is_still_printed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph.html").touch()

    def no_browser(url: str) -> bool:
        return False

    monkeypatch.setattr(webbrowser, "open", no_browser)
    result = run("open", "--graph", tmp_path)
    assert result.stdout == f"{tmp_path / 'graph.html'}\n"
    assert "open the file by hand" in result.stderr
