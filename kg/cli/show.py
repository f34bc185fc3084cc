"""``kg show``: one entity with everything the episodes say of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.printing import printable

if TYPE_CHECKING:
    from kg.graph import Description
    from kg.model import Evidence, Relation
    from kg.ontology import Ontology


@click.command(short_help="Show one entity with its relations and evidence.")
@click.argument("name")
@graph_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
def show(name: str, graph: Path, format_: str) -> None:
    """Show one entity with its relations and evidence.

    NAME is any of its names, in any spelling, or its IRI. Where several entities bear it, such as
    a lab and its model, all are shown:

        kg show DeepSeek
    """
    from kg.graph import load_graph

    known = load_graph(graph)
    found = [known.describe(id_) for id_ in known.find(name)]
    if format_ == "json":
        cards = [asdict(description) for description in found]
        click.echo(json.dumps(cards, ensure_ascii=False, indent=1))
        return
    if len(found) > 1:
        click.echo(f"{len(found)} entities have this name.", err=True)
    click.echo("\n\n".join("\n".join(card(one, known.ontology)) for one in found))


def card(description: Description, ontology: Ontology) -> Iterator[str]:
    """Yield the lines that describe an entity."""
    entity = description.entity
    yield f"{printable(entity.label)} · {entity.type}"
    yield f"  {printable(entity.id)}"
    if entity.aliases:
        yield f"  also: {', '.join(map(printable, entity.aliases))}"
    for other in entity.same_as:
        yield f"  same as: {printable(other)}"
    for name, value in entity.attributes:
        if name in ("series", "number", "published", "updated", "duration", "source"):
            yield f"  {name}: {printable(value)}"
    if entity.type == "Quote":
        yield f"  “{printable(dict(entity.attributes).get('text', entity.label)).strip('“”')}”"
    if entity.origin == "background":
        yield "  known to the lexicon; no episode names it"
    elif entity.mentions:
        episodes = ", ".join(printable(description.names[iri]) for iri in description.episodes)
        times = len(entity.mentions)
        yield f"  named {times} {'time' if times == 1 else 'times'} in {episodes}"
    for heading, relations in _groups(description, ontology):
        yield ""
        yield heading
        for relation in relations:
            yield from _statement(relation, description)


def quoted(evidence: Evidence, episode: str) -> str:
    """Write a passage as a quotation with where it stands."""
    place = ", ".join(printable(part) for part in (evidence.section, episode) if part)
    return f"“{printable(evidence.text).strip('“”')}” — {place}"


def marks(relation: Relation) -> str:
    """Say in brackets what keeps a relation from being a plain fact of an episode."""
    found = [] if relation.modality == "asserted" else [relation.modality.value]
    if relation.origin == "background":
        found.append("background: known to the lexicon, said by no episode")
    if relation.origin == "open":
        found.append("open relation")
    return f" ({'; '.join(found)})" if found else ""


def _groups(description: Description, ontology: Ontology) -> Iterator[tuple[str, list[Relation]]]:
    """Yield relations under their heading; what merely names the entity comes last."""
    groups: dict[tuple[bool, str], list[Relation]] = defaultdict(list)
    for relation in description.outgoing:
        kind = ontology.relations.get(relation.relation)
        heading = kind.label if kind else relation.relation
        groups[relation.relation == "discusses", heading].append(relation)
    for relation in description.incoming:
        if relation.subject == relation.object:
            continue
        kind = ontology.relations.get(relation.relation)
        heading = kind.inverse_label if kind else f"{relation.relation} of"
        groups[relation.relation == "discusses", heading].append(relation)

    def order(relation: Relation) -> tuple[bool, str, Relation]:
        other = _other(relation, description)
        return (relation.modality != "asserted", description.names[other].casefold(), relation)

    for (_, heading), relations in sorted(groups.items()):
        yield heading, sorted(relations, key=order)


def _other(relation: Relation, description: Description) -> str:
    own = description.entity.id
    return relation.object if relation.subject == own else relation.subject


def _statement(relation: Relation, description: Description) -> Iterator[str]:
    own_first = relation.subject == description.entity.id
    name = printable(description.names[_other(relation, description)])
    if relation.relation == "relatedTo" and relation.phrase:
        own = printable(description.entity.label)
        phrase = printable(relation.phrase)
        name = f"{own} {phrase} {name}" if own_first else f"{name} {phrase} {own}"
    literals = ", ".join(f"{key} {printable(value)}" for key, value in relation.literals)
    yield f"  {name}{f' · {literals}' if literals else ''}{marks(relation)}"
    for evidence in relation.evidence:
        episode = description.names.get(evidence.episode, evidence.episode)
        yield f"    {quoted(evidence, episode)}"
