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

from kg.errors import LanguageError, SourceError
from kg.iri import episode_iri
from kg.ontology import load_ontology

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.model import Extraction, Guide
    from kg.recognition.candidates import Recogniser

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
    """The graph of all guides that could be read.

    ``warnings`` say what a recognizer found and nobody understood.
    """

    graph: KnowledgeGraph
    failures: tuple[Failure, ...]
    guides: int
    warnings: tuple[str, ...] = ()


def build(
    sources: Sequence[str],
    *,
    jobs: int = 1,
    spacy_model: str | None = None,
    recognizers: Sequence[str | Recogniser] = (),
    ontology: Path | None = None,
    background: bool = False,
    progress: Progress | None = None,
) -> BuildResult:
    """Read guides (files, folders, globs, ``-``) and assemble their graph.

    ``recognizers`` are further voices: the name or folder of a spaCy pipeline, or a function from a
    parsed guide and the ontology to candidates, which several ``jobs`` must be able to import.

    A guide that cannot be read becomes a ``Failure``; the others are read all the same. Raises
    ``SourceError`` where there is no guide at all, ``OntologyError`` and ``LanguageError``.
    """
    from kg.assembly import assemble
    from kg.graph import KnowledgeGraph

    known = load_ontology(ontology)
    if recognizers:
        _check(recognizers, jobs)
    guides, failures = _read(sources)
    setup = _Setup(spacy_model, tuple(recognizers), ontology)
    extracted = list(_extract_all(guides, jobs, setup, progress))
    graph = assemble([extraction for extraction, _ in extracted], known, background=background)
    unknown = frozenset[tuple[str, str]]().union(*(labels for _, labels in extracted))
    return BuildResult(
        KnowledgeGraph(graph, known), tuple(failures), len(guides), tuple(_warnings(unknown))
    )


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


@dataclass(frozen=True, slots=True)
class _Setup:
    """What every guide is read with; sent to other processes, which load what it names."""

    spacy_model: str | None
    recognizers: tuple[str | Recogniser, ...]
    ontology: Path | None


_Extracted = tuple["Extraction", frozenset[tuple[str, str]]]
"""What was read from a guide, and the labels that a recognizer used and nobody knows."""


def _check(recognizers: Sequence[str | Recogniser], jobs: int) -> None:
    """Say before any guide is read what is wrong with the recognizers."""
    from kg.recognition.plugged import plugged

    for recogniser in plugged(recognizers):
        if jobs > 1:
            import pickle

            try:
                pickle.dumps(recogniser)
            except (pickle.PicklingError, AttributeError, TypeError) as error:
                raise LanguageError(
                    f"The recognizer {recogniser!r} cannot be given to other processes ({error}). "
                    "Define it at the top level of a module, or read with one job."
                ) from error


def _warnings(unknown: frozenset[tuple[str, str]]) -> Iterator[str]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for name, label in sorted(unknown):
        by_name[name].append(label)
    for name, labels in by_name.items():
        yield (
            f"{name}: names with these labels were left out, for no class is known for them: "
            f"{', '.join(labels)}. Say in recognizers.toml of the ontology folder what they mean."
        )


def _extract_all(
    guides: dict[str, Guide], jobs: int, setup: _Setup, progress: Progress | None
) -> Iterator[_Extracted]:
    total = len(guides)
    work = [(guide, episode, setup) for episode, guide in guides.items()]
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
    done: Iterator[_Extracted], total: int, progress: Progress | None
) -> Iterator[_Extracted]:
    for count, (extraction, unknown) in enumerate(done, start=1):
        if progress is not None:
            progress(count, total, extraction.guide.source)
        yield extraction, unknown


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the main process: a worker that dies of it would leave the pool waiting."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _extract_one(work: tuple[Guide, str, _Setup]) -> _Extracted:
    """Extract one guide; at module level so that another process can be asked to."""
    from kg.extraction import extract
    from kg.language import load_pipeline

    guide, episode, setup = work
    nlp, ontology = load_pipeline(setup.spacy_model), load_ontology(setup.ontology)
    if not setup.recognizers:
        return extract(guide, episode, nlp, ontology), frozenset()
    from kg.recognition.plugged import plugged, unknown_labels

    recognizers = plugged(setup.recognizers)
    return extract(guide, episode, nlp, ontology, recognizers), unknown_labels(recognizers)
