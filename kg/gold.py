"""Gold annotation: what a careful reader finds in a document, to measure graphs against.

One ``NAME.json`` a document:

    {"entities": [{"id": "e1", "type": "Person", "names": ["Ada Lovelace", "Ada"]}],
     "relations": [{"s": "e1", "p": "guestOf", "o": "EPISODE", "evidence": "…", "core": false}]}

``core`` (true where it is not said) is false for what reasonable readers may see differently. The
evidence is a quotation, shown and not scored. Other members are for the reader of the file and are
passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import SourceError

EPISODE = "EPISODE"
"""What an annotated relation calls the document's own episode."""


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An annotated entity: its canonical name first, then every other form."""

    id: str
    type: str
    names: tuple[str, ...]
    core: bool = True

    def __post_init__(self) -> None:
        if not self.names or not all(isinstance(name, str) for name in self.names):
            raise ValueError(f"the names of entity {self.id!r} must be strings, and at least one")


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """An annotated relation between two gold entities, or one and ``EPISODE``."""

    subject: str
    relation: str
    object: str
    core: bool = True
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one document."""

    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]


def read_gold(path: Path) -> Gold:
    """Read one document's annotation; ``SourceError`` where it is faulty."""
    try:
        gold = _parse(json.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise SourceError(f"{path}: {error} is missing. Add it to the annotation.") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SourceError(f"{path}: {error}. Mend the annotation.") from error
    known = {entity.id for entity in gold.entities} | {EPISODE}
    for relation in gold.relations:
        for end in (relation.subject, relation.object):
            if end not in known:
                raise SourceError(
                    f"{path}: a relation names {end!r}, which is no entity of the annotation. "
                    "Add the entity, or mend the relation."
                )
    return gold


def _parse(data: Any) -> Gold:
    return Gold(
        entities=tuple(
            GoldEntity(e["id"], e["type"], tuple(e["names"]), e.get("core", True))
            for e in data["entities"]
        ),
        relations=tuple(
            GoldRelation(r["s"], r["p"], r["o"], r.get("core", True), _quotation(r))
            for r in data["relations"]
        ),
    )


def _quotation(relation: dict[str, Any]) -> str:
    quotation = relation.get("evidence")
    return quotation if isinstance(quotation, str) else ""
