"""Who does what, whatever the sentence's form."""

from __future__ import annotations

import pytest

from kg.relations.clauses import clause, has_particle, mistagged, prepositional
from tests.relations.trees import tree

_ACTIVE = "Halden/NNP/nsubj/1 released/VBD/ROOT/1/release Skald/NNP/dobj/1"


@pytest.mark.parametrize(
    ("text", "verb", "agents", "undergoers", "passive"),
    [
        pytest.param(_ACTIVE, "released", "Halden", "Skald", False, id="active"),
        pytest.param(
            "Skald/NNP/nsubjpass/2 was/VBD/auxpass/2/be released/VBN/ROOT/2/release"
            " by/IN/agent/2 Halden/NNP/pobj/3",
            "released",
            "Halden",
            "Skald",
            True,
            id="passive",
        ),
        pytest.param(
            "Skald/NNP/nsubjpass/2 was/VBD/auxpass/2/be released/VBN/ROOT/2/release",
            "released",
            "",
            "Skald",
            True,
            id="passive without an agent",
        ),
        pytest.param(
            "Skald/NNP/ROOT/0 ,/,/punct/0 released/VBN/acl/0/release by/IN/agent/2"
            " Halden/NNP/pobj/3",
            "released",
            "Halden",
            "Skald",
            True,
            id="past participle",
        ),
        pytest.param(
            "Halden/NNP/ROOT/0 ,/,/punct/0 building/VBG/acl/0/build Skald/NNP/dobj/2",
            "building",
            "Halden",
            "Skald",
            False,
            id="present participle",
        ),
        pytest.param(
            "Halden/NNP/ROOT/0 which/WDT/nsubj/2 built/VBD/relcl/0/build Skald/NNP/dobj/2",
            "built",
            "which",
            "Skald",
            False,
            id="relative clause by its subject",
        ),
        pytest.param(
            "Skald/NNP/ROOT/0 Halden/NNP/nsubj/2 built/VBD/relcl/0/build",
            "built",
            "Halden",
            "Skald",
            False,
            id="relative clause by its object, no pronoun",
        ),
        pytest.param(
            "Nordlys/NNP/nsubj/1 plans/VBZ/ROOT/1/plan to/TO/aux/3 buy/VB/xcomp/1/buy"
            " Halden/NNP/dobj/3",
            "buy",
            "Nordlys",
            "Halden",
            False,
            id="control by the subject",
        ),
        pytest.param(
            "Nordlys/NNP/nsubj/1 asked/VBD/ROOT/1/ask Halden/NNP/dobj/1 to/TO/aux/4"
            " build/VB/xcomp/1/build Skald/NNP/dobj/4",
            "build",
            "Halden",
            "Skald",
            False,
            id="control by the object",
        ),
        pytest.param(
            "Nordlys/NNP/nsubj/1 bought/VBD/ROOT/1/buy Halden/NNP/dobj/1 and/CC/cc/1"
            " sold/VBD/conj/1/sell Skald/NNP/dobj/4",
            "sold",
            "Nordlys",
            "Skald",
            False,
            id="second of two verbs",
        ),
        pytest.param(
            "Nordlys/NNP/nsubj/1 makes/VBZ/ROOT/1/make and/CC/cc/1 sells/VBZ/conj/1/sell"
            " Skald/NNP/dobj/3",
            "makes",
            "Nordlys",
            "Skald",
            False,
            id="two verbs with one object",
        ),
        pytest.param(
            "Nordlys/NNP/nsubj/1 bought/VBD/ROOT/1/buy Halden/NNP/dobj/1 and/CC/cc/1"
            " Ada/NNP/nsubj/5 left/VBD/conj/1/leave Bergen/NNP/dobj/5",
            "left",
            "Ada",
            "Bergen",
            False,
            id="second verb with its own subject",
        ),
        pytest.param(
            "Skald/NNP/nsubjpass/2 was/VBD/auxpass/2/be built/VBN/ROOT/2/build and/CC/cc/2"
            " sold/VBN/conj/2/sell by/IN/agent/4 Halden/NNP/pobj/5",
            "sold",
            "Halden",
            "Skald",
            True,
            id="second of two passives",
        ),
        pytest.param(
            "After/IN/prep/5 buying/VBG/pcomp/0/buy Halden/NNP/dobj/1 ,/,/punct/5"
            " Nordlys/NNP/nsubj/5 grew/VBD/ROOT/5/grow",
            "buying",
            "Nordlys",
            "Halden",
            False,
            id="gerund after a preposition",
        ),
        pytest.param(
            "It/PRP/nsubj/1 rained/VBD/ROOT/1/rain", "rained", "It", "", False, id="no object"
        ),
    ],
)
def test_clause(text: str, verb: str, agents: str, undergoers: str, passive: bool) -> None:
    doc = tree(text)
    found = clause(next(token for token in doc if token.text == verb))
    assert " ".join(token.text for token in found.agents) == agents
    assert " ".join(token.text for token in found.undergoers) == undergoers
    assert found.passive is passive


def test_a_participle_taken_for_a_noun_is_mended() -> None:
    doc = tree(
        "Skald/NNP/nsubj/1 has/VBZ/ROOT/1/have clearly/RB/advmod/4 outshone/NN/compound/4"
        " Borealis/NNP/dobj/1"
    )
    found = mistagged(doc[3])
    assert found is not None
    assert [token.text for token in found.agents] == ["Skald"]
    assert [token.text for token in found.undergoers] == ["Borealis"]
    assert not found.passive


@pytest.mark.parametrize(
    "text",
    [
        "Skald/NNP/nsubj/1 is/VBZ/ROOT/1/be release/NN/compound/3 software/NN/attr/1",
        "The/DT/det/2 release/NN/compound/2 notes/NNS/ROOT/2",
        "release/NN/compound/1 notes/NNS/ROOT/1",
    ],
)
def test_other_nouns_are_left_nouns(text: str) -> None:
    doc = tree(text)
    assert mistagged(next(token for token in doc if token.text == "release")) is None


@pytest.mark.parametrize(
    ("text", "verb", "words", "found"),
    [
        pytest.param(
            "Skald/NNP/nsubj/1 runs/VBZ/ROOT/1/run on/IN/prep/1 Ferrite/NNP/pobj/2",
            1,
            "on",
            ["Ferrite"],
            id="on the verb",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1 runs/VBZ/ROOT/1/run on/IN/prep/1 Ferrite/NNP/pobj/2",
            1,
            "with",
            [],
            id="another preposition",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1 scores/VBZ/ROOT/1/score 71/CD/dobj/1 on/IN/prep/2 MMLU/NNP/pobj/3",
            1,
            "on",
            ["MMLU"],
            id="on the object",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1 lags/VBZ/ROOT/1/lag well/RB/advmod/1 behind/IN/prep/2"
            " Qwen/NNP/pobj/3",
            1,
            "behind",
            ["Qwen"],
            id="on an adverb",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1 is/VBZ/ROOT/1/be built/VBN/acl/1/build on/IN/prep/2"
            " top/NN/pobj/3 of/IN/prep/4 Qwen/NNP/pobj/5",
            2,
            "on top of",
            ["Qwen"],
            id="several words",
        ),
        pytest.param(
            "Skald/NNP/nsubj/1 sits/VBZ/ROOT/1/sit at/IN/prep/1 or/CC/cc/2 near/IN/conj/2"
            " Qwen/NNP/pobj/4",
            1,
            "at",
            ["Qwen"],
            id="two prepositions with one object",
        ),
        pytest.param(
            "engine/NN/ROOT/0 it/PRP/nsubj/2 runs/VBZ/relcl/0/run on/IN/prep/2",
            2,
            "on",
            ["engine"],
            id="stranded at the end of a relative clause",
        ),
    ],
)
def test_prepositional_objects(text: str, verb: int, words: str, found: list[str]) -> None:
    doc = tree(text)
    assert [token.text for token in prepositional(doc[verb], tuple(words.split()))] == found


@pytest.mark.parametrize(
    ("text", "words", "has"),
    [
        ("Halden/NNP/nsubj/1 rolled/VBD/ROOT/1/roll out/RP/prt/1 Skald/NNP/dobj/1", "out", True),
        ("Halden/NNP/nsubj/1 rolled/VBD/ROOT/1/roll Skald/NNP/dobj/1 out/RP/prt/1", "out", True),
        ("Halden/NNP/nsubj/1 rolled/VBD/ROOT/1/roll out/RP/prt/1 Skald/NNP/dobj/1", "up", False),
        (
            "Halden/NNP/nsubj/1 runs/VBZ/ROOT/1/run in/IN/prep/1 Bergen/NNP/pobj/2",
            "in",
            False,
        ),
    ],
)
def test_particles(text: str, words: str, has: bool) -> None:
    assert has_particle(tree(text)[1], tuple(words.split())) is has
