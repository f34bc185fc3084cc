"""What is asserted and what is not."""

from __future__ import annotations

import pytest

from kg.model import Modality
from kg.relations.modality import modality_of
from tests.marked import ontology, told
from tests.relations.trees import tree

A, N, H, P = Modality.ASSERTED, Modality.NEGATED, Modality.HYPOTHETICAL, Modality.PREDICTED


@pytest.mark.parametrize(
    ("text", "trigger", "mood"),
    [
        ("Halden/NNP/nsubj/1 released/VBD/ROOT/1/release Skald/NNP/dobj/1", 1, A),
        (
            "Halden/NNP/nsubj/3 has/VBZ/aux/3/have not/NEG/neg/3 released/VBN/ROOT/3/release"
            " Skald/NNP/dobj/3",
            3,
            N,
        ),
        ("Halden/NNP/nsubj/2 never/RB/neg/2 released/VBD/ROOT/2/release Skald/NNP/dobj/2", 2, N),
        (
            "Halden/NNP/nsubj/1 refused/VBD/ROOT/1/refuse to/TO/aux/3 release/VB/xcomp/1/release"
            " Skald/NNP/dobj/3",
            3,
            N,
        ),
        ("Halden/NNP/nsubj/2 will/MD/aux/2 release/VB/ROOT/2/release Skald/NNP/dobj/2", 2, P),
        (
            "Halden/NNP/nsubjpass/2 is/VBZ/auxpass/2/be expected/VBN/ROOT/2/expect to/TO/aux/4"
            " release/VB/xcomp/2/release Skald/NNP/dobj/4",
            4,
            P,
        ),
        (
            "Ada/NNP/nsubj/1 predicts/VBZ/ROOT/1/predict that/IN/mark/4 Halden/NNP/nsubj/4"
            " releases/VBZ/ccomp/1/release Skald/NNP/dobj/4",
            4,
            P,
        ),
        ("Halden/NNP/nsubj/2 may/MD/aux/2 release/VB/ROOT/2/release Skald/NNP/dobj/2", 2, H),
        (
            "If/IN/mark/2 Halden/NNP/nsubj/2 sells/VBZ/advcl/6/sell Skald/NNP/dobj/2 ,/,/punct/6"
            " Nordlys/NNP/nsubj/6 gains/VBZ/ROOT/6/gain Bergen/NNP/dobj/6",
            2,
            H,
        ),
        (
            "If/IN/mark/2 Halden/NNP/nsubj/2 sells/VBZ/advcl/6/sell Skald/NNP/dobj/2 ,/,/punct/6"
            " Nordlys/NNP/nsubj/6 owns/VBZ/ROOT/6/own Bergen/NNP/dobj/6",
            6,
            A,
        ),
        (
            "Nordlys/NNP/nsubj/2 will/MD/aux/2 wait/VB/ROOT/2/wait since/IN/mark/5"
            " Halden/NNP/nsubj/5 sold/VBD/advcl/2/sell Skald/NNP/dobj/5",
            5,
            A,
        ),
        (
            "Will/MD/aux/2 Halden/NNP/nsubj/2 sell/VB/ROOT/2/sell Skald/NNP/dobj/2 ?/./punct/2",
            2,
            H,
        ),
        (
            "Did/VBD/aux/2/do Halden/NNP/nsubj/2 sell/VB/ROOT/2/sell Skald/NNP/dobj/2 ?/./punct/2"
            ' "/./punct/2',
            2,
            H,
        ),
        (
            "Ada/NNP/nsubj/1 says/VBZ/ROOT/1/say Halden/NNP/nsubj/3 sold/VBD/ccomp/1/sell"
            " Skald/NNP/dobj/3",
            3,
            A,
        ),
        (
            "Ada/NNP/nsubj/3 does/VBZ/aux/3/do not/NEG/neg/3 sleep/VB/ROOT/3/sleep and/CC/cc/3"
            " Halden/NNP/nsubj/6 sold/VBD/conj/3/sell Skald/NNP/dobj/6",
            6,
            A,
        ),
    ],
)
def test_mood_of_a_tree(text: str, trigger: int, mood: Modality) -> None:
    assert modality_of(tree(text)[trigger], ontology()) is mood


def test_a_no_before_an_argument_denies_the_statement() -> None:
    doc = tree("No/DT/det/1 lab/NN/nsubj/2 released/VBD/ROOT/2/release Skald/NNP/dobj/2")
    assert modality_of(doc[2], ontology(), (doc[1], doc[3])) is N


_BOUGHT = ("Nordlys", "acquires", "Halden Labs")
_USED = ("Halden Labs", "uses", "Ferrite")
_MADE = ("Halden Labs", "develops", "Skald 2")
NORDLYS, HALDEN = "[Nordlys|Organization]", "[Halden Labs|Organization]"
FERRITE, SKALD, ADA = "[Ferrite|Product]", "[Skald 2|Model]", "[Ada Holm|Person]"


@pytest.mark.parametrize(
    ("text", "fact", "mood"),
    [
        (f"{NORDLYS} bought {HALDEN}.", _BOUGHT, A),
        (f"{ADA} says that {NORDLYS} bought {HALDEN}.", _BOUGHT, A),
        (f"{NORDLYS} bought {HALDEN} because it did not want to wait.", _BOUGHT, A),
        (f"If the deal closes, {NORDLYS} acquires {HALDEN}.", _BOUGHT, A),
        (f"{HALDEN} has not released {SKALD}.", _MADE, N),
        (f"{HALDEN} never released {SKALD}.", _MADE, N),
        (f"Neither {NORDLYS} nor {HALDEN} released {SKALD}.", _MADE, N),
        (f"{HALDEN} no longer uses {FERRITE}.", _USED, N),
        (f"{HALDEN} stopped using {FERRITE}.", _USED, N),
        (f"{NORDLYS} refused to acquire {HALDEN}.", _BOUGHT, N),
        (f"{NORDLYS} failed to acquire {HALDEN}.", _BOUGHT, N),
        (f"{ADA} denied that {NORDLYS} acquired {HALDEN}.", _BOUGHT, N),
        (f"It is not true that {NORDLYS} acquired {HALDEN}.", _BOUGHT, N),
        (f"If {NORDLYS} buys {HALDEN}, the price will be high.", _BOUGHT, H),
        (f"{NORDLYS} might acquire {HALDEN}.", _BOUGHT, H),
        (f"{NORDLYS} reportedly acquired {HALDEN}.", _BOUGHT, H),
        (f"{NORDLYS} considered acquiring {HALDEN}.", _BOUGHT, H),
        (f"{ADA} hopes that {NORDLYS} buys {HALDEN}.", _BOUGHT, H),
        (f"When asked whether {NORDLYS} acquired {HALDEN}, she laughed.", _BOUGHT, H),
        (f"{NORDLYS} will buy {HALDEN}.", _BOUGHT, P),
        (f"{NORDLYS} is expected to buy {HALDEN}.", _BOUGHT, P),
        (f"{NORDLYS} is going to acquire {HALDEN}.", _BOUGHT, P),
        (f"{NORDLYS} is set to acquire {HALDEN}.", _BOUGHT, P),
        (f"{NORDLYS} plans to acquire {HALDEN}.", _BOUGHT, P),
        (f"{ADA} predicts that {NORDLYS} will buy {HALDEN}.", _BOUGHT, P),
        (
            f"{ADA} is no longer the CEO of {HALDEN}.",
            ("Ada Holm", "worksFor", "Halden Labs"),
            N,
        ),
    ],
)
def test_mood_of_a_sentence(text: str, fact: tuple[str, str, str], mood: Modality) -> None:
    assert {found for found in told(text) if found[:3] == fact} == {(*fact, mood.value)}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        (
            "Will [Windowed routing|Technique] replace [expert routing|Technique]?",
            ("Windowed routing", "replaces", "expert routing"),
        ),
        (f"Did {HALDEN} release {SKALD}?", _MADE),
        (f'"Who would buy {HALDEN}?" asks {ADA}, who works for {NORDLYS}.', _BOUGHT),
        (f"No lab uses {FERRITE} as much as {HALDEN}.", _USED),
    ],
)
def test_never_asserted(text: str, fact: tuple[str, str, str]) -> None:
    assert (*fact, "asserted") not in told(text)


_POST = ("Ada Holm", "worksFor", "Halden Labs")


@pytest.mark.parametrize(
    ("text", "fact", "mood"),
    [
        (f"{ADA} is not the CEO of {HALDEN}.", _POST, N),
        (f"{ADA} will be the CEO of {HALDEN}.", _POST, P),
        (
            f"{ADA} could be the founder of {HALDEN}.",
            ("Ada Holm", "founderOf", "Halden Labs"),
            H,
        ),
        (
            f"{ADA} was never the author of [Thinking in Queues|Work].",
            ("Ada Holm", "authorOf", "Thinking in Queues"),
            N,
        ),
        (
            f"{SKALD} is not a variant of [Borealis 3|Model].",
            ("Skald 2", "variantOf", "Borealis 3"),
            N,
        ),
        (f"{SKALD} is not {HALDEN}'s model.", _MADE, N),
    ],
)
def test_mood_of_what_something_is(text: str, fact: tuple[str, str, str], mood: Modality) -> None:
    assert {found[3] for found in told(text) if found[:3] == fact} <= {mood.value}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param(
            f"{HALDEN} did not just release {SKALD}; it also sold it.", [_MADE], id="just"
        ),
        pytest.param(
            f"{HALDEN} not only released {SKALD} but also trained [Borealis 3|Model].",
            [_MADE, ("Halden Labs", "develops", "Borealis 3")],
            id="not only",
        ),
        pytest.param(f"{HALDEN} released {SKALD}, not [Borealis 3|Model].", [_MADE], id="contrast"),
    ],
)
def test_a_not_that_denies_something_else(text: str, facts: list[tuple[str, str, str]]) -> None:
    found = told(text)
    assert {(*fact, "asserted") for fact in facts} <= found


@pytest.mark.parametrize(
    "text",
    [
        f"{ADA} doubts that {NORDLYS} acquired {HALDEN}.",
        f"It is false that {NORDLYS} acquired {HALDEN}.",
        f"{NORDLYS} almost acquired {HALDEN}.",
        f"{NORDLYS} tried to acquire {HALDEN}.",
        f"{NORDLYS}'s planned acquisition of {HALDEN} worries many.",
        f"Rather than acquire {HALDEN}, {NORDLYS} waited.",
        f"{NORDLYS} has yet to acquire {HALDEN}.",
    ],
)
def test_further_words_that_take_a_statement_back(text: str) -> None:
    assert (*_BOUGHT, "asserted") not in told(text)
