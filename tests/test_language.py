from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import language
from kg.errors import LanguageError, SourceError
from kg.guides import parse_guide
from kg.language import DEFAULT_PIPELINE, LONGEST_PIECE, load_pipeline, parse
from kg.model import READ_FOR_ENTITIES, Block, BlockKind, Guide, Span

if TYPE_CHECKING:
    from spacy.language import Language

_PIECES = st.sampled_from(
    [
        *(
            "\n\n",
            "\n",
            " ",
            " ",
            " ",
            "   ",
            "\t",
            ". ",
            ", ",
            ": ",
            " - ",
            " — ",
            "(",
            ") ",
            "’",
            "“",
        ),
        *("**", "*", "_", "`", "## ", "- ", "1. ", "> ", "[", "](https://example.com/a_b) ", "\\*"),
        *("https://example.com/a_b ", "www.example.com ", "<b>", "a@b.co ", "#12 – ", "[12:30] "),
        *(
            "They met",
            "Ines Corva",
            "GPT‑5",
            "A*",
            "x",
            "It is late.",
            "Key takeaways:",
            "Sponsors",
        ),
        *("É", "漢字", "🎙", "ﬁ", "e\u0301", "\u00a0", "\u2011", "ǅ", "ß", "İ", "\u200b", "٣"),
    ]
)
_texts = st.lists(_PIECES, min_size=1, max_size=50).map("".join) | st.text(max_size=60)
_SAME = {"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "\u00a0": " ", "\n": " ", "\t": " "}


@pytest.fixture(scope="module")
def blank() -> Language:
    """A pipeline that does nothing but cut a text into words, for what needs no grammar."""
    import spacy

    return spacy.blank("en")


def of(text: str) -> Guide:
    return Guide("notes.txt", text, blocks=(Block(0, len(text), BlockKind.PARAGRAPH),))


@given(text=_texts, suffix=st.sampled_from(["txt", "md"]))
@settings(max_examples=300, deadline=None)
def test_every_passage_knows_the_places_of_its_words(
    blank: Language, text: str, suffix: str
) -> None:
    try:
        guide = parse_guide(text, "guide", suffix)
    except SourceError:
        return
    parsed = parse(guide, blank)
    last = -1
    for index, passage in enumerate(parsed.passages):
        places, doc = passage.positions, passage.doc
        assert passage.index == index
        assert len(places) == len(doc.text)
        assert list(places) == sorted(set(places))
        assert last < passage.start < passage.end
        # No passage leaves its block, and a head's passage is the head.
        assert passage.block.kind in READ_FOR_ENTITIES
        assert passage.block.span.contains(Span(passage.start, passage.end))
        if passage.is_head:
            assert passage.block.head is not None
            assert passage.block.head.contains(Span(passage.start, passage.end))
        if passage.head >= 0:
            assert parsed.passages[passage.head].is_head
            assert parsed.passages[passage.head].block == passage.block
        for place, character in zip(places, doc.text, strict=True):
            assert _SAME.get(guide.text[place], guide.text[place]) == character
        for token in doc:
            span = passage.span(token)
            assert passage.tokens(span) is not None
            assert parsed.passage_at(span) is passage
        last = passage.end - 1


@given(text=_texts)
@settings(max_examples=100, deadline=None)
def test_every_letter_that_is_read_and_no_markup_is_parsed(blank: Language, text: str) -> None:
    from kg.guides.markup import blank_markup

    try:
        guide = parse_guide(text, "guide")
    except SourceError:
        return
    places = {at for passage in parse(guide, blank).passages for at in passage.positions}
    for block in guide.blocks:
        words = blank_markup(guide.text, block.start, block.end)
        expected = {block.start + at for at, c in enumerate(words) if c.isalnum()}
        parsed = {at for at in places if block.start <= at < block.end and guide.text[at].isalnum()}
        if block.kind not in READ_FOR_ENTITIES:
            assert not parsed
        elif block.head is None:
            assert parsed == expected


def test_an_item_is_parsed_as_its_head_and_what_follows(blank: Language) -> None:
    text = "Notes on a talk\n\n- Halden Labs: a lab in Bergen\n- plain words of an item\n"
    passages = parse(parse_guide(text, "notes"), blank).passages
    assert [(p.doc.text, p.is_head, p.head) for p in passages[1:]] == [
        ("Halden Labs", True, -1),
        ("a lab in Bergen", False, 1),
        ("plain words of an item", False, -1),
    ]


def test_a_paragraph_with_a_bold_head_is_parsed_as_two(blank: Language) -> None:
    text = "# Notes\n\n**Halden Labs.** They work in Bergen, by the sea.\n"
    passages = parse(parse_guide(text, "notes", "md"), blank).passages
    assert [(p.doc.text.rstrip("."), p.is_head) for p in passages[1:]] == [
        ("Halden Labs", True),
        ("They work in Bergen, by the sea", False),
    ]


def test_markup_and_addresses_are_not_parsed_and_spaces_count_once(blank: Language) -> None:
    text = "They  use **Open**AI’s\n[tool](https://example.com/x_y), see https://example.com/z too"
    (passage,) = parse(of(text), blank).passages
    assert passage.doc.text == "They use OpenAI's tool, see too"
    tool = passage.char_span(passage.doc.text.index("tool"), passage.doc.text.index("tool") + 4)
    assert tool.of(text) == "tool"
    assert passage.tokens(Span(text.index("https"), text.index("https") + 5)) is None


def test_a_place_is_found_in_the_tokens_that_it_touches(blank: Language) -> None:
    text = "They met Ines Corva there."
    (passage,) = parse(of(text), blank).passages
    inside = passage.tokens(Span(text.index("nes"), text.index("nes") + 3))
    assert inside is not None
    assert inside.text == "Ines"
    across = passage.tokens(Span(text.index("nes"), text.index("orva") + 1))
    assert across is not None
    assert across.text == "Ines Corva"
    assert passage.span(across).of(text) == "Ines Corva"
    assert passage.tokens(Span(len(text), len(text) + 1)) is None


def test_a_place_between_passages_is_in_none(blank: Language) -> None:
    text = "One two.\n\nThree four."
    guide = Guide(
        "notes.txt",
        text,
        blocks=(Block(0, 8, BlockKind.PARAGRAPH), Block(10, len(text), BlockKind.PARAGRAPH)),
    )
    parsed = parse(guide, blank)
    assert parsed.passage_at(Span(8, 9)) is None
    assert parsed.passage_at(Span(7, 11)) is None
    assert parsed.passage_at(Span(10, 15)) is parsed.passages[1]
    assert parse(Guide("notes.txt", text), blank).passage_at(Span(0, 1)) is None


@pytest.mark.parametrize(
    "kind", [kind for kind in BlockKind if kind not in READ_FOR_ENTITIES], ids=str
)
def test_what_is_not_read_for_entities_is_not_parsed(blank: Language, kind: BlockKind) -> None:
    text = "Check out Halden."
    guide = Guide("notes.txt", text, blocks=(Block(0, len(text), kind),))
    assert parse(guide, blank).passages == ()


def test_a_block_with_no_words_gives_no_passage(blank: Language) -> None:
    assert parse(of("*** — !!"), blank).passages == ()


def test_a_long_block_is_cut_at_spaces_with_nothing_lost(blank: Language) -> None:
    text = "Halden " * (LONGEST_PIECE // 2)
    passages = parse(of(text.strip()), blank).passages
    assert len(passages) > 3
    assert all(len(passage.positions) <= LONGEST_PIECE for passage in passages)
    assert {word for passage in passages for word in passage.doc.text.split()} == {"Halden"}
    assert sum(len(passage.doc.text.split()) for passage in passages) == LONGEST_PIECE // 2


def test_a_long_word_is_cut_with_nothing_lost(blank: Language) -> None:
    text = "x" * (LONGEST_PIECE * 2 + 5)
    passages = parse(of(text), blank).passages
    assert "".join(passage.doc.text for passage in passages) == text
    assert [passage.start for passage in passages] == [0, LONGEST_PIECE, LONGEST_PIECE * 2]


def test_the_pieces_of_a_long_item_all_know_its_head(
    blank: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "LONGEST_PIECE", 20)
    text = "Halden: " + "a lab in the north " * 4
    block = Block(0, len(text), BlockKind.ITEM, head=Span(0, 6))
    head, *body = parse(Guide("notes.txt", text, blocks=(block,)), blank).passages
    assert head.is_head
    assert len(body) > 2
    assert {passage.head for passage in body} == {head.index}


def test_sentences_of_a_guide_are_told_apart() -> None:
    parsed = parse(of("They met Ines Corva. She works at Halden Labs in Bergen."), load_pipeline())
    (passage,) = parsed.passages
    assert len(list(passage.doc.sents)) == 2
    assert {token.pos_ for token in passage.doc} >= {"PROPN", "VERB"}


def test_the_default_pipeline_is_loaded_once() -> None:
    assert load_pipeline() is load_pipeline(DEFAULT_PIPELINE)


@pytest.fixture
def copied_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the pinned pipeline's package that is imported in its place."""
    original = importlib.import_module(DEFAULT_PIPELINE)
    copy = tmp_path / DEFAULT_PIPELINE
    shutil.copytree(Path(str(original.__file__)).parent, copy)
    kept = {
        name: module for name, module in sys.modules.items() if name.startswith(DEFAULT_PIPELINE)
    }
    for name in kept:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    # What was loaded before stays loaded for the tests that follow.
    monkeypatch.setattr(language, "_load", language._load.__wrapped__)
    yield copy
    for name in [name for name in sys.modules if name.startswith(DEFAULT_PIPELINE)]:
        del sys.modules[name]
    sys.modules.update(kept)


def data_file(package: Path) -> Path:
    return min(path for path in package.rglob("model") if path.parent.name == "parser")


def test_the_pinned_pipeline_is_the_one_that_is_installed(copied_pipeline: Path) -> None:
    nlp = load_pipeline()
    assert nlp.has_pipe("parser")
    assert Path(str(sys.modules[DEFAULT_PIPELINE].__file__)).parent == copied_pipeline


def test_an_altered_pipeline_is_refused(copied_pipeline: Path) -> None:
    path = data_file(copied_pipeline)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(LanguageError, match=r"not those of the pinned release\. Reinstall it"):
        load_pipeline()


def test_a_pipeline_with_a_file_too_many_or_too_few_is_refused(copied_pipeline: Path) -> None:
    path = data_file(copied_pipeline)
    extra = path.with_name("extra")
    extra.write_bytes(b"")
    with pytest.raises(LanguageError, match="pinned"):
        load_pipeline()
    extra.unlink()
    path.unlink()
    with pytest.raises(LanguageError, match="pinned"):
        load_pipeline()


def test_what_python_caches_beside_the_pipeline_does_not_count(copied_pipeline: Path) -> None:
    cache = data_file(copied_pipeline).parent / "__pycache__"
    cache.mkdir()
    (cache / "x.pyc").write_bytes(b"x")
    assert load_pipeline().has_pipe("parser")


@pytest.mark.parametrize("name", ["no_such_pipeline", "../nowhere", "json"])
def test_a_pipeline_that_is_not_installed_is_named(name: str) -> None:
    with pytest.raises(LanguageError) as caught:
        load_pipeline(name)
    assert repr(name) in str(caught.value)
    assert "--spacy-model" in str(caught.value)


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path, blank: Language) -> None:
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(LanguageError, match="has no parser and no tagger and no lemmatizer"):
        load_pipeline(str(tmp_path / "blank"))


@pytest.mark.parametrize(
    ("file", "content"),
    [("config.cfg", b"hello there"), ("meta.json", b"{"), ("vocab/strings.json", b"\xff")],
)
def test_a_damaged_pipeline_is_refused(
    tmp_path: Path, blank: Language, file: str, content: bytes
) -> None:
    blank.to_disk(tmp_path / "damaged")
    (tmp_path / "damaged" / file).write_bytes(content)
    with pytest.raises(LanguageError, match="damaged"):
        load_pipeline(str(tmp_path / "damaged"))
