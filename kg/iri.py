"""How everything in the graph gets its IRI, from what it is and never from when it was seen.

An entity's IRI is its class and its name in ``a-z``, ``0-9``, ``-`` and ``.``, so that it needs no
escaping in a URL, in Turtle and in SPARQL. What has no name of its own (a statement, a mention, a
quotation) is named by a hash of its content.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

BASE = "https://w3id.org/episode-kg/"
ENTITIES = f"{BASE}id/"

LONGEST_NAME = 80
"""A longer name is cut and gets a hash: an IRI should fit on a line and in a file name."""

# Letters that Unicode does not take apart into an ASCII letter and a mark.
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th"}
)
_DASH = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPELLED = (
    (re.compile(r"\+"), "-plus-"),
    (re.compile(r"(?<=\w)#"), "-sharp-"),
    (re.compile(r"#"), "-number-"),
    (re.compile(r"&"), "-and-"),
    (re.compile(r"\*"), "-star-"),
)
_LONE_GREEK = re.compile(r"(?<![\u0370-\u03ff])[\u03b1-\u03c9](?![\u0370-\u03ff])")
_NOT_DECIMAL_POINT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_NOT_KEPT = re.compile(r"[^a-z0-9.]+")
_CLASS_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def mint(class_name: str, name: str) -> str:
    """Return the IRI of the entity of a class that bears a name.

    The class is one at the top of its line (``Ontology.root``), so that an organization keeps its
    IRI when it turns out to be a lab. Case, spaces, hyphens and accents do not count. Different
    names may still get one IRI (``.NET`` and ``NET``): ``unique_iris`` keeps them apart.

    >>> mint("Model", "GPT-4.1"), mint("Product", "C++")
    ('https://w3id.org/episode-kg/id/model/gpt-4.1', 'https://w3id.org/episode-kg/id/product/c-plus-plus')
    """
    if not _CLASS_NAME.fullmatch(class_name):
        raise ValueError(f"{class_name!r} is not the name of a class")
    return f"{ENTITIES}{class_name.lower()}/{slug(name)}"


def slug(name: str) -> str:
    """Reduce a name to lower-case ASCII letters, digits, hyphens and decimal points.

    Signs that tell names apart are spelled (``C#``, ``R&D``, ``A*``, ``τ-bench``). What is written
    in another script is replaced by a hash, which does not depend on case.

    >>> slug("Claude Opus 4.5"), slug("τ²-bench"), slug("Q*"), slug("北京")
    ('claude-opus-4.5', 'tau2-bench', 'q-star', 'x68c77e1551')
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    text = _DASH.sub("-", folded)
    for sign, word in _SPELLED:
        text = sign.sub(word, text)
    text = _LONE_GREEK.sub(_greek_letter, text).translate(_LATIN)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    foreign = any(c.isalnum() and not c.isascii() for c in text)
    text = _NOT_KEPT.sub("-", _NOT_DECIMAL_POINT.sub("-", text)).strip("-")
    if not text:
        return f"x{_text_hash(folded, 10)}"
    if foreign:
        return f"{text[:LONGEST_NAME].rstrip('-.')}-x{_text_hash(folded, 10)}"
    if len(text) > LONGEST_NAME:
        return f"{text[:LONGEST_NAME].rstrip('-.')}-{_text_hash(folded, 10)}"
    return text


def unique_iris(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return an IRI of its own for every (class, canonical name), whatever their order.

    Of several names with one IRI, that with the fewest characters beyond it keeps it
    (``NET``, not ``.NET``); each other gets a hash of its own key at the end.
    """
    rivals: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in sorted(set(keys)):
        rivals[mint(*key)].append(key)
    iris: dict[tuple[str, str], str] = {}
    taken = set(rivals)
    for iri, same in sorted(rivals.items()):
        first, *others = sorted(same, key=lambda key: (len(key[1]), key))
        iris[first] = iri
        for key in others:
            digest = content_hash(*key, length=64)
            # Six digits are enough but for a rare chance, or a name made to end in them.
            candidates = (f"{iri}-{digest[:length]}" for length in range(6, 65))
            iris[key] = next(candidate for candidate in candidates if candidate not in taken)
            taken.add(iris[key])
    return iris


def episode_iri(series: str, number: str, title: str, sha256: str) -> str:
    """Return an episode's IRI, from the best that its guide states.

    Series and number, else series and title; a title alone may be that of another show's episode,
    so it gets a piece of the text's hash; a guide without a title has nothing but the hash.

    >>> episode_iri("The Queue", "12", "On waiting", "d2f0")
    'https://w3id.org/episode-kg/id/episode/the-queue-12'
    """
    if series and (number or title):
        return mint("Episode", f"{series} {number.lstrip('#') if number else title}")
    if title:
        return f"{mint('Episode', title)}-{sha256[:8]}"
    return f"{ENTITIES}episode/x{sha256[:10]}"


def quote_iri(episode: str, text: str) -> str:
    """Return the IRI of a quotation in an episode."""
    return f"{ENTITIES}quote/{content_hash(episode, text)}"


def statement_iri(
    subject: str,
    relation: str,
    object_: str,
    modality: str,
    spans: Iterable[tuple[str, int, int]],
    key: str | None = None,
) -> str:
    """Return the IRI of a statement: what it says, how, and the (episode, start, end) that say it.

    ``key`` tells apart what agrees in all of that; it counts only where it is not the relation.
    """
    places = [list(span) for span in sorted(set(spans))]
    further = key if key != relation else None
    digest = content_hash(subject, relation, object_, modality, places, further)
    return f"{BASE}statement/{digest}"


def mention_iri(entity: str, mention: Mapping[str, Any]) -> str:
    """Return the IRI of one naming of an entity: a record of graph.json's ``mentions``."""
    return f"{BASE}mention/{content_hash(entity, mention)}"


def passage_iri(evidence: Mapping[str, Any]) -> str:
    """Return the IRI of a piece of an episode's text; statements that cite one piece share it."""
    return f"{BASE}passage/{content_hash(evidence)}"


def section_iri(episode: str, section: Mapping[str, Any]) -> str:
    """Return the IRI of a headed part of an episode's guide."""
    return f"{BASE}section/{content_hash(episode, section)}"


def content_hash(*parts: object, length: int = 20) -> str:
    """Return hex digits of the SHA-256 of some JSON values, framed so that none runs into another.

    Twenty digits are 80 bits: among ten million things two share a hash once in 24 billion times.
    """
    framed = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(framed.encode("ascii")).hexdigest()[:length]


def _text_hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _greek_letter(match: re.Match[str]) -> str:
    return unicodedata.name(match[0]).rsplit(" ", 1)[-1].lower()
