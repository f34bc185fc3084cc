"""What a query may not do, and what is wrong with one, in words.

SERVICE would send parts of a query to another server, and Oxigraph has no switch for it. Oxigraph
reads a query letter by letter, so it also finds the word where nobody writes it: ``trueSERVICE``,
``SERVICESILENT``, or after ``?a<?b#>'''``, which is an IRI and an open string to one reader and a
comparison and a comment to another. A second reading could be fooled; therefore its own parser
decides. With every occurrence of the word spelled wrong, a query in which it is a keyword is no
longer SPARQL, and one in which it is text, a variable or a piece of a name still is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import QueryError

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
_SERVICE = re.compile("service", re.IGNORECASE)
_FROM = re.compile("from", re.IGNORECASE)
_TOKEN = re.compile(
    r"""
    (?P<space> \s+ | \#[^\n]* )
  | (?P<iri> <[^<>"{}|^`\\\s]*> )
  | (?P<string> \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
              | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
  | (?P<variable> [?$]\w+ )
  | (?P<name> [\w.-]*:(?:[\w:.%\\-]*[\w:%-])? )
  | (?P<word> \w+ )
  | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_POSITION = re.compile(r"error at (\d+):(\d+): ?(.*)", re.DOTALL)
_MESSAGE = re.compile(r"(?:expected one of )?([A-Z][a-z]+ [^,\[\]]+)")
_LONGEST_LINE = 120
# What the parser would also take, and hardly anyone wants.
_NEVER_MEANT = frozenset({"LATERAL", "SERVICE", "NAMED", "SILENT", '"{|"', '"~"'})


def check_query(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise ``QueryError`` unless the text is one query that reads the graph and nothing else.

    Nothing is asked: the text, with the forbidden words spelled wrong, meets an empty store.
    """
    import pyoxigraph as ox

    _check_form(text)
    empty = ox.Store()
    masked = _SERVICE.sub("SERVIXE", text)
    known = {_SERVICE.sub("SERVIXE", prefix): iri for prefix, iri in prefixes.items()}
    try:
        empty.query(masked, prefixes=known)
    except SyntaxError as error:
        if any(_SERVICE.search(word) for word in _words(text)):
            raise QueryError(
                "SERVICE would send parts of the query to another server. Take it out; only the "
                "graph itself can be asked."
            ) from error
        raise explain(text, error, prefixes) from error
    try:
        empty.query(
            _FROM.sub("FRXM", masked),
            prefixes={_FROM.sub("FRXM", prefix): iri for prefix, iri in known.items()},
        )
    except SyntaxError as error:
        raise QueryError(
            "FROM names another graph than the one that is asked, and there is only one. Take it "
            "out; --graph says which build is asked."
        ) from error


def explain(text: str, error: SyntaxError, prefixes: Mapping[str, str]) -> QueryError:
    """Say where a query is wrong, show the line, and say what to do."""
    match = _POSITION.match(str(error))
    if match is None:
        return QueryError(f"The query is wrong: {error}.")
    line, column, detail = int(match[1]), int(match[2]), match[3]
    shown = text.splitlines() or [""]
    source = shown[min(line, len(shown)) - 1]
    before = source[: column - 1].rstrip()
    prefix = re.search(r"([\w.-]*):[\w.-]*$", before)
    if "Prefix not found" in detail and prefix is not None:
        fault = f"the prefix {prefix[1]}: is not declared"
        advice = f"Write PREFIX {prefix[1]}: <…> before the query, or use one of " + ", ".join(
            f"{name}:" for name in prefixes
        )
    elif (message := _MESSAGE.search(detail.replace("\n", " "))) is not None:
        fault = message[1].strip()
        advice = "Change the query there"
    else:
        expected = _expected(detail)
        fault = "this is not SPARQL"
        advice = f"Expected here or just before: {expected}" if expected else "Look just before it"
    start = max(0, min(column - 1, len(source)) - _LONGEST_LINE // 2)
    excerpt = source[start : start + _LONGEST_LINE].replace("\t", " ")
    caret = " " * (min(column - 1, len(source)) - start) + "^"
    return QueryError(
        f"The query is wrong at line {line}, column {column}: {fault}.\n"
        f"  {excerpt}\n  {caret}\n{advice}."
    )


def kg_terms(text: str) -> set[str]:
    """Return the local names that a query uses with the prefix ``kg:``."""
    names = (match["name"] for match in _TOKEN.finditer(text) if match["name"])
    return {name[3:] for name in names if name.startswith("kg:") and len(name) > 3}


def _check_form(text: str) -> None:
    """Raise unless the first word after the prologue is that of a query."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QueryError(
            f"The query is no valid text at character {error.start + 1}. Save it as UTF-8."
        ) from error
    words = _words(text)
    first = next((word for word in words if word.upper() not in ("PREFIX", "BASE")), "")
    if first.upper() in FORMS:
        return
    if first.upper() in UPDATES:
        raise QueryError(
            f"{first.upper()} would change the graph, which is read-only here. "
            "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change what `kg build` reads instead."
        )
    start = first or text.strip()
    found = f"not with {start[:40]!r}" if start else "and this one is empty"
    raise QueryError(
        f"A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, {found}. "
        "`kg query --list-examples` shows some."
    )


def _words(text: str) -> list[str]:
    """Return the bare words of a query, for messages: this reading is not the parser's."""
    return [match["word"] for match in _TOKEN.finditer(text) if match["word"]]


def _expected(detail: str) -> str:
    """Name what the parser would have taken, without its classes of characters."""
    found = re.findall(r'"[^"]*"|[A-Z]{2,}\w*|is[A-Z]+\w*', detail.partition("expected")[2])
    unique = [token for token in dict.fromkeys(found) if token not in _NEVER_MEANT]
    return ", ".join(unique[:8]) + (" …" if len(unique) > 8 else "")
