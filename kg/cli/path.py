"""``kg path``: how two entities are linked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option
from kg.cli.printing import printable
from kg.cli.show import marks, quoted

if TYPE_CHECKING:
    from kg.graph import Chain, KnowledgeGraph


@click.command(short_help="Show how two entities are linked.")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@graph_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many chains to show where several are equally short.",
)
@click.pass_context
def path(ctx: click.Context, start: str, end: str, graph: Path, limit: int) -> None:
    """Show how two entities are linked.

    The shortest chain of relations between them is printed, each step with the sentences that
    state it. A and B are names in any spelling, or IRIs:

        kg path 'Nathan Lambert' Anthropic
    """
    from kg.graph import load_graph

    known = load_graph(graph)
    starts, ends = known.find(start), known.find(end)
    if set(starts) & set(ends):
        click.echo(f"{start} and {end} name the same entity.", err=True)
        ctx.exit(1)
    chains = shortest(known, starts, ends, limit)
    if not chains:
        click.echo(f"Nothing that the episodes say links {start} and {end}.", err=True)
        ctx.exit(1)
    click.echo("\n\n".join("\n".join(chain_lines(chain, known)) for chain in chains))


def shortest(
    graph: KnowledgeGraph, starts: tuple[str, ...], ends: tuple[str, ...], limit: int
) -> tuple[Chain, ...]:
    """Return the shortest chains between any of some entities and any of others."""
    found = [graph.path(one, other, limit) for one in starts for other in ends]
    reached = [chains for chains in found if chains]
    return min(reached, key=lambda chains: len(chains[0]), default=())


def chain_lines(chain: Chain, graph: KnowledgeGraph) -> Iterator[str]:
    """Yield a numbered line for each step, its evidence below."""
    for number, step in enumerate(chain, start=1):
        for place, relation in enumerate(step.relations):
            subject = printable(graph.entity(relation.subject).label)
            object_ = printable(graph.entity(relation.object).label)
            kind = graph.ontology.relations.get(relation.relation)
            verb = kind.label if kind else relation.relation
            if relation.relation == "relatedTo" and relation.phrase:
                verb = printable(relation.phrase)
            head = f"{number}." if place == 0 else " " * len(f"{number}.")
            yield f"{head} {subject} — {verb} — {object_}{marks(relation)}"
            for evidence in relation.evidence:
                yield f"     {quoted(evidence, graph.entity(evidence.episode).label)}"
