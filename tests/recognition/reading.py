"""What the tests of recognition look at: names as words, and a small ontology to find them with."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from kg.guides import parse_guide
from kg.language import ParsedGuide, Passage, load_pipeline, parse
from kg.ontology import Ontology, ontology_folder
from kg.recognition import recognise
from kg.recognition.candidates import Candidate

PREFIXES = """@prefix kg: <https://w3id.org/episode-kg/ns#> .
@prefix lex: <https://w3id.org/episode-kg/lexicon/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
LEXICON = "https://w3id.org/episode-kg/lexicon/"

# Class, name, other names, flags. The key of an entry is its class and its first name.
_NAMES: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("Organization", "Apple", (), "ambiguous"),
    ("Organization", "Target", (), "ambiguous"),
    ("Organization", "Linear", (), "ambiguous"),
    ("Organization", "Nordlys", (), ""),
    ("Organization", "a9x", (), ""),
    ("Organization", "Notion", (), ""),
    ("Organization", "R&D Works", (), ""),
    ("Organization", "Skald Institute for AI", ("Si2",), ""),
    ("Lab", "DeepMind", (), ""),
    ("Lab", "DeepSeek", (), ""),
    ("Lab", "Moonshot", (), ""),
    ("Lab", "OpenAI", (), ""),
    ("Model", "DeepSeek", (), "family"),
    ("Model", "Kimi", (), "family"),
    ("Model", "Qwen", (), "family"),
    ("Model", "Claude", (), "family"),
    ("Model", "GPT", (), "family"),
    ("Model", "GPT-4o", (), ""),
    ("Model", "Sora", (), ""),
    ("Product", "Go", (), "ambiguous"),
    ("Product", "C", (), "ambiguous"),
    ("Product", "C++", (), ""),
    ("Product", "Rust", (), ""),
    ("Product", "Python", (), ""),
    ("Product", "Cursor", (), ""),
    ("Product", "Windows", (), "family"),
    ("Product", "ChatGPT", (), ""),
    ("Product", "Deep Research", (), ""),
    ("Product", "Claude Code", (), ""),
    ("Product", "Node.js", (), ""),
    ("Hardware", "H100", (), ""),
    ("Hardware", "Model S", (), ""),
    ("Benchmark", "MultiPL-E", (), ""),
    ("Benchmark", "SWE-bench", (), ""),
    ("Benchmark", "SWE-bench Pro", (), ""),
    ("Technique", "retrieval-augmented generation", ("RAG",), ""),
    ("Technique", "LoRA", (), ""),
    ("Architecture", "Mixture of Experts", ("mixture of experts", "MoE"), ""),
    ("Architecture", "attention", (), ""),
    ("Architecture", "transformer", (), ""),
    ("Topic", "large ranking machine", ("LRM",), ""),
    ("Person", "Grace Hopper", (), ""),
    ("Place", "Norway", (), ""),
    ("Place", "Bergen", (), ""),
)


def key(class_: str, name: str) -> str:
    """Return the key of a name of the small ontology."""
    word = "".join(c if c.isalnum() else "-" for c in name.lower().replace("+", "p"))
    return f"{LEXICON}{class_.lower()}-{word}"


def small_lexicon() -> str:
    """Return the small ontology's names as Turtle."""
    blocks = [PREFIXES]
    for class_, name, others, flag in _NAMES:
        lines = [f"<{key(class_, name)}> a skos:Concept, kg:{class_}", f'skos:prefLabel "{name}"']
        lines += [f'skos:altLabel "{other}"' for other in others]
        lines += [f"kg:{flag} true"] if flag else []
        blocks.append(" ; ".join(lines) + " .\n")
    return "\n".join(blocks)


def copy_ontology(folder: Path, lexicon: str = "") -> Path:
    """Copy the vocabulary and word lists that come with the package; the names are given."""
    (folder / "lexicon").mkdir(parents=True)
    shutil.copy(ontology_folder() / "vocabulary.ttl", folder)
    for words in ontology_folder().glob("*.toml"):
        shutil.copy(words, folder)
    if lexicon:
        (folder / "lexicon" / "names.ttl").write_text(lexicon, "utf-8")
    return folder


def read(text: str, format: str = "text") -> ParsedGuide:  # noqa: A002
    """Parse a text as the body of a guide."""
    return parse(parse_guide(f"Notes on a talk\n\n{text}\n", "notes", format), load_pipeline())


def first_passage(text: str) -> Passage:
    """Return the passage of a text of one paragraph."""
    return read(text).passages[-1]


def names(text: str, ontology: Ontology) -> list[tuple[str, str]]:
    """Return the mentions of a text, each as its words and its class."""
    return [(mention.text, mention.type) for mention in recognise(read(text), ontology)]


def words(text: str, ontology: Ontology) -> list[str]:
    """Return the mentions of a text as words only."""
    return [word for word, _ in names(text, ontology)]


def proposed(voice: str, text: str, ontology: Ontology) -> list[tuple[str, str]]:
    """Return what one recogniser proposes for a text, in text order."""
    parsed = read(text)
    found: Iterable[Candidate] = import_module(f"kg.recognition.{voice}").find(parsed, ontology)
    return [(one.span.of(parsed.guide.text), one.type) for one in sorted(found)]
