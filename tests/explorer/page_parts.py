"""What a browser would see in a page, taken apart by the standard library's parser."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any


class Page(HTMLParser):
    """The tags of a page with their attributes, and the texts of its scripts and style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.words: list[str] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in self.raw:
            self._open = tag
            self.raw[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.raw[self._open][-1] += data
        else:
            self.words.append(data)

    @property
    def data(self) -> dict[str, Any]:
        """The payload."""
        scripts = [attributes for tag, attributes in self.tags if tag == "script"]
        index = next(i for i, a in enumerate(scripts) if a.get("type") == "application/json")
        loaded: dict[str, Any] = json.loads(self.raw["script"][index])
        return loaded

    @property
    def policy(self) -> str:
        """The content security policy."""
        return next(
            attributes["content"]
            for tag, attributes in self.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        )
