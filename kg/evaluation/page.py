"""An evaluation as one HTML page that works offline: the guides' texts with what was found marked.

Without a script: the legend's boxes show and hide by the style sheet alone.
"""

from __future__ import annotations

from importlib.resources import files

from kg.evaluation.content import ORDER, Report
from kg.evaluation.values import Verdict
from kg.version import __version__
from kg.webpage import compact, content_security_policy, load_template

LETTERS = {Verdict.HIT: "H", Verdict.FALSE: "F", Verdict.MISSED: "M"}
"""What stands beside a mark, for eyes that do not tell its colour or line."""

WORDS = {Verdict.HIT: "hit", Verdict.FALSE: "false alarm", Verdict.MISSED: "missed"}


def render(report: Report) -> bytes:
    """Return the report as an HTML file."""
    style = compact(files("kg.evaluation").joinpath("report.css").read_text("utf-8"))
    page = load_template("evaluation", "template.html").render(
        report=report,
        style=style,
        policy=content_security_policy((), style),
        verdicts=ORDER,
        letters=LETTERS,
        words=WORDS,
        generator=f"kg {__version__}",
    )
    # JSON can hold half of a UTF-16 pair, which UTF-8 cannot.
    return page.encode("utf-8", errors="replace")
