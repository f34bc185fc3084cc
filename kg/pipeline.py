"""The way from guides to a graph. Start reading here.

    guide file → Guide → mentions → entities → relations → graph → exports
               reading  recognition linking   relations   assembly exporters

Each arrow is a module; this one only puts them in order. The command line, the Python API and the
tests all call ``build`` and ``write``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.iri import episode_iri
from kg.ontology import load_ontology

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Extraction, Guide

Progress = Callable[[int, int, str], None]
"""Called with the guides done, the guides in all, and the name of the last one."""

FILES = {"graph.json": "json", "graph.ttl": "turtle", "graph.html": "html"}
"""What ``write`` leaves in a folder, and the exporter that makes it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A guide that could not be read, and why."""

    source: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The graph of all guides that could be read."""

    graph: KnowledgeGraph
    failures: tuple[Failure, ...]
    guides: int


def build(
    sources: Sequence[str],
    *,
    jobs: int = 1,
    spacy_model: str | None = None,
    ontology: Path | None = None,
    background: bool = False,
    progress: Progress | None = None,
) -> BuildResult:
    """Read guides (files, folders, globs, ``-``) and assemble their graph.

    A guide that cannot be read becomes a ``Failure``; the others are read all the same. Raises
    ``SourceError`` where there is no guide at all, ``OntologyError`` and ``LanguageError``.
    """
    from kg.assembly import assemble
    from kg.graph import KnowledgeGraph

    known = load_ontology(ontology)
    guides, failures = _read(sources)
    extractions = list(_extract_all(guides, jobs, spacy_model, ontology, progress))
    graph = assemble(extractions, known, background=background)
    return BuildResult(KnowledgeGraph(graph, known), tuple(failures), len(guides))


def write(graph: KnowledgeGraph, folder: Path, ontology: Path | None = None) -> list[Path]:
    """Write the graph's files into a folder, all or none, and return their paths."""
    from kg.exporters import export
    from kg.files import write_all

    known = load_ontology(ontology)
    return write_all(
        folder, {name: export(kind, graph.graph, known) for name, kind in FILES.items()}
    )


def _read(sources: Sequence[str]) -> tuple[dict[str, Guide], list[Failure]]:
    """Return the guides by the IRI of their episode; the same text twice is one guide."""
    from kg.guides import find_sources, read_guide

    read: dict[str, Guide] = {}
    failures = []
    for source in find_sources(sources):
        try:
            guide = read_guide(source)
        except SourceError as error:
            failures.append(Failure(source.name, str(error)))
        else:
            known = read.get(guide.sha256)
            if known is None or guide.source < known.source:
                read[guide.sha256] = guide
    by_iri: dict[str, list[Guide]] = defaultdict(list)
    for guide in read.values():
        iri = episode_iri(guide.series, guide.number, guide.title, guide.sha256)
        by_iri[iri].append(guide)
    guides = {
        # Two guides to one episode are kept apart by their text.
        iri if len(rivals) == 1 else f"{iri}-{guide.sha256[:8]}": guide
        for iri, rivals in by_iri.items()
        for guide in rivals
    }
    return dict(sorted(guides.items())), failures


def _extract_all(
    guides: dict[str, Guide],
    jobs: int,
    spacy_model: str | None,
    ontology: Path | None,
    progress: Progress | None,
) -> Iterator[Extraction]:
    total = len(guides)
    work = [(guide, episode, spacy_model, ontology) for episode, guide in guides.items()]
    if jobs <= 1 or total <= 1:
        done = map(_extract_one, work)
        yield from _reported(done, total, progress)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork of a process with threads of its own can hang.
    with ProcessPoolExecutor(
        min(jobs, total), mp_context=get_context("spawn"), initializer=_leave_interrupts
    ) as pool:
        try:
            yield from _reported(pool.map(_extract_one, work), total, progress)
        except BaseException:
            # What is left to do is of no use any more; leaving the pool would wait for it.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _reported(
    done: Iterator[Extraction], total: int, progress: Progress | None
) -> Iterator[Extraction]:
    for count, extraction in enumerate(done, start=1):
        if progress is not None:
            progress(count, total, extraction.guide.source)
        yield extraction


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the main process: a worker that dies of it would leave the pool waiting."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _extract_one(work: tuple[Guide, str, str | None, Path | None]) -> Extraction:
    """Extract one guide; at module level so that another process can be asked to."""
    from kg.extraction import extract
    from kg.language import load_pipeline

    guide, episode, spacy_model, ontology = work
    return extract(guide, episode, load_pipeline(spacy_model), load_ontology(ontology))
