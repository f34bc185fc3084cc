"""How well names are merged into entities: pairs of names that belong together.

    python -m benchmarks.merging GOLD GUIDES [--corpus] [--details]

Asked is, for every two names of one class that both the annotation and the graph of a guide know
(folded, see ``kg.names``): are they one entity in the annotation, and in the graph? Of the pairs
that are together in the graph precision is the share that is so in the annotation; recall is the
reverse.
GOLD and GUIDES are those of ``benchmarks.quality``. With ``--corpus`` the annotated passages of
``training/corpus`` are linked too, with their mentions given; ``--details`` prints what is wrong
there, never what is in GOLD.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg.evaluation import UNSCORED_CLASSES, Counts
from kg.gold import read_gold
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.linking import link
from kg.model import Mention
from kg.names import fold
from kg.ontology import load_ontology
from kg.pipeline import build
from training.passages import read_corpus

Names = Mapping[tuple[str, str], frozenset[int]]
"""The entities that a class and a folded name stand for."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one document, counted, and those merged wrongly or not at all."""

    counts: Counts
    wrong: tuple[tuple[str, str, str], ...] = ()
    missed: tuple[tuple[str, str, str], ...] = ()


def main() -> None:
    """Build, compare, print the totals."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("guides", type=Path)
    parser.add_argument("--corpus", action="store_true", help="measure on the corpus as well")
    parser.add_argument("--details", action="store_true", help="print the corpus's mistakes")
    arguments = parser.parse_args()
    print("names of one entity      pairs  precision  recall  wrong  missed")
    total = Counts()
    for path in sorted(arguments.gold.glob("*.json")):
        guide = next((p for p in sorted(arguments.guides.glob(f"{path.stem}.*"))), None)
        if guide is None:
            sys.exit(f"{arguments.guides} has no guide for {path.name}")
        total += guide_pairs(path, guide).counts
    _print("guides", total)
    if arguments.corpus:
        for title, dev in (("corpus, dev", True), ("corpus, train", False)):
            found = [(id_, pairs) for id_, is_dev, pairs in corpus_pairs() if is_dev == dev]
            _print(title, sum((pairs.counts for _, pairs in found), Counts()))
            if arguments.details and not dev:
                for id_, pairs in found:
                    for kind, listed in (("wrong", pairs.wrong), ("missed", pairs.missed)):
                        for pair in listed:
                            print(f"    {kind} {id_}: {' | '.join(pair)}")


def guide_pairs(gold: Path, guide: Path) -> Pairs:
    """Build a guide's graph and compare its merges with the annotation's."""
    ontology = load_ontology()
    annotated = names_of(
        (entity.type, entity.names)
        for entity in read_gold(gold).entities
        if entity.type not in UNSCORED_CLASSES
    )
    graph = build([str(guide)]).graph
    built = names_of(
        (ontology.root(entity.type), (entity.label, *entity.aliases))
        for entity in graph.entities()
        if entity.type not in UNSCORED_CLASSES
    )
    return compare(annotated, built)


def corpus_pairs() -> Iterable[tuple[str, bool, Pairs]]:
    """Link the mentions of every annotated passage; yield its id, whether it is dev, its pairs."""
    nlp, ontology = load_pipeline(), load_ontology()
    for passage in read_corpus():
        parsed = parse(parse_guide(passage.text, passage.id), nlp)
        mentions = tuple(
            sorted(Mention(m.start, m.end, m.text, m.type, 0.95) for m in passage.mentions)
        )
        meant: dict[tuple[str, str], set[str]] = {}
        for mention in passage.mentions:
            meant.setdefault((ontology.root(mention.type), mention.name), set()).add(mention.text)
        annotated = names_of((type_, tuple(names)) for (type_, _), names in meant.items())
        linked = names_of(
            (ontology.root(entity.type), tuple(m.text for m in entity.mentions))
            for entity in link(parsed, mentions, ontology)
        )
        yield passage.id, passage.is_dev, compare(annotated, linked)


def names_of(entities: Iterable[tuple[str, tuple[str, ...]]]) -> Names:
    """Return which of the entities (class and names) each class and folded name stands for."""
    found: dict[tuple[str, str], set[int]] = {}
    for at, (type_, names) in enumerate(entities):
        for name in names:
            found.setdefault((type_, fold(name)), set()).add(at)
    return {key: frozenset(known) for key, known in found.items()}


def compare(annotated: Names, found: Names) -> Pairs:
    """Count the pairs of names that both know, by whether they are together in each."""
    right, wrong, missed = 0, [], []
    shared = sorted(annotated.keys() & found.keys())
    for left, other in combinations(shared, 2):
        if left[0] != other[0]:
            continue
        meant = bool(annotated[left] & annotated[other])
        merged = bool(found[left] & found[other])
        pair = (left[0], left[1], other[1])
        right += meant and merged
        if merged and not meant:
            wrong.append(pair)
        if meant and not merged:
            missed.append(pair)
    return Pairs(Counts(right, len(wrong), len(missed)), tuple(wrong), tuple(missed))


def _print(title: str, counts: Counts) -> None:
    print(
        f"{title:22s} {counts.right + counts.missed:7d} {counts.precision:10.3f} "
        f"{counts.recall:7.3f} {counts.false:6d} {counts.missed:7d}"
    )


if __name__ == "__main__":
    main()
