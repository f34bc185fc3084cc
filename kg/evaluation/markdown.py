"""An evaluation in Markdown: tables, in which guides' and graphs' texts are text and no markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from kg.evaluation.confusions import Confusion, Confusions
from kg.evaluation.content import DocumentReport, Report
from kg.evaluation.tables import Table
from kg.evaluation.values import Counts, Verdict

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&#$@])")
_ADDRESS = re.compile(r"(://|\bwww\.)", re.IGNORECASE)
_SAID = {Verdict.HIT: "hit", Verdict.FALSE: "**false alarm**", Verdict.MISSED: "**missed**"}
_NUMBERS = ("P", "R", "F1", "right", "false", "missed")


def render(report: Report) -> bytes:
    """Return the report as a Markdown file."""
    return ("\n".join(_lines(report)).rstrip() + "\n").encode("utf-8", errors="replace")


def count_table(table: Table) -> Iterator[str]:
    """Yield the lines of a table of counts."""
    rows = ([escape(name), *_numbers(counts)] for name, counts in table.rows)
    return _table((table.title, *_NUMBERS), rows, right_aligned=len(_NUMBERS))


def confusion_tables(found: Confusions, most: int | None = None) -> Iterator[str]:
    """Yield the lines of the tables of what was taken for what, where there is any."""
    for title, kinds in (("entities", found.entities), ("relations", found.relations)):
        if kinds:
            yield from _table(
                (f"{title}, mistakes", "times", "for example"), map(_confusion, kinds[:most])
            )
            yield ""


def escape(text: str) -> str:
    r"""Return a text on one line in which Markdown sees no markup, link or table.

    >>> escape("a|b <script>\n[x](https://e.example)")
    'a\\|b \\<script\\> \\[x\\](https:\\//e.example)'
    """
    line = "".join(
        "\ufffd" if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c
        for c in " ".join(text.split())
    )
    return _ADDRESS.sub(_broken, _MARKUP.sub(r"\\\1", line))


def _broken(address: re.Match[str]) -> str:
    return ":\\//" if address[0] == "://" else f"{address[0][:-1]}\\."


def _lines(report: Report) -> Iterator[str]:
    yield "# Evaluation"
    yield ""
    if report.missing:
        yield f"Without a graph, and left out: {', '.join(map(escape, report.missing))}."
        yield ""
    for table in report.tables:
        yield from count_table(table)
        yield ""
    yield from confusion_tables(report.confusions)
    for document in report.documents:
        yield from _document(document)


def _document(document: DocumentReport) -> Iterator[str]:
    yield f"## {escape(document.name)}"
    yield ""
    if document.entities:
        yield from _table(
            ("entity", "class", "", "why", "places"),
            (
                (
                    escape(row.name),
                    escape(row.type),
                    _SAID[row.verdict],
                    escape(row.reason),
                    str(row.places) if row.places else "not in the text",
                )
                for row in document.entities
            ),
        )
    else:
        yield "No entities, neither annotated nor found."
    yield ""
    if document.relations:
        yield from _table(
            ("subject", "relation", "object", "", "evidence"),
            (
                (
                    escape(row.subject),
                    escape(row.relation),
                    escape(row.object),
                    _SAID[row.verdict],
                    "<br>".join(f"“{escape(text)}”" for text in row.evidence),
                )
                for row in document.relations
            ),
        )
    else:
        yield "No relations, neither annotated nor found."
    yield ""


def _table(
    head: Sequence[str], rows: Iterable[Sequence[str]], right_aligned: int = 0
) -> Iterator[str]:
    left = len(head) - right_aligned
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * left}{'---:|' * right_aligned}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _numbers(counts: Counts) -> tuple[str, ...]:
    shares = (counts.precision, counts.recall, counts.f1)
    numbers = (counts.right, counts.false, counts.missed)
    return (*(f"{share:.3f}" for share in shares), *map(str, numbers))


def _confusion(kind: Confusion) -> tuple[str, str, str]:
    return escape(str(kind)), str(kind.times), "; ".join(map(escape, kind.examples))
