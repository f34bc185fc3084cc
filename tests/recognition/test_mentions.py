"""Recognition as a whole: what holds for the mentions of every guide."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.linking import link
from kg.model import READ_FOR_ENTITIES, BlockKind, Mention
from kg.ontology import Ontology
from kg.recognition import VOICES, recognise
from tests.recognition.reading import read

_PIECES = st.sampled_from(
    [
        *(
            "\n\n",
            "\n",
            " ",
            " ",
            " ",
            " ",
            " ",
            ", ",
            ". ",
            ": ",
            " (",
            ") ",
            "\t",
            "’s ",
            "'s ",
            "—",
        ),
        *(
            "**",
            "*",
            "_",
            "`",
            "## ",
            "- ",
            "> ",
            "[",
            "](https://example.com/a_b(c)) ",
            "~~",
            "\\",
        ),
        *("https://openai.com/gpt-5 ", "www.deepmind.com/x ", "<b>", "a@openai.com ", "#12 – "),
        *("OpenAI", "DeepSeek", "Qwen 3", "GPT-5", "Claude Code", "Model S", "RAG", "C++", "Go"),
        *(
            "Ines Corva",
            "Halden Labs",
            "Mixture of Experts (MoE)",
            "Sparse Routing Attention (SRA)",
        ),
        *(
            "labs",
            "models",
            "the company",
            "author of Quiet Engines",
            "a researcher at",
            "released",
        ),
        *(
            "They met",
            "is a",
            "and",
            "of",
            "The",
            "Yesterday",
            "10x",
            "“",
            "”",
            "É",
            "漢字",
            "🎙",
            "ﬁ",
        ),
        *(
            "e\u0301",
            "\u00a0",
            "\u2011",
            "ǅ",
            "ß",
            "İ",
            "Sponsors\n\n",
            "Published\nMarch 3, 2026\n",
        ),
        *("Themes\n\n", "“Slow is smooth.”\n— Ines Corva\n", "Ines Corva: ", "The Halden Podcast"),
    ]
)
_texts = st.lists(_PIECES, min_size=1, max_size=40).map("".join)


def test_mentions_are_pieces_of_the_guide_in_order_and_apart(small: Ontology) -> None:
    @given(text=_texts, suffix=st.sampled_from(["txt", "md"]))
    @settings(max_examples=150, deadline=None)
    def check(text: str, suffix: str) -> None:
        try:
            guide = parse_guide(text, "guide", suffix)
        except SourceError:
            return
        mentions = recognise(parse(guide, load_pipeline()), small)
        read_blocks = [block.span for block in guide.blocks if block.kind in READ_FOR_ENTITIES]
        last = 0
        for mention in mentions:
            assert last <= mention.start < mention.end <= len(guide.text)
            assert mention.text == guide.text[mention.start : mention.end]
            assert mention.text == mention.text.strip()
            assert any(c.isalnum() for c in mention.text)
            assert any(block.contains(mention.span) for block in read_blocks)
            assert mention.type in small.classes
            assert 0 < mention.confidence <= 1
            assert set(mention.voices) <= VOICES.keys()
            assert not mention.entry or mention.entry in small.lexicon
            last = mention.end
        assert recognise(parse(guide, load_pipeline()), small) == mentions

    check()


@pytest.mark.parametrize("voice", sorted(VOICES))
def test_every_voice_is_a_module_that_finds_candidates(small: Ontology, voice: str) -> None:
    module = import_module(VOICES[voice])
    assert voice == module.VOICE
    text = (
        "Grace Hopper CEO of Cursor met OpenAI's Ines Corva about Qwen 3 and Sparse Routing "
        "Attention (SRA), which is a cross-layer attention. She is the author of Quiet Engines."
    )
    parsed = read(text)
    for candidate in module.find(parsed, small):
        assert candidate.voice == voice
        assert candidate.type in small.classes
        assert 0 < candidate.score <= 1
        assert 0 <= candidate.start < candidate.end <= len(parsed.guide.text)


def test_addresses_are_no_names(small: Ontology) -> None:
    text = (
        "See https://openai.com/gpt-5 and www.deepmind.com/claude or mail claude@openai.com, "
        "and <https://deepseek.com/RAG> too.\n"
    )
    assert recognise(read(text), small) == ()


def test_the_text_of_a_link_is_read_and_its_address_is_not(small: Ontology) -> None:
    parsed = read("They use [Claude](https://openai.com/gpt-5) at home.", "md")
    assert [mention.text for mention in recognise(parsed, small)] == ["Claude"]


@pytest.mark.parametrize(
    "text",
    [
        "They use [GPT](https://example.com/a_b) 5 at home.",
        "They use Open**AI** at home.",
        "They use **Claude** Code at home.",
    ],
)
def test_an_entity_is_not_called_by_the_markup_inside_its_name(small: Ontology, text: str) -> None:
    parsed = read(text, "md")
    (entity,) = link(parsed, recognise(parsed, small), small)
    assert not set("*[]()/") & set("".join((entity.label, *entity.aliases)))


@pytest.mark.parametrize("mark", ["**", "*", "__", "_", "`"])
def test_marks_of_emphasis_are_no_part_of_a_name(small: Ontology, mark: str) -> None:
    parsed = read(f"They use {mark}Claude Code{mark} at home.", "md")
    assert [mention.text for mention in recognise(parsed, small)] == ["Claude Code"]


def test_what_is_not_read_for_entities_names_nothing(small: Ontology) -> None:
    text = (
        "#12 – Slow Engines\n\nThe Queue\n\nPublished\nMarch 3, 2026\n\nSummary\n\n"
        "They spoke about OpenAI for an hour.\n\nSponsors\n\n"
        "Check out our sponsors: Nordlys and Cursor.\n"
    )
    guide = parse_guide(text, "notes")
    assert any(block.kind is BlockKind.BOILERPLATE for block in guide.blocks)
    found = [mention.text for mention in recognise(parse(guide, load_pipeline()), small)]
    assert "OpenAI" in found
    assert "Nordlys" not in found
    assert "Cursor" not in found


def test_the_places_of_a_name_with_typographic_marks_are_right(small: Ontology) -> None:
    parsed = read("“OpenAI’s  SWE‑bench”, they\u00a0said, beats   Qwen\n3 — or not.")
    text = parsed.guide.text
    found = recognise(parsed, small)
    assert [mention.text.split() for mention in found] == [["OpenAI"], ["SWE‑bench"], ["Qwen", "3"]]
    assert all(mention.text == text[mention.start : mention.end] for mention in found)


_SCRIPT = """
from kg.guides import parse_guide
from kg.language import load_pipeline, parse
from kg.linking import link
from kg.ontology import load_ontology
from kg.recognition import recognise
text = '''Notes on a talk

Years ago Mirela Tandberg, a researcher at Halvorsen Labs, met DeepSeek, Kimi and Qwen people. They
use Sparse Routing Attention (SRA). The Quibblet tool from Zorbel Systems runs on Norvik 7B, and
Target, Apple and Linear have it. Mirela says that DeepSeek's founder and Ines Corva agree.
'''
print(recognise(parse(parse_guide(text, "notes"), load_pipeline()), load_ontology()))
"""


def test_mentions_do_not_hang_on_the_order_of_hashes() -> None:
    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    first = run("1")
    assert "Mirela" in first
    assert run("2") == first


def test_a_mention_is_a_value() -> None:
    mention = Mention(3, 7, "Oslo", "Place")
    assert mention.span.start == 3
    assert mention.span.end == 7
