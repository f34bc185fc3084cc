"""How often references (*its*, *the company*, *who*, *we*) are read as the right entity.

    python -m benchmarks.references [--details]

The references of the annotated corpus (``training/corpus``) are asked for, with its mentions and
their entities given, so that only references can be wrong. Printed by kind, for the passages that
are kept for measuring (dev) and for the others (train), are how many there are, the share of those
answered that are right (precision), the share that gets no answer (abstained) and the share that
gets the right one (recall).

The last line counts words that could refer and that the corpus does not mark (*it rained*, *the
company that she left*): how many there are and how many are read as an entity all the same. Some
of these are right: the corpus marks what a careful reader would look up, not every repetition.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.model import Span
from kg.ontology import load_ontology
from kg.references import mention_maps
from training.passages import Passage, entities_of, read_corpus

_WORDS = {
    "pronoun": "it itself he him himself she her herself they them themselves",
    "possessive": "its his her hers their theirs",
    "relative": "who whom whose which that where",
    "first person": "i me my mine myself we us our ours ourselves",
}
KINDS = (*_WORDS, "noun phrase", "other")
_DETERMINERS = frozenset({"the", "this", "that", "his", "her", "their", "its", "my", "our"})
_NOT_A_NAME = frozenset({"first", "former", "last", "latter", "one", "second", "thing"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A reference of the corpus (or, without ``meant``, a word that is none) and what it got."""

    passage: Passage
    start: int
    text: str
    kind: str
    meant: str
    found: str


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--details", action="store_true", help="print what is wrong or without an answer in train"
    )
    arguments = parser.parse_args()
    found = list(answers())
    for title, dev in (("dev", True), ("train", False)):
        part = [answer for answer in found if answer.passage.is_dev == dev]
        print(f"{title:14s}     n  precision  abstained  recall")
        for kind in KINDS:
            _print(kind, [answer for answer in part if answer.meant and answer.kind == kind])
        _print("all", [answer for answer in part if answer.meant])
        unmarked = [answer for answer in part if not answer.meant]
        read = sum(bool(answer.found) for answer in unmarked)
        print(f"not marked     {len(unmarked):5d}, of which {read} are read as an entity\n")
    if arguments.details:
        for answer in found:
            if not answer.passage.is_dev and answer.found != answer.meant:
                print(_shown(answer))


def answers() -> Iterator[Answer]:
    """Ask for every reference of the corpus, and for every word that is none but could be."""
    nlp, ontology = load_pipeline(), load_ontology()
    for passage in read_corpus():
        parsed = parse(parse_guide(passage.text, passage.id), nlp)
        entities = entities_of(passage)
        names = [entity.label for entity in entities]
        maps = mention_maps(parsed, entities, ontology)
        marked = set()
        for reference in passage.references:
            span = Span(reference.start, reference.end)
            read = parsed.passage_at(span)
            tokens = read.tokens(span) if read is not None else None
            entity = None
            kind = kind_of(reference.text)
            if read is not None and tokens is not None:
                marked |= {(read.index, token.i) for token in tokens}
                if tokens.root.lower_ == "her" and tokens.root.tag_ == "PRP$":
                    kind = "possessive"
                entity = maps[read.index].antecedent(tokens.root)
            found = names[entity] if entity is not None else ""
            yield Answer(passage, reference.start, reference.text, kind, reference.name, found)
        for read in parsed.passages:
            for token in read.doc:
                if (read.index, token.i) in marked or maps[read.index].anchor(token) is not None:
                    continue
                entity = maps[read.index].antecedent(token)
                kind = kind_of(token.text)
                if entity is not None or kind in {"pronoun", "possessive"}:
                    found = names[entity] if entity is not None else ""
                    yield Answer(passage, read.positions[token.idx], token.text, kind, "", found)


def kind_of(text: str) -> str:
    """Return the kind of a reference; *her* alone is a pronoun."""
    words = text.lower().split()
    for kind, listed in _WORDS.items():
        if len(words) == 1 and words[0] in listed.split():
            return kind
    if len(words) > 1 and words[0] in _DETERMINERS and not _NOT_A_NAME & set(words):
        return "noun phrase"
    return "other"


def _print(kind: str, answers: list[Answer]) -> None:
    counts = Counter(
        "none" if not answer.found else "right" if answer.found == answer.meant else "wrong"
        for answer in answers
    )
    total = len(answers)
    if total:
        precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
        print(
            f"{kind:14s} {total:5d} {precision:10.3f} {counts['none'] / total:10.3f} "
            f"{counts['right'] / total:7.3f}"
        )


def _shown(answer: Answer) -> str:
    text = answer.passage.text
    before = text[max(0, answer.start - 200) : answer.start].replace("\n", " / ")
    after = text[answer.start + len(answer.text) :][:80].replace("\n", " / ")
    judged = f"{answer.kind}: {answer.meant or 'not marked'}, read as {answer.found or 'nothing'}"
    return f"{answer.passage.id}: {judged}\n    {before}<{answer.text}>{after}"


if __name__ == "__main__":
    main()
