"""How good the extraction is on annotated guides.

    python -m benchmarks.quality GOLD GUIDES [--graphs DIR]

GOLD holds NAME.json files (docs/formats.md), GUIDES a NAME.txt for each. Every guide is built by
itself, as ``kg build NAME.txt`` does; printed are the scores of each guide, of each class and
relation, and what fails most often.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kg.evaluation import Counts, Evaluation, evaluate
from kg.ontology import load_ontology
from kg.pipeline import build, write

MOST_LISTED = 25


def main() -> None:
    """Build, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("guides", type=Path)
    parser.add_argument("--graphs", type=Path, help="keep the graphs in this folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        graphs = arguments.graphs or Path(scratch)
        build_all(arguments.gold, arguments.guides, graphs)
        print_report(evaluate(arguments.gold, graphs, load_ontology()))


def build_all(golds: Path, guides: Path, graphs: Path) -> None:
    """Build the graph of every annotated guide into a folder of its own."""
    for gold in sorted(golds.glob("*.json")):
        guide = next((p for p in sorted(guides.glob(f"{gold.stem}.*"))), None)
        if guide is None:
            sys.exit(f"{guides} has no guide for {gold.name}")
        write(build([str(guide)]).graph, graphs / gold.stem)


def print_report(result: Evaluation) -> None:
    """Print the tables."""
    print(f"{'':46s}   entities P    R    F1     relations P    R    F1")
    for name, score in result.documents.items():
        print(f"{name[:46]:46s} {_row(score.entities_total)}   {_row(score.relations_total)}")
    scores = list(result.documents.values())
    entities = sum((score.entities_total for score in scores), Counts())
    relations = sum((score.relations_total for score in scores), Counts())
    print(f"{'all':46s} {_row(entities)}   {_row(relations)}\n")
    for title, tables in (
        ("class", [score.classes for score in scores]),
        ("relation", [score.relations for score in scores]),
    ):
        print(f"{title:16s}      P     R    F1   right false missed")
        total: Counter[str] = Counter()
        pooled: dict[str, Counts] = {}
        for table in tables:
            for name, counts in table.items():
                pooled[name] = pooled.get(name, Counts()) + counts
                total[name] += counts.right + counts.missed
        for name in sorted(pooled, key=lambda name: (-total[name], name)):
            counts = pooled[name]
            print(
                f"{name:16s} {_row(counts)}   {counts.right:4d}  {counts.false:4d}   "
                f"{counts.missed:4d}"
            )
        print()
    kinds = Counter(_kind(line) for score in scores for line in score.differences if line.strip())
    print("what fails most")
    for kind, count in kinds.most_common(MOST_LISTED):
        print(f"{count:4d}  {kind}")


def _row(counts: Counts) -> str:
    return f"{counts.precision:6.2f} {counts.recall:5.2f} {counts.f1:5.3f}"


def _kind(line: str) -> str:
    """Reduce a difference to its kind: the names in it are left out."""
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "…", line.strip())
    return re.sub(r"\s+", " ", bare)


if __name__ == "__main__":
    main()
