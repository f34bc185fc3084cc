from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ontology import Ontology, ontology_folder
from kg.recognition import recognise
from kg.recognition.lexicon import AMBIGUOUS, SUPPORTED, find, lexicon_index
from tests.recognition.reading import key, names, proposed, read, words

# What only the guide of one particular episode would give: its host and its guests.
_GUESTS = ("lex fridman", "nathan lambert", "sebastian raschka")


def test_the_lexicon_is_large_and_has_every_class_of_entity(full: Ontology) -> None:
    types = {entry.type for entry in full.lexicon.values()}
    assert len(full.lexicon) >= 1_500
    # An episode and a quote are what guides are made of, not names known before.
    assert types == full.classes.keys() - {"Episode", "Quote"}


def test_the_lexicon_knows_nobody_from_one_particular_guide(full: Ontology) -> None:
    labels = [
        label.casefold()
        for entry in full.lexicon.values()
        for label in (entry.label, *entry.aliases, *entry.hidden)
    ]
    assert not [label for label in labels if any(name in label for name in _GUESTS)]


def test_no_file_of_the_ontology_names_the_people_of_one_particular_guide() -> None:
    for path in sorted(ontology_folder().glob("*.toml")) + sorted(ontology_folder().rglob("*.ttl")):
        text = path.read_text("utf-8").casefold()
        assert not [name for name in _GUESTS if name in text], path.name


@pytest.mark.parametrize(
    "spelling",
    ["DeepMind", "Deep Mind", "Deep-Mind", "DeepMind's", "DeepMind’s", "deepmind", "DEEPMIND"],
)
def test_spaces_hyphens_and_possessives_do_not_count(small: Ontology, spelling: str) -> None:
    found = names(f"She visited {spelling} offices before the long winter began.", small)
    bare = spelling.removesuffix("'s").removesuffix("’s")
    assert found == [(bare, "Lab")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They bought some H100s for the new room there.", "H100s"),
        ("They bought one H 100 for the new room there.", "H 100"),
        ("They bought one H-100 for the new room there.", "H-100"),
        ("They measured it on SWE bench for a whole year.", "SWE bench"),
        ("They measured it on SWE-Bench for a whole year.", "SWE-Bench"),
        ("They read about transformers for a whole year.", "transformers"),
        ("They read about mixture of experts for a whole year.", "mixture of experts"),
        ("They read about the mixture-of-experts for a whole year.", "mixture-of-experts"),
        ("They write Node.js and nothing else at work.", "Node.js"),
    ],
)
def test_plural_case_and_joints_do_not_count(small: Ontology, text: str, name: str) -> None:
    assert name in words(text, small)


@pytest.mark.parametrize("spelling", ["RAG", "RAGs"])
def test_an_acronym_is_known_by_its_capitals(small: Ontology, spelling: str) -> None:
    assert names(f"They use {spelling} for the old notes.", small) == [(spelling, "Technique")]


@pytest.mark.parametrize("spelling", ["rag", "Rag", "rags", "moe", "Moe", "lrm"])
def test_a_word_that_spells_an_acronym_is_none(small: Ontology, spelling: str) -> None:
    assert proposed("lexicon", f"The old {spelling} lay on the floor.", small) == []


@pytest.mark.parametrize(
    "text",
    [
        "The models were on the table for all to see.",
        "They had multiple reasons to leave the town.",
        "They had multiple everyday reasons to leave.",
        "She had claudes and an openair kitchen there.",
        "They read the linear notes and a target was set.",
    ],
)
def test_everyday_words_are_no_names(small: Ontology, text: str) -> None:
    assert proposed("lexicon", text, small) == []


def test_model_s_and_multipl_e_are_found_as_they_are_written(small: Ontology) -> None:
    assert names("He drove a Model S to the office.", small) == [("Model S", "Hardware")]
    assert names("They measured it on MultiPL-E last week.", small) == [("MultiPL-E", "Benchmark")]


@pytest.mark.parametrize(
    "text",
    [
        "The cursor blinked on the screen for hours.",
        "A notion of this kind is hard to keep.",
        "The notion that it works is old.",
        "The target was set too high for them.",
        "An apple fell from the tree behind the house.",
    ],
)
def test_the_capital_of_an_article_does_not_make_a_name_of_the_word_after_it(
    small: Ontology, text: str
) -> None:
    assert words(text, small) == []


@pytest.mark.parametrize("article", ["The", "the"])
def test_an_article_before_a_name_is_not_a_part_of_it(small: Ontology, article: str) -> None:
    text = f"They rode on and {article} DeepMind office was closed."
    assert names(text, small) == [("DeepMind", "Lab")]


def test_a_name_that_begins_like_an_article_is_found(small: Ontology) -> None:
    text = "The investors at a9x met for lunch, and a9x's partners paid."
    found = [candidate.entry for candidate in find(read(text), small)]
    assert found == [key("Organization", "a9x")] * 2


@pytest.mark.parametrize("word", ["Linear", "Target", "Go"])
def test_an_ambiguous_word_at_the_start_of_a_sentence_proves_nothing(
    small: Ontology, word: str
) -> None:
    (candidate,) = find(read(f"{word} algebra for everyone who wants to learn it."), small)
    assert candidate.score == AMBIGUOUS


@pytest.mark.parametrize(
    "text",
    [
        "It was a surprise that Linear told its own story to them.",
        "Linear tells stories. It was a surprise that Linear told its own story to them.",
    ],
)
def test_an_ambiguous_word_with_a_capital_inside_a_sentence_is_supported_everywhere(
    small: Ontology, text: str
) -> None:
    candidates = list(find(read(text), small))
    assert len(candidates) == text.count("Linear")
    assert {candidate.score for candidate in candidates} == {SUPPORTED}


def test_an_ambiguous_word_is_a_name_beside_a_sure_one_of_its_class(small: Ontology) -> None:
    text = "Target, Nordlys and others met in a small room. Go and Rust are in use there."
    assert names(text, small) == [
        ("Target", "Organization"),
        ("Nordlys", "Organization"),
        ("Go", "Product"),
        ("Rust", "Product"),
    ]


def test_a_list_of_other_things_does_not_support_an_ambiguous_word(small: Ontology) -> None:
    (candidate,) = (c for c in find(read("Target and Norway are far away."), small) if c.start < 22)
    assert candidate.score == AMBIGUOUS


def test_a_list_in_a_short_sentence_supports_an_ambiguous_word(small: Ontology) -> None:
    assert ("Go", "Product") in names("They write Go, Rust and Python.", small)


def test_a_product_of_several_words_may_be_written_small_in_a_list(small: Ontology) -> None:
    assert names("They use ChatGPT, deep research and Sora at work.", small) == [
        ("ChatGPT", "Product"),
        ("deep research", "Product"),
        ("Sora", "Model"),
    ]
    assert words("It took deep research to learn that.", small) == []


def test_the_longest_name_wins(small: Ontology) -> None:
    text = "They use Claude Code and SWE-bench Pro, and also Claude, SWE-bench and C++ here."
    assert words(text, small) == [
        "Claude Code",
        "SWE-bench Pro",
        "Claude",
        "SWE-bench",
        "C++",
    ]


@pytest.mark.parametrize("spelling", ["GPT-4o", "GPT 4o", "GPT4o", "gpt-4o"])
def test_a_name_with_a_version_is_found_whole_however_it_is_written(
    small: Ontology, spelling: str
) -> None:
    assert names(f"They called {spelling} from a script.", small) == [(spelling, "Model")]


@pytest.mark.parametrize("text", ["The C-suite agreed to it.", "They kept C-clamps in a drawer."])
def test_a_letter_that_a_hyphen_ties_to_a_word_is_no_name(small: Ontology, text: str) -> None:
    assert ("C", "Product") not in names(text, small)
    assert ("The C", "Product") not in names(text, small)


def test_a_sign_of_a_name_must_be_there(small: Ontology) -> None:
    assert proposed("lexicon", "They met at RD Works on Monday.", small) == []
    assert proposed("lexicon", "They met at R&D Works on Monday.", small) == [
        ("R&D Works", "Organization")
    ]


def test_a_name_of_two_classes_is_proposed_as_both(small: Ontology) -> None:
    assert proposed("lexicon", "They spoke about DeepSeek for an hour.", small) == [
        ("DeepSeek", "Lab"),
        ("DeepSeek", "Model"),
    ]


def test_names_do_not_reach_across_a_sentence_or_a_comma(small: Ontology) -> None:
    text = "They came with a mixture of experts, and left Deep. Mind the gap on your way."
    assert proposed("lexicon", text, small) == [("mixture of experts", "Architecture")]


def test_the_index_finds_entries_by_any_spelling(small: Ontology) -> None:
    index = lexicon_index(small)
    assert [e.key for e in index.entries("deep mind")] == [key("Lab", "DeepMind")]
    assert [e.type for e in index.entries("the DeepSeek")] == ["Lab", "Model"]
    assert index.entries("no such name") == ()
    assert index.entries("!!") == ()
    assert lexicon_index(small) is index


def test_every_name_of_the_lexicon_is_found_where_a_sentence_names_it(full: Ontology) -> None:
    @given(key=st.sampled_from(sorted(full.lexicon)))
    @settings(max_examples=100, deadline=None)
    def check(key: str) -> None:
        label = full.lexicon[key].label
        text = f"It was in the end about {label} that they had spoken at length before."
        assert key in {candidate.entry for candidate in find(read(text), full)}

    check()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "OpenAI's GPT-5 runs on Nvidia chips in Norway, while Google uses its own TPUs.",
            {"OpenAI": "Lab", "GPT-5": "Model", "Norway": "Place", "TPUs": "Hardware"},
        ),
        (
            "PyTorch and CUDA are used for RLHF on Common Crawl, with scores on MMLU.",
            {
                "PyTorch": "Product",
                "CUDA": "Product",
                "RLHF": "Technique",
                "Common Crawl": "Dataset",
                "MMLU": "Benchmark",
            },
        ),
        (
            "The talk at NeurIPS was about export controls and the MIT License.",
            {"NeurIPS": "Event", "export controls": "Topic", "MIT License": "License"},
        ),
    ],
)
def test_common_names_are_known(full: Ontology, text: str, expected: dict[str, str]) -> None:
    found = dict(names(text, full))
    assert {name: found.get(name) for name in expected} == expected


def test_a_mention_carries_the_key_of_its_entry(small: Ontology) -> None:
    (mention,) = recognise(read("They wrote a letter to Nordlys on Monday."), small)
    assert mention.entry == key("Organization", "Nordlys")
    assert "lexicon" in mention.voices
