"""How fast guides are read: the whole extraction against the bare spaCy pipeline.

    python -m benchmarks.throughput GUIDE... [--runs N]

Both read the same texts in one process, in turn; printed are words a second of each, the median of
the runs, and their ratio, which says more than either on a machine that is not quiet.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from statistics import median

from kg.extraction import extract
from kg.guides import find_sources, read_guide
from kg.language import load_pipeline
from kg.ontology import load_ontology


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("guides", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    guides = [read_guide(source) for source in find_sources(arguments.guides)]
    nlp, ontology = load_pipeline(), load_ontology()
    words = sum(len(guide.text.split()) for guide in guides)

    def bare() -> None:
        for _ in nlp.pipe(guide.text for guide in guides):
            pass

    def whole() -> None:
        for guide in guides:
            extract(guide, "https://example.org/episode", nlp, ontology)

    whole()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare()
    times: dict[str, list[float]] = {"bare pipeline": [], "whole extraction": []}
    for _ in range(arguments.runs):
        times["bare pipeline"].append(_seconds(bare))
        times["whole extraction"].append(_seconds(whole))
    for name, found in times.items():
        print(f"{name:18s} {words / median(found):8.0f} words a second")
    ratio = median(times["bare pipeline"]) / median(times["whole extraction"])
    print(f"ratio {ratio:.2f}; {words} words; the extraction takes {most:.0f} MiB at most")


def _seconds(action: Callable[[], None]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
