"""What pronouns and definite descriptions stand for."""

from __future__ import annotations

import pytest

from kg.antecedents import choose
from kg.references import MentionMap
from tests.marked import Read, read_paragraphs, read_whole

HALDEN, NORDLYS = "[Halden Labs|Organization]", "[Nordlys|Organization]"
SKALD, ADA, GRACE = "[Skald 2|Model]", "[Ada Holm|Person]", "[Grace Lund|Person]"


def antecedents(read: Read, word: str) -> list[str | None]:
    """What every occurrence of a word stands for, in text order; None where nothing."""
    found = []
    for names in read.reading.maps:
        for token in names.passage.doc:
            if token.lower_ == word and names.anchor(token) is None:
                entity = names.antecedent(token)
                found.append(None if entity is None else read.label(entity))
    return found


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        (f"{HALDEN} grew, and its office moved.", "its", "Halden Labs"),
        (f"{HALDEN} grew. Its office moved.", "its", "Halden Labs"),
        (f"{SKALD} is out. It is fast.", "it", "Skald 2"),
        (f"{HALDEN} grew. The company moved.", "company", "Halden Labs"),
        (f"{HALDEN} grew. This startup moved.", "startup", "Halden Labs"),
        (f"{HALDEN} grew. The lab moved.", "lab", "Halden Labs"),
        (f"{SKALD} is out. The model is fast.", "model", "Skald 2"),
        (f"{ADA} is tired. She sleeps.", "she", "Ada Holm"),
        (f"{ADA} is tired, and his friends know him.", "his", "Ada Holm"),
        (f"{HALDEN} grew. They moved.", "they", "Halden Labs"),
        # The nearest, and of one sentence its subject.
        (f"{HALDEN} grew. {NORDLYS} shrank. It moved.", "it", "Nordlys"),
        (f"{HALDEN} met {NORDLYS}. The company moved.", "company", "Halden Labs"),
        (f"{ADA} met {GRACE}. She was late.", "she", "Ada Holm"),
        # Of the class that the words ask for.
        (f"{HALDEN} released {SKALD}. The model is fast.", "model", "Skald 2"),
        (f"{ADA} praised {SKALD}. It is fast.", "it", "Skald 2"),
        (f"{HALDEN} hired {ADA}. She is glad.", "she", "Ada Holm"),
    ],
)
def test_antecedent(text: str, word: str, found: str) -> None:
    assert antecedents(read_paragraphs(text), word) == [found]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param(f"{HALDEN} grew.\n\nIts office moved.", "its", id="another paragraph"),
        pytest.param(f"{HALDEN} grew.\n\nThe company moved.", "company", id="a paragraph before"),
        pytest.param(f"{ADA} is tired.\n\nShe sleeps.", "she", id="a person of another paragraph"),
        pytest.param(f"It is late. {SKALD} is out.", "it", id="before the name"),
        pytest.param(f"{SKALD} is out. The company moved.", "company", id="another class"),
        pytest.param(f"{SKALD} is out. She sleeps.", "she", id="no person"),
        pytest.param(f"{HALDEN} grew. A company moved.", "company", id="indefinite"),
        pytest.param(f"{HALDEN} grew. The companies moved.", "companies", id="plural"),
        pytest.param(f"{HALDEN} grew. The company behind it moved.", "company", id="described"),
        pytest.param(
            f"{HALDEN} grew. It was late. It rained. The company moved.", "company", id="far away"
        ),
        pytest.param("The company grew, and its office moved.", "its", id="nothing named"),
    ],
)
def test_no_antecedent(text: str, word: str) -> None:
    assert set(antecedents(read_paragraphs(text), word)) == {None}


@pytest.mark.parametrize("word", ["its", "their"])
def test_an_item_speaks_of_its_head(word: str) -> None:
    text = f"# Notes\n\n## Labs\n\n- **{HALDEN}**: {word} office moved.\n- **Fog**: it rained.\n"
    assert antecedents(read_whole(text), word) == ["Halden Labs"]


def test_an_item_does_not_speak_of_the_item_before() -> None:
    text = f"# Notes\n\n## Labs\n\n- **{HALDEN}**: moved.\n- **Fog**: its colour is grey.\n"
    assert antecedents(read_whole(text), "its") == [None]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        (f"{HALDEN}, which makes {SKALD}, grew.", "which", "Halden Labs"),
        (f"{SKALD} comes from {HALDEN}, whose office moved.", "whose", "Halden Labs"),
        (f"{ADA}, who left {HALDEN}, sleeps.", "who", "Ada Holm"),
        (f"{SKALD}, from which {ADA} learned, is out.", "which", "Skald 2"),
        (f"They met in [Bergen|Place], where {ADA} lives.", "where", "Bergen"),
        (f"{SKALD} is out. The tests, which {ADA} wrote, pass.", "which", None),
        (f"{SKALD}, who is fast, is out.", "who", None),
    ],
)
def test_a_relative_pronoun_follows_its_name(text: str, word: str, found: str | None) -> None:
    assert antecedents(read_paragraphs(text), word) == [found]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        # Grammar: what acts on something is not that thing, unless it acts on itself.
        (f"{ADA} met {GRACE}, and {GRACE} thanked her.", "her", "Ada Holm"),
        # The name that the noun is part of, and what a name is called by.
        (
            "[Savannah Bank|Organization] met [Halden|Organization]. The bank paid.",
            "bank",
            "Savannah Bank",
        ),
        # "She" looks for the one who has a woman's name.
        ("[Martin Berg|Person] met [Maria Lund|Person]. She was late.", "she", "Maria Lund"),
        # Who is spoken of goes on to be.
        (f"{ADA} is tired. She sleeps. She dreams.", "she", "Ada Holm"),
        ("[Halden|Organization] grew, and it rained.", "it", None),
    ],
)
def test_what_speaks_for_an_antecedent(text: str, word: str, found: str | None) -> None:
    assert set(antecedents(read_paragraphs(text), word)) == {found}


def test_of_two_that_are_equally_likely_none_is_chosen() -> None:
    read = read_paragraphs("We met [Kjell Osk|Person] and [Rune Osk|Person]. He was late.")
    assert antecedents(read, "he") == [None]
    assert choose({-1: 0.05, 3: 0.5, 4: 0.45}) is None
    assert choose({-1: 0.6, 3: 0.4}) is None
    assert choose({-1: 0.1, 3: 0.7, 4: 0.2}) == 3


QUOTATION = (
    '# Notes\n\n## Quotes\n\n"I think that our office moved."\n'
    f"-- {ADA}, head of research, {HALDEN}\n"
)


def test_a_quotation_speaks_for_its_speaker_and_the_company() -> None:
    read = read_whole(QUOTATION)
    assert antecedents(read, "i") == ["Ada Holm"]
    assert antecedents(read, "our") == ["Halden Labs"]


def test_without_a_speaker_nobody_says_i_or_we() -> None:
    read = read_paragraphs(f"{ADA} of {HALDEN} is here. I am tired, and we moved.")
    assert antecedents(read, "i") == [None]
    assert antecedents(read, "we") == [None]


def test_what_is_mine_is_not_of_my_making() -> None:
    read = read_whole(
        f'# Notes\n\n## Quotes\n\n"I carry my {SKALD} everywhere."\n-- {ADA}, {HALDEN}\n'
    )
    found = {read.named(statement)[:3] for statement in read.statements()}
    assert ("Ada Holm", "develops", "Skald 2") not in found


def test_what_renames_a_thing_is_not_its_own_owner() -> None:
    read = read_paragraphs(f"{HALDEN} showed {SKALD}, its model, to guests.")
    assert antecedents(read, "its") == ["Halden Labs"]


def test_what_is_trained_is_the_model() -> None:
    read = read_paragraphs(f"{HALDEN} released {SKALD}. It was trained on [FineWeb|Dataset].")
    found = {read.named(statement)[:3] for statement in read.statements()}
    assert ("Skald 2", "trainedOn", "FineWeb") in found
    assert ("Halden Labs", "uses", "FineWeb") not in found


def test_every_mention_is_found_by_its_tokens() -> None:
    read = read_paragraphs(f"{HALDEN} released {SKALD}.\n\n{ADA} met {GRACE}.")
    found: list[str] = []
    for names in read.reading.maps:
        assert isinstance(names, MentionMap)
        for anchor in names.anchors:
            for at in range(anchor.first, anchor.last):
                assert names.anchor(names.passage.doc[at]) is anchor
            found.append(anchor.mention.text)
    assert found == [mention.text for mention in read.mentions]
