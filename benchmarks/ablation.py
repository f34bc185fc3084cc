"""What each voice is worth: the scores on annotated guides with one voice after another left out.

    python -m benchmarks.ablation GOLD GUIDES

GOLD and GUIDES as for ``benchmarks.quality``. Nothing is fitted anew, so that a row shows what the
others, weighed as they are, make without that voice.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from benchmarks.quality import build_all
from kg.evaluation import Counts, evaluate
from kg.ontology import load_ontology
from kg.recognition import VOICES
from kg.relations import EXTRACTORS, contextual, learned


def main() -> None:
    """Print a row for each voice."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("guides", type=Path)
    arguments = parser.parse_args()
    print(f"{'without':28s}  entities P     R    F1    relations P     R    F1")
    for name, without in _variants():
        with without, TemporaryDirectory() as scratch:
            build_all(arguments.gold, arguments.guides, Path(scratch))
            scores = evaluate(arguments.gold, Path(scratch), load_ontology()).documents.values()
        entities = sum((score.entities_total for score in scores), Counts())
        relations = sum((score.relations_total for score in scores), Counts())
        print(f"{name:28s}  {_row(entities)}   {_row(relations)}", flush=True)


def _variants() -> Iterator[tuple[str, AbstractContextManager[object]]]:
    yield "(nothing)", nullcontext()
    for voice in VOICES:
        kept = {name: path for name, path in VOICES.items() if name != voice}
        yield f"names: {voice}", mock.patch.dict(VOICES, kept, clear=True)
    for rule in EXTRACTORS:
        kept = {name: path for name, path in EXTRACTORS.items() if name != rule}
        yield f"relations: {rule}", mock.patch.dict(EXTRACTORS, kept, clear=True)
    yield "relations: pair model", mock.patch.object(learned, "chances", return_value={})
    yield "relations: encoder", mock.patch.object(contextual, "chances", return_value={})


def _row(counts: Counts) -> str:
    return f"{counts.precision:10.3f} {counts.recall:.3f} {counts.f1:.3f}"


if __name__ == "__main__":
    main()
