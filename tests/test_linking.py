"""Which names are one entity, why, and which are not."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import ParsedGuide
from kg.linking import LinkedEntity, link, same_name
from kg.model import Block, BlockKind, Guide
from tests.marked import ontology, read_paragraphs, unmark


def entities(text: str) -> list[set[str]]:
    """The spellings of each entity of a marked text, in text order."""
    return [{mention.text for mention in one.mentions} for one in read_paragraphs(text).entities]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "[Windowed Key Sharing|Technique] ([WKS|Technique]) is new. [WKS|Technique] runs.",
            "acronym: Windowed Key Sharing (WKS)",
            id="acronym after the name",
        ),
        pytest.param(
            "[WKS|Technique] ([Windowed Key Sharing|Technique]) is new.",
            "acronym: Windowed Key Sharing (WKS)",
            id="acronym before the name",
        ),
        pytest.param(
            "[Ada Holm|Person] came. [Holm|Person] spoke.",
            "part of a name: Holm of Ada Holm",
            id="surname",
        ),
        pytest.param(
            "[Ada|Person] came. [Ada Holm|Person] spoke.",
            "part of a name: Ada of Ada Holm",
            id="first name, said first",
        ),
        pytest.param(
            "[Saoirse Keane|Person] came. [Saoirse Keene|Person] spoke.",
            "spelling: Saoirse Keane, Saoirse Keene",
            id="misspelling",
        ),
        pytest.param(
            "[Ada Maria Holm|Person] came. [Ada Holm|Person] spoke.",
            "spelling: Ada Maria Holm, Ada Holm",
            id="middle name",
        ),
        pytest.param(
            "[Kestrel Quill 4.5|Model] is out. [Quill 4.5|Model] is cheap.",
            "short form: Quill 4.5 of Kestrel Quill 4.5",
            id="version",
        ),
        pytest.param(
            "[Halden Labs|Organization] grew. [Halden|Organization] moved.",
            "short form: Halden of Halden Labs",
            id="short organization",
        ),
        pytest.param(
            "[Thinking in Queues: A Field Guide|Work] is out. [Thinking in Queues|Work] sells.",
            "short title: Thinking in Queues of Thinking in Queues: A Field Guide",
            id="short title",
        ),
        pytest.param(
            "[Sliding Key Attention|Architecture] is new. [SKA|Architecture] runs.",
            "initials: SKA of Sliding Key Attention",
            id="initials",
        ),
    ],
)
def test_one_entity_for_a_reason(text: str, reason: str) -> None:
    (one,) = read_paragraphs(text).entities
    assert reason in one.reasons


@pytest.mark.parametrize(
    "text",
    [
        "[Skald-2|Model], [SKALD 2|Model] and [Skald 2|Model]",
        "[the Queue|Series] and [The Queues|Series]",
        "[GPT 5|Model] and [GPT-5|Model]",
        "[DeepSeek R1|Model] and [R1|Model]",
        "[Claude Opus 4.5|Model] and [Opus 4.5|Model]",
        "[Allen Institute for AI|Organization] and [Ai2|Organization]",
        "[Jensen Huang|Person], [Jen-Hsun Huang|Person] and [Huang|Person]",
    ],
)
def test_one_entity_by_spelling_or_by_the_lexicon(text: str) -> None:
    assert len(entities(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[Gemini|Model] and [Gemini 3|Model]", id="family and version"),
        pytest.param("[Skald 2|Model] and [Skald 3|Model]", id="versions"),
        pytest.param("[Opus 4.5|Model] and [Claude Opus 4|Model]", id="other version"),
        pytest.param("[DeepSeek|Organization] and [DeepSeek|Model]", id="lab and model"),
        pytest.param("[Jordan|Person] and [Jordan|Place]", id="person and place"),
        pytest.param("[Mark Chen|Person] and [Mary Chen|Person]", id="short first names"),
        pytest.param("[Anna Lind|Person] and [Anne Lind|Person]", id="a slip in a short word"),
        pytest.param("[Ada Holm|Person] and [Per Holm|Person]", id="siblings"),
        pytest.param("[Jon Maker|Person] and [Jonas Baker|Person]", id="two slips"),
        pytest.param("[C|Product] and [C++|Product]", id="signs"),
        pytest.param("[C++|Product] and [C#|Product]", id="two signs"),
        pytest.param("[Halden Labs|Organization] and [Halden Capital|Organization]", id="firms"),
        pytest.param("[SKA|Architecture] and [Slow Loud Attention|Architecture]", id="letters"),
        pytest.param("[2|Model] and [Skald 2|Model]", id="a number alone"),
    ],
)
def test_two_entities(text: str) -> None:
    assert len(entities(text)) == 2


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("[Ada Holm|Person] met [Per Holm|Person]. [Holm|Person] spoke.", {"Holm"}),
        ("[Ada Holm|Person] met [Ada Lund|Person]. [Ada|Person] spoke.", {"Ada"}),
        (
            "[Halden Labs|Organization], [Halden Capital|Organization], [Halden|Organization].",
            {"Halden"},
        ),
        (
            "[Kestrel Q4|Model], [Borealis Q4|Model] and [Q4|Model] are out.",
            {"Q4"},
        ),
        (
            "[Sliding Key Attention|Architecture], [Shared Key Attention|Architecture] and "
            "[SKA|Architecture].",
            {"SKA"},
        ),
        (
            "[On Queues: One|Work], [On Queues: Two|Work] and [On Queues|Work].",
            {"On Queues"},
        ),
    ],
)
def test_a_short_name_with_two_owners_stays_apart(text: str, apart: set[str]) -> None:
    found = entities(text)
    assert len(found) == 3
    assert apart in found


def test_a_surname_of_one_misspelt_person_is_theirs() -> None:
    text = "[Saoirse Keane|Person], [Saoirse Keene|Person] and [Saoirse|Person] are one."
    assert len(entities(text)) == 1


def test_label_and_aliases() -> None:
    (one,) = read_paragraphs(
        "[Holm|Person] came. [Ada Holm|Person] left. [Holm|Person] and [Ada|Person] wrote."
    ).entities
    assert (one.label, one.aliases) == ("Ada Holm", ("Holm", "Ada"))
    assert [mention.text for mention in one.mentions] == ["Holm", "Ada Holm", "Holm", "Ada"]


def test_the_lexicon_gives_label_class_and_links() -> None:
    (one,) = read_paragraphs("[Opus 4.5|Model] and [claude opus 4.5|Model]").entities
    entry = next(e for e in ontology().lexicon.values() if e.label == "Claude Opus 4.5")
    assert (one.label, one.type, one.entry) == (entry.label, "Model", entry.key)
    assert one.same_as == entry.same_as
    assert one.aliases == ("Opus 4.5", "claude opus 4.5")


def test_a_lab_stays_a_lab() -> None:
    (one,) = read_paragraphs("[Quarrel|Organization] grew. [Quarrel|Lab] released it.").entities
    assert one.type == "Lab"


def test_the_surest_mention_speaks_for_the_entity() -> None:
    read = read_paragraphs("[Skald 2|Model] and [Skald 2|Model]")
    low, high = read.mentions
    one = LinkedEntity("Model", "Skald 2", (), (low, type(high)(0, 1, "S", "Model", 0.99)))
    assert one.confidence == 0.99


_NAMES = (
    "[Ada Holm|Person]|[Ada|Person]|[Holm|Person]|[Per Holm|Person]|[Saoirse Keane|Person]"
    "|[Saoirse Keene|Person]|[Halden Labs|Organization]|[Halden|Organization]|[HALDEN|Lab]"
    "|[DeepSeek|Lab]|[DeepSeek|Model]|[DeepSeek R1|Model]|[R1|Model]|[Quill 4.5|Model]"
    "|[Kestrel Quill 4.5|Model]|[C|Product]|[C++|Product]|[C#|Product]|[SKA|Architecture]"
    "|[Sliding Key Attention|Architecture]|[On Queues: One|Work]|[On Queues|Work]|[+|Topic]"
)
_MARKED = tuple(f"[{name}" for name in _NAMES.removeprefix("[").split("|["))


@given(
    names=st.lists(st.sampled_from(_MARKED), min_size=1, max_size=12),
    seed=st.randoms(use_true_random=False),
)
@settings(max_examples=150, deadline=None)
def test_linking_partitions_the_mentions_in_any_order(
    names: list[str], seed: random.Random
) -> None:
    plain, mentions = unmark(" , ".join(names))
    parsed = ParsedGuide(Guide("g", plain), ())
    linked = link(parsed, mentions, ontology())
    shuffled = list(mentions)
    seed.shuffle(shuffled)
    assert link(parsed, tuple(shuffled), ontology()) == linked
    # Every mention belongs to one entity, of its own class, and is one of its names.
    assert sorted(m for one in linked for m in one.mentions) == sorted(mentions)
    for one in linked:
        assert one.mentions == tuple(sorted(one.mentions))
        assert {ontology().root(m.type) for m in one.mentions} == {ontology().root(one.type)}
        assert {m.text for m in one.mentions} <= {one.label, *one.aliases}
        assert one.label not in one.aliases
    assert [one.mentions[0] for one in linked] == sorted(one.mentions[0] for one in linked)


@given(st.text("ab", min_size=1, max_size=7), st.text("ab", min_size=1, max_size=7))
def test_one_slip_is_symmetric(left: str, right: str) -> None:
    first, second = ("ada", "x" + left), ("ada", "x" + right)
    assert same_name(first, second) == same_name(second, first)
    assert same_name(first, first)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("keane", "keene", True),
        ("keane", "keanee", True),
        ("keane", "kaene", True),
        ("keane", "koone", False),
        ("keane", "meane", False),
        ("kean", "keen", False),
    ],
)
def test_one_slip(left: str, right: str, same: bool) -> None:
    assert same_name(("ada", left), ("ada", right)) is same


@pytest.mark.parametrize(
    "text",
    [
        "[Martin Berg|Person] and [Marvin Berg|Person]",
        "[Maria Holm|Person] and [Marie Holm|Person]",
    ],
)
def test_two_first_names_are_two_people(text: str) -> None:
    assert len(entities(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[Halden Energy|Organization] was a division of [Halden|Organization].",
        "[Med-Skald 2|Model] is a medical version of [Skald 2|Model].",
        "[Kiln|Product] is open. [Kiln Cloud|Product] is the one you pay for.",
    ],
)
def test_what_a_sentence_tells_apart_is_two_things(text: str) -> None:
    assert len(entities(text)) == 2


def test_a_short_form_in_another_sentence_is_one_thing() -> None:
    text = "[Halden Energy|Organization] grew. [Halden|Organization] is glad."
    assert len(entities(text)) == 1


@pytest.mark.parametrize(
    ("full", "short"),
    [("Devika Rao-Penrose", "Rao-Penrose"), ("Kwabena Osei Tutu", "Osei Tutu")],
)
def test_a_surname_may_be_of_two_words(full: str, short: str) -> None:
    assert len(entities(f"[{full}|Person] came. [{short}|Person] spoke.")) == 1
    rival = f"[Ines {short}|Person]"
    assert len(entities(f"[{full}|Person] met {rival}. [{short}|Person] spoke.")) == 3


def test_a_short_name_is_that_of_this_episode() -> None:
    (one,) = read_paragraphs("[Skald R1|Model] is out. [R1|Model] is cheap.").entities
    assert one.label == "Skald R1"


def test_a_short_name_of_two_names_of_this_episode_is_neither() -> None:
    read = read_paragraphs("[Skald R1|Model], [Borealis R1|Model] and [R1|Model] are out.")
    assert {one.label for one in read.entities} == {"Skald R1", "Borealis R1", "R1"}


@pytest.mark.parametrize(
    "text",
    [
        "[DeepSeek R1|Model] and [R1|Model]",
        "[Skald-2|Model] and [Skald 2|Model]",
    ],
)
def test_the_reason_of_spelling_and_lexicon_is_kept(text: str) -> None:
    (one,) = read_paragraphs(text).entities
    assert one.reasons


def test_a_name_is_not_shouted_without_need() -> None:
    (one,) = read_paragraphs("[HALDEN LABS|Organization] is [Halden Labs|Organization]").entities
    assert one.label == "Halden Labs"


def _many(pattern: str, count: int) -> tuple[ParsedGuide, str]:
    letters = "abcdefghij"
    words = ["".join(letters[int(digit)] for digit in f"{at:05d}") for at in range(count)]
    text = "\n".join(pattern.format(word.capitalize()) for word in words)
    plain, _ = unmark(text)
    blocks = tuple(
        Block(found.start(), found.end(), BlockKind.PARAGRAPH)
        for found in re.finditer(r"[^\n]+", plain)
    )
    return ParsedGuide(Guide("g", plain, blocks=blocks), ()), text
