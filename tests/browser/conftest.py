"""A headless Chromium, and the explorer opened in it from disk."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import networkx
import pytest
from selenium import webdriver

from kg.exporters.html import export
from kg.ontology import load_ontology

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-gl=angle",
    "--use-angle=swiftshader",
)
_WATCH = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.__violations.push(event.violatedDirective + " " + event.blockedURI));
"""


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """One browser for all tests; absent, they are skipped, or fail where CI promises one."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    chromedriver = shutil.which("chromedriver")
    if not browser or not chromedriver:
        reason = "chromium and chromedriver are not installed (Debian: chromium-driver)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(chromedriver))
    chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    try:
        yield chrome
    finally:
        chrome.quit()


@dataclass
class Explorer:
    """An opened page. Every test ends by asking that it was quiet."""

    driver: webdriver.Chrome
    address: str

    def open(self, hash_: str = "") -> Explorer:
        """Load the page anew in this state."""
        self.driver.get("about:blank")
        self.driver.get(self.address + hash_)
        return self

    def size(self, width: int, height: int) -> None:
        """Set the window's inner size in pixels."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def run(self, script: str, *arguments: Any) -> Any:
        """Run script in the page and return what it returns."""
        return self.driver.execute_script(script, *arguments)

    def entity(self, label: str) -> int:
        """Return an entity's number."""
        number: int = self.run("return explorer.find(arguments[0], 1)[0].entity", label)
        return number

    def text(self, selector: str) -> str:
        """Return the text of the first element that fits."""
        found: str = self.run("return document.querySelector(arguments[0]).textContent", selector)
        return found

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that fit."""
        found: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)",
            selector,
        )
        return found

    def drawn(self) -> set[str]:
        """Return the labels of the drawn entities."""
        return set(
            self.run(
                "const d = JSON.parse(document.getElementById('data').textContent);"
                "return explorer.drawing.entities().map((e) => d.entities[e].label)"
            )
        )

    def log(self, kind: str) -> list[dict[str, Any]]:
        """Return what the browser has logged since the last call."""
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call] # selenium's
        return entries

    def complaints(self) -> list[str]:
        """Return requests that left the file, console errors and policy violations so far."""
        found = [entry["message"] for entry in self.log("browser")]
        for entry in self.log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if urlsplit(url).scheme not in ("file", "data", "blob", "about"):
                    found.append(f"request: {url}")
        return found + list(self.run("return window.__violations"))


@pytest.fixture
def explorer_of(driver: webdriver.Chrome, tmp_path: Path) -> Any:
    """Write a graph's page into a folder with an awkward name, and open it."""
    folder = tmp_path / "Größe & 100 % #1"
    folder.mkdir()

    def make(graph: networkx.MultiDiGraph, hash_: str = "") -> Explorer:
        path = folder / "graph.html"
        path.write_bytes(export(graph, load_ontology()))
        explorer = Explorer(driver, path.as_uri())
        explorer.size(1280, 720)
        explorer.log("browser")
        explorer.log("performance")
        return explorer.open(hash_)

    return make


@pytest.fixture
def explorer(explorer_of: Any, small_graph: networkx.MultiDiGraph) -> Iterator[Explorer]:
    """The small graph's page; it must have been quiet when the test ends."""
    opened: Explorer = explorer_of(small_graph)
    yield opened
    assert opened.complaints() == []
