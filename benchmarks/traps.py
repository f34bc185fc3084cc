"""How often the extraction falls for sentences that look as if they stated a relation.

    python -m benchmarks.traps [--details]

``training/traps.txt`` holds sentences with two or three names and the tempting relations (``?``
lines) that they do not state: co-mentions, denials, former posts, the wrong direction of a passive
and others. Every sentence is extracted like a guide; printed is the share of sentences for which a
tempting relation is asserted, by kind, and the share of tempting relations.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from kg.extraction import extract
from kg.guides import parse_guide
from kg.language import load_pipeline
from kg.model import Modality
from kg.names import fold
from kg.ontology import load_ontology
from training.passages import read_passages

TRAPS = Path(__file__).resolve().parent.parent / "training" / "traps.txt"
_TEMPTING = re.compile(r"^\? (.+?) ; (\w+) ; (.+)$", re.MULTILINE)
_KIND = re.compile(r"^# id: (\S+) .*kind: (\S+)", re.MULTILINE)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--details", action="store_true", help="print what was fallen for")
    arguments = parser.parse_args()
    nlp, ontology = load_pipeline(), load_ontology()
    kinds = dict(_KIND.findall(TRAPS.read_text("utf-8")))
    sentences: Counter[str] = Counter()
    fallen: Counter[str] = Counter()
    tempting = asserted = 0
    for passage in read_passages(TRAPS):
        text = _TEMPTING.sub("", passage.text).strip()
        wrong = _TEMPTING.findall(passage.text)
        extraction = extract(
            parse_guide(text, passage.id), "https://example.org/episode", nlp, ontology
        )
        names = {
            entity.id: {fold(name) for name in (entity.label, *entity.aliases)}
            for entity in extraction.entities
        }
        spelt: dict[str, set[str]] = {}
        for mention in passage.mentions:
            spelt.setdefault(mention.name, {fold(mention.name)}).add(fold(mention.text))
        said = [r for r in extraction.relations if r.modality is Modality.ASSERTED]
        hits = [
            f"{subject} {relation} {object_}"
            for subject, relation, object_ in wrong
            if any(
                found.relation == relation
                and names.get(found.subject, set()) & spelt.get(subject, {fold(subject)})
                and names.get(found.object, set()) & spelt.get(object_, {fold(object_)})
                for found in said
            )
        ]
        kind = kinds[passage.id]
        sentences[kind] += 1
        fallen[kind] += bool(hits)
        tempting += len(wrong)
        asserted += len(hits)
        if arguments.details and hits:
            print(f"{passage.id} ({kind}): {'; '.join(hits)}\n    {text}")
    for kind, count in sorted(sentences.items()):
        print(f"{kind:28s} {fallen[kind]:3d} of {count}")
    total = sum(sentences.values())
    print(f"sentences {sum(fallen.values())} of {total} ({sum(fallen.values()) / total:.1%})")
    print(f"tempting relations {asserted} of {tempting} ({asserted / tempting:.1%})")


if __name__ == "__main__":
    main()
