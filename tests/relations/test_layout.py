"""What names put side by side state."""

from __future__ import annotations

import pytest

from tests.marked import Told, asserted, told, told_by_guide

HALDEN, NORDLYS = "[Halden Labs|Organization]", "[Nordlys|Organization]"
SKALD, BOREALIS = "[Skald 2|Model]", "[Borealis 3|Model]"
FERRITE, LUMEN = "[Ferrite|Product]", "[Lumen Desk|Product]"
Fact = tuple[str, str, str]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(
            f"{HALDEN}'s {FERRITE} is free.", [("Halden Labs", "develops", "Ferrite")], id="owner"
        ),
        pytest.param(
            f"{HALDEN} grew fast. Its {FERRITE} is free now.",
            [("Halden Labs", "develops", "Ferrite")],
            id="owner by reference",
        ),
        pytest.param(
            "[Meta|Organization]'s [Llama|Model] or [Google|Organization]'s [Gemma|Model].",
            [("Meta", "develops", "Llama"), ("Google", "develops", "Gemma")],
            id="each has its own",
        ),
        pytest.param(
            f"The {NORDLYS} {BOREALIS} is fast.",
            [("Nordlys", "develops", "Borealis 3")],
            id="compound",
        ),
        pytest.param(
            f"{HALDEN} ({SKALD}) and {NORDLYS} ({BOREALIS}) were invited.",
            [("Halden Labs", "develops", "Skald 2"), ("Nordlys", "develops", "Borealis 3")],
            id="parenthesis",
        ),
        pytest.param(
            f"{FERRITE} ([MIT|License]) is out.",
            [("Ferrite", "licensedUnder", "MIT")],
            id="licence in parentheses",
        ),
        pytest.param(
            f"{HALDEN} has three products: {FERRITE}, {LUMEN} and {SKALD}.",
            [("Halden Labs", "develops", name) for name in ("Ferrite", "Lumen Desk", "Skald 2")],
            id="list of products",
        ),
        pytest.param(
            "Chinese labs: [Z AI|Organization], [MiniMax|Organization] and "
            "[Moonshot AI|Organization]. [China|Place] is large.",
            [(name, "locatedIn", "China") for name in ("Z.ai", "MiniMax", "Moonshot AI")],
            id="list under a place adjective",
        ),
        pytest.param(
            f"Norwegian labs such as {HALDEN} are rare. [Norway|Place] is cold.",
            [("Halden Labs", "locatedIn", "Norway")],
            id="example under a place adjective",
        ),
        pytest.param(
            "[Claude|Model] and [Claude Opus 4.5|Model] differ.",
            [("Claude Opus 4.5", "variantOf", "Claude")],
            id="family",
        ),
    ],
)
def test_stated_by_layout(text: str, facts: list[Fact]) -> None:
    assert asserted(told(text)) == set(facts)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{HALDEN}, {SKALD} rose.", id="comma"),
        pytest.param(f"{NORDLYS} and {HALDEN} met ({SKALD} did not).", id="whose"),
        pytest.param("[Opus|Model] and [Claude Opus 4.5|Model] differ.", id="an ending"),
        pytest.param("[Claude|Product] and [Claude Opus 4.5|Model] differ.", id="another class"),
    ],
)
def test_not_stated_by_layout(text: str) -> None:
    found = asserted(told(text))
    assert {fact for fact in found if fact[1] in {"develops", "variantOf"}} == set()


def test_a_list_of_two_makers_products_is_nobodys() -> None:
    found = told(f"{NORDLYS} and {HALDEN} have two products: {FERRITE} and {LUMEN}.")
    assert not {fact for fact in found if fact[1] == "develops"}


def test_a_place_that_the_guide_does_not_name_is_not_added() -> None:
    assert not told(f"Norwegian labs such as {HALDEN} are rare.")


@pytest.mark.parametrize(
    "text",
    [
        f"The Norwegian company {HALDEN} grew. [Norway|Place] is cold.",
        f"{HALDEN}, a Norwegian lab, grew. [Norway|Place] is cold.",
        f"{HALDEN} is a Norwegian lab. [Norway|Place] is cold.",
    ],
)
def test_a_place_adjective_of_a_described_noun(text: str) -> None:
    assert ("Halden Labs", "locatedIn", "Norway") in asserted(told(text))


_ITEMS: list[tuple[str, Told]] = [
    (
        "- **[Windowed routing|Technique]**: reduces [memory traffic|Topic].",
        ("Windowed routing", "reduces", "memory traffic", "asserted"),
    ),
    (
        "- [Windowed routing|Technique]  - it reduces [memory traffic|Topic]",
        ("Windowed routing", "reduces", "memory traffic", "asserted"),
    ),
    (
        "- **[Windowed routing|Technique]**: a variant of [expert routing|Technique].",
        ("Windowed routing", "variantOf", "expert routing", "asserted"),
    ),
    (
        f"- {HALDEN}  - released {SKALD} in May",
        ("Halden Labs", "develops", "Skald 2", "asserted"),
    ),
]


@pytest.mark.parametrize(("item", "fact"), _ITEMS)
def test_what_an_item_says_is_said_of_its_head(item: str, fact: Told) -> None:
    other = "- **Weather**: it rained for days on end."
    assert fact in told_by_guide(f"# Notes\n\n## Terms\n\n{item}\n{other}\n")


def test_a_post_or_act_that_opens_an_item_is_its_heads() -> None:
    text = f"# Notes\n\n## Terms\n\n- **{HALDEN}**: makers of {SKALD}.\n- **Weather**: rain.\n"
    assert ("Halden Labs", "develops", "Skald 2", "asserted") in told_by_guide(text)
