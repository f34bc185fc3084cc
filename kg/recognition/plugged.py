"""Voices from outside: spaCy pipelines named by the user, and functions given from Python.

A pipeline is run over the text of every passage; what it names is proposed under the pipeline's own
name. What its labels mean and how much its word counts stands in ``recognizers.toml`` of the
ontology folder. A function is a ``Recogniser`` like those of this folder, and what it proposes is
checked, for it was written without knowing what the arbiter relies on.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import LanguageError, OntologyError
from kg.language import ParsedGuide, Passage, load_recognizer
from kg.names import fold
from kg.ontology import Ontology
from kg.recognition import VOICES
from kg.recognition.candidates import Candidate, Recogniser

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

FILE = "recognizers.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``recognizers.toml`` says of one recognizer; labels are folded."""

    score: float
    spans: tuple[str, ...]
    labels: Mapping[str, str]
    ignored: frozenset[str]


class PluggedPipeline:
    """A spaCy pipeline as a voice: a package's name, or the folder of a saved pipeline.

    ``unknown`` collects the labels that it used and that nothing is known of.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        # The folder's own name: no path may reach the graph.
        self.name = Path(source).resolve().name
        self.unknown: set[str] = set()

    def __call__(self, parsed: ParsedGuide, ontology: Ontology) -> Iterator[Candidate]:
        """Yield what the pipeline names; raises ``LanguageError`` where it cannot be loaded."""
        known = settings(ontology, self.name)
        nlp = load_recognizer(self.source)
        docs = nlp.pipe((passage.text for passage in parsed.passages), batch_size=32)
        for passage, doc in zip(parsed.passages, docs, strict=True):
            for name in _named(doc, known.spans):
                label = fold(name.label_)
                type_ = known.labels.get(label)
                if label in known.ignored:
                    continue
                if type_ is None:
                    self.unknown.add(name.label_)
                    continue
                yield from self._candidate(passage, name, type_, known.score, ontology)

    def _candidate(
        self, passage: Passage, name: DocSpan, type_: str, score: float, ontology: Ontology
    ) -> Iterator[Candidate]:
        first, last = _trimmed(passage.text, name.start_char, name.end_char)
        text = passage.text[first:last]
        naming = ontology.naming
        if text and text not in naming.not_names and text not in naming.generic_acronyms:
            span = passage.char_span(first, last)
            yield Candidate(span.start, span.end, type_, score, self.name)


def plugged(recognizers: Iterable[str | Recogniser]) -> tuple[Recogniser, ...]:
    """Return the recognizers as functions, pipelines anew with nothing ``unknown``.

    Nothing is loaded yet. Raises ``LanguageError`` where a pipeline has the name of another voice.
    """
    found: list[Recogniser] = []
    taken = set(VOICES)
    for given in recognizers:
        if not isinstance(given, str):
            found.append(given)
            continue
        pipeline = PluggedPipeline(given)
        if pipeline.name in taken:
            raise LanguageError(
                f"The recognizer {given!r} cannot be told from another voice, for both are called "
                f"{pipeline.name!r}. Name each once, or save the pipeline in a folder of another "
                "name."
            )
        taken.add(pipeline.name)
        found.append(pipeline)
    return tuple(found)


def unknown_labels(recognizers: Iterable[Recogniser]) -> frozenset[tuple[str, str]]:
    """Return the labels that were left out, each with the name of its pipeline."""
    return frozenset(
        (one.name, label)
        for one in recognizers
        if isinstance(one, PluggedPipeline)
        for label in one.unknown
    )


def proposals(
    recognizers: Sequence[Recogniser], parsed: ParsedGuide, ontology: Ontology
) -> Iterator[Candidate]:
    """Yield what recognizers from outside propose, of what is read for names.

    Raises ``LanguageError`` for what the arbiter could not judge: an unknown class, a score that is
    none, the name of a voice of this folder.
    """
    for recogniser in recognizers:
        for found in recogniser(parsed, ontology):
            fault = _fault(found, ontology)
            if fault:
                who = getattr(recogniser, "name", getattr(recogniser, "__name__", repr(recogniser)))
                raise LanguageError(f"The recognizer {who} proposes {found!r}: {fault}")
            if parsed.passage_at(found.span) is not None:
                yield found


def _fault(found: object, ontology: Ontology) -> str:
    if not isinstance(found, Candidate):
        return "propose a kg.Candidate."
    if found.type not in ontology.classes:
        return f"{found.type} is not a class. Choose from {', '.join(sorted(ontology.classes))}."
    if not 0.0 <= found.score <= 1.0:
        return "the score must be between 0 and 1."
    if not 0 <= found.start < found.end:
        return "the end must come after the start, both counted from the start of the guide's text."
    if not found.voice or found.voice in VOICES:
        return f"the voice must have a name of its own, other than {', '.join(sorted(VOICES))}."
    if found.entry and found.entry not in ontology.lexicon:
        return "the entry must be the key of an entry of the lexicon, or empty."
    return ""


def _named(doc: Doc, keys: tuple[str, ...]) -> Iterator[DocSpan]:
    yield from doc.ents
    for key in keys:
        # spaCy makes a group that is asked for and missing.
        if key in doc.spans:
            yield from doc.spans[key]


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    """Leave out the spaces around a name, an article before it and the possessive after it."""
    while last > first and text[last - 1].isspace():
        last -= 1
    for ending in ("'s", "'"):
        if text[first:last].endswith(ending):
            last -= len(ending)
            break
    # "The" with a capital may be the name's: "The Hobbit".
    if text[first:last].startswith("the "):
        first += 4
    while first < last and text[first].isspace():
        first += 1
    return first, last


@lru_cache(maxsize=32)
def settings(ontology: Ontology, name: str) -> Settings:
    """Read what the ontology folder says of a recognizer.

    A class's own name is a label of it. Raises ``OntologyError`` where the file is missing or
    faulty.
    """
    path = ontology.folder / FILE
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise OntologyError(
            f"{path}: {error.strerror or error}. Recognizers need this file in the ontology folder."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: {error}. Mend the file.") from error
    own = _table(tables.get("recognizer", {}), "recognizer", path).get(name, {})
    own = _table(own, f"recognizer.{name}", path)
    labels = {fold(class_name): class_name for class_name in ontology.classes}
    ignored = {fold(label) for label in _strings(tables, "ignored", path)}
    # The recognizer's own settings come last, and win.
    for source, where in ((tables, "labels"), (own, f"recognizer.{name}.labels")):
        for label, type_ in _table(source.get("labels", {}), where, path).items():
            if type_ not in ontology.classes:
                raise OntologyError(
                    f"{path}: {where}: {label} is said to mean {type_!r}, which is not a class."
                )
            labels[fold(label)] = type_
    ignored -= {fold(label) for label in own.get("labels", {})}
    ignored |= {fold(label) for label in _strings(own, "ignored", path)}
    score = own.get("score", tables.get("score"))
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0 <= score <= 1:
        raise OntologyError(f"{path}: the score of {name} must be a number between 0 and 1.")
    spans = _strings(own if "spans" in own else tables, "spans", path)
    return Settings(float(score), spans, labels, frozenset(ignored))


def _table(value: object, where: str, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise OntologyError(f"{path}: {where} must be a table. Write it as one.")
    return value


def _strings(table: Mapping[str, Any], name: str, path: Path) -> tuple[str, ...]:
    words = table.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise OntologyError(f"{path}: {name} must be a list of words. Write it as one.")
    return tuple(words)
