"""Every relation that a sentence can state, and sentences that name two things and state none."""

from __future__ import annotations

import pytest

from tests.marked import asserted, ontology, read_paragraphs, told

ADA, GRACE = "[Ada Holm|Person]", "[Grace Lund|Person]"
HALDEN, NORDLYS = "[Halden Labs|Organization]", "[Nordlys|Organization]"
SKALD, BOREALIS = "[Skald 2|Model]", "[Borealis 3|Model]"
FERRITE, LUMEN = "[Ferrite|Product]", "[Lumen Desk|Product]"
WINDOWED, EXPERT = "[Windowed routing|Technique]", "[expert routing|Technique]"
QUEUES, BILL = "[Thinking in Queues|Work]", "[SB 1047|Event]"
BERGEN, FINEWEB, MMLU = "[Bergen|Place]", "[FineWeb|Dataset]", "[MMLU|Benchmark]"

_HALDEN, _NORDLYS, _ADA, _SKALD = "Halden Labs", "Nordlys", "Ada Holm", "Skald 2"
_BOREALIS, _EXPERT, _WINDOWED = "Borealis 3", "expert routing", "Windowed routing"

STATED = [
    (f"{ADA} is the CEO of {HALDEN}.", _ADA, "worksFor", _HALDEN),
    (f"{ADA} works for {HALDEN}.", _ADA, "worksFor", _HALDEN),
    (f"{HALDEN} hired {ADA} last spring.", _ADA, "worksFor", _HALDEN),
    (f"{ADA}, a researcher at {HALDEN}, explains the method.", _ADA, "worksFor", _HALDEN),
    (f"{HALDEN}'s chief scientist, {ADA}, is worried.", _ADA, "worksFor", _HALDEN),
    (f"{HALDEN} was founded by {ADA}.", _ADA, "founderOf", _HALDEN),
    (f"{ADA} is the co-founder of {HALDEN}.", _ADA, "founderOf", _HALDEN),
    (f"{ADA} started {HALDEN} in 2019.", _ADA, "founderOf", _HALDEN),
    (f"{ADA} wrote {QUEUES} during the winter.", _ADA, "authorOf", "Thinking in Queues"),
    (f"{ADA}, author of {QUEUES}, joins later.", _ADA, "authorOf", "Thinking in Queues"),
    (f"{ADA} hosts [The Queue|Series].", _ADA, "hostOf", "The Queue"),
    (f"{ADA} is the host of [The Queue|Series].", _ADA, "hostOf", "The Queue"),
    (f"{HALDEN} released {SKALD} in May.", _HALDEN, "develops", _SKALD),
    (f"{SKALD} was developed by {HALDEN}.", _HALDEN, "develops", _SKALD),
    (f"{HALDEN}, which built {SKALD}, is small.", _HALDEN, "develops", _SKALD),
    (f"{HALDEN} is the maker of {SKALD}.", _HALDEN, "develops", _SKALD),
    (f"The release of {SKALD} by {HALDEN} was quiet.", _HALDEN, "develops", _SKALD),
    (f"{SKALD} from {HALDEN} is free.", _HALDEN, "develops", _SKALD),
    (f"{SKALD} uses {EXPERT}.", _SKALD, "uses", _EXPERT),
    (f"{HALDEN} runs {FERRITE} on its servers.", _HALDEN, "uses", "Ferrite"),
    (f"{FERRITE} is written in [Rust|Product].", "Ferrite", "uses", "Rust"),
    (f"{HALDEN} relies on {FERRITE}.", _HALDEN, "uses", "Ferrite"),
    (f"{WINDOWED} is a variant of {EXPERT}.", _WINDOWED, "variantOf", _EXPERT),
    (f"{WINDOWED} extends {EXPERT}.", _WINDOWED, "variantOf", _EXPERT),
    (f"{SKALD} is a member of the [Skald|Model] family.", _SKALD, "variantOf", "Skald"),
    (f"{SKALD} is based on {BOREALIS}.", _SKALD, "basedOn", _BOREALIS),
    (f"{SKALD} was fine-tuned from {BOREALIS}.", _SKALD, "basedOn", _BOREALIS),
    (f"{BOREALIS} inspired {SKALD}.", _SKALD, "basedOn", _BOREALIS),
    (f"{LUMEN} is a fork of {FERRITE}.", "Lumen Desk", "basedOn", "Ferrite"),
    (f"{SKALD} replaces {BOREALIS}.", _SKALD, "replaces", _BOREALIS),
    (f"{FERRITE} was replaced by {LUMEN}.", "Lumen Desk", "replaces", "Ferrite"),
    (f"{WINDOWED} reduces [memory traffic|Topic].", _WINDOWED, "reduces", "memory traffic"),
    (f"{WINDOWED} improves [throughput|Topic].", _WINDOWED, "improves", "throughput"),
    (f"{SKALD} outperforms {BOREALIS}.", _SKALD, "outperforms", _BOREALIS),
    (f"{BOREALIS} was beaten by {SKALD}.", _SKALD, "outperforms", _BOREALIS),
    (f"{BOREALIS} lags behind {SKALD}.", _SKALD, "outperforms", _BOREALIS),
    (f"{HALDEN} competes with {NORDLYS}.", _HALDEN, "competesWith", _NORDLYS),
    (f"{HALDEN} is a rival of {NORDLYS}.", _HALDEN, "competesWith", _NORDLYS),
    (f"{HALDEN} partnered with {NORDLYS}.", _HALDEN, "partnersWith", _NORDLYS),
    (f"{HALDEN}'s partnership with {NORDLYS} holds.", _HALDEN, "partnersWith", _NORDLYS),
    (f"{HALDEN} is a subsidiary of {NORDLYS}.", _HALDEN, "partOf", _NORDLYS),
    (f"{NORDLYS} owns {HALDEN}.", _HALDEN, "partOf", _NORDLYS),
    (f"{HALDEN}'s parent company, {NORDLYS}, is old.", _HALDEN, "partOf", _NORDLYS),
    (f"{NORDLYS} acquired {HALDEN}.", _NORDLYS, "acquires", _HALDEN),
    (f"{HALDEN} was bought by {NORDLYS}.", _NORDLYS, "acquires", _HALDEN),
    (f"{NORDLYS}'s acquisition of {HALDEN} closed in June.", _NORDLYS, "acquires", _HALDEN),
    (f"{NORDLYS} invested in {HALDEN}.", _NORDLYS, "investsIn", _HALDEN),
    (f"{NORDLYS} is an investor in {HALDEN}.", _NORDLYS, "investsIn", _HALDEN),
    (f"{HALDEN} is based in {BERGEN}.", _HALDEN, "locatedIn", "Bergen"),
    (f"{HALDEN}, headquartered in {BERGEN}, is small.", _HALDEN, "locatedIn", "Bergen"),
    (f"{ADA} lives in {BERGEN}.", _ADA, "locatedIn", "Bergen"),
    (f"{SKALD} was trained on {FINEWEB}.", _SKALD, "trainedOn", "FineWeb"),
    (f"{HALDEN} trained {SKALD} on {FINEWEB}.", _SKALD, "trainedOn", "FineWeb"),
    (f"{SKALD} scores 71% on {MMLU}.", _SKALD, "evaluatedOn", "MMLU"),
    (f"{SKALD} was evaluated on {MMLU}.", _SKALD, "evaluatedOn", "MMLU"),
    (f"{SKALD} is licensed under [Apache 2.0|License].", _SKALD, "licensedUnder", "Apache"),
    (f"{SKALD} ships under [Apache 2.0|License].", _SKALD, "licensedUnder", "Apache"),
    (f"{ADA} supports {BILL}.", _ADA, "supports", "SB 1047"),
    (f"{HALDEN} endorsed {BILL}.", _HALDEN, "supports", "SB 1047"),
    (f"{HALDEN} opposes {BILL}.", _HALDEN, "opposes", "SB 1047"),
    (f"{ADA} is a critic of {BILL}.", _ADA, "opposes", "SB 1047"),
]


def test_every_relation_with_frames_is_tried() -> None:
    with_frames = {name for name, kind in ontology().relations.items() if kind.frames}
    assert with_frames == {relation for _, _, relation, _ in STATED}


@pytest.mark.parametrize(("text", "subject", "relation", "object_"), STATED)
def test_stated(text: str, subject: str, relation: str, object_: str) -> None:
    found = [(s, o) for s, r, o in asserted(told(text)) if r == relation]
    # A name of the lexicon is shown by its full label.
    assert [(s, o.startswith(object_)) for s, o in found] == [(subject, True)]


@pytest.mark.parametrize(
    ("text", "subject", "relation", "object_"),
    [
        (f"{QUEUES} was written by {ADA}.", _ADA, "authorOf", "Thinking in Queues"),
        (f"{FERRITE} powers {LUMEN}.", "Lumen Desk", "uses", "Ferrite"),
        (f"{WINDOWED} replaces {EXPERT}.", _WINDOWED, "replaces", _EXPERT),
        pytest.param(
            "[Global attention|Architecture] shrinks the [KV cache|Architecture].",
            "Global attention",
            "reduces",
            "KV cache",
            marks=pytest.mark.xfail(
                raises=AssertionError,
                reason="spaCy's small model makes the subject a compound of its verb, not nsubj",
            ),
        ),
        (
            "[Batch packing|Technique] speeds up [instruction tuning|Technique].",
            "Batch packing",
            "improves",
            "instruction tuning",
        ),
        (f"{BOREALIS} trails {SKALD}.", _SKALD, "outperforms", _BOREALIS),
    ],
)
def test_stated_but_mistagged(text: str, subject: str, relation: str, object_: str) -> None:
    assert (subject, relation, object_) in asserted(told(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{ADA} and {GRACE} were both in town when {SKALD} came up.",
        f"{NORDLYS} released a report while {SKALD} was on everybody's mind.",
        f"Between {HALDEN} and {NORDLYS} lies a mountain.",
        f"After {ADA} left, people talked about {NORDLYS}.",
        f"{ADA} loves the colour of {HALDEN}.",
        f"{SKALD} and {BOREALIS} are both large.",
        f"{FINEWEB} is larger than {MMLU}.",
        f"{BERGEN} is far from {HALDEN}.",
        f"{NORDLYS} talks to {HALDEN}.",
        f"{HALDEN} is mentioned with {BILL}.",
        f"{SKALD} is discussed before {FINEWEB}.",
        f"[Apache 2.0|License] is explained next to {SKALD}.",
        f"{ADA} and {HALDEN} went separate ways.",
        f"{ADA} listens to [The Queue|Series].",
        f"{ADA} read {QUEUES}.",
        f"{HALDEN} grew. {SKALD} is a beauty.",
        # Near each other, and still nothing said: the fitted models must not fall for it.
        f"The panel speaks of {HALDEN}, {SKALD} and {MMLU}.",
        f"{HALDEN} and {SKALD} are named in the same breath.",
        f"{SKALD} is older than {BOREALIS}.",
        f"{SKALD} came out the week after {BOREALIS}.",
        f"{SKALD} was released in the week in which {MMLU} was criticised.",
    ],
)
def test_two_names_in_one_sentence_are_no_relation(text: str) -> None:
    assert {fact for fact in told(text) if fact[1] != "relatedTo"} == set()


@pytest.mark.parametrize(
    ("text", "not_said"),
    [
        (f"{HALDEN} released {SKALD}.", (_SKALD, "develops", _HALDEN)),
        (f"{SKALD} beat {BOREALIS}.", (_BOREALIS, "outperforms", _SKALD)),
        (f"{NORDLYS} bought {HALDEN}.", (_HALDEN, "acquires", _NORDLYS)),
        (f"{ADA} tested {SKALD} while {GRACE} wrote a letter.", ("Grace Lund", "uses", _SKALD)),
        (
            f"{HALDEN} released {SKALD}. {NORDLYS} was quiet.",
            ("Nordlys", "develops", _SKALD),
        ),
        (f"{HALDEN} hired {ADA}, and {NORDLYS} grew.", (_ADA, "worksFor", _NORDLYS)),
    ],
)
def test_not_the_other_way_and_not_of_bystanders(text: str, not_said: tuple[str, str, str]) -> None:
    assert not_said not in asserted(told(text))


@pytest.mark.parametrize(
    ("text", "literals"),
    [
        (f"{ADA} is the CEO of {HALDEN}.", {"role": "CEO"}),
        (f"{ADA}, a senior researcher at {HALDEN}, nods.", {"role": "senior researcher"}),
        (
            f"{ADA} is a former engineer at {HALDEN}.",
            {"role": "former engineer", "status": "former"},
        ),
    ],
)
def test_the_post_is_kept_as_said(text: str, literals: dict[str, str]) -> None:
    statements = [s for s in read_paragraphs(text).statements() if s.relation == "worksFor"]
    assert [dict(s.literals) for s in statements if s.literals] == [literals]


def test_evidence_is_the_sentence_that_states_it() -> None:
    text = f"It rains. {HALDEN} released {SKALD}, and people cheered. Nobody slept."
    read = read_paragraphs(text)
    (found,) = (s for s in read.statements() if s.relation == "develops")
    said = found.evidence.of(read.parsed.guide.text)
    assert said == "Halden Labs released Skald 2, and people cheered."
    assert found.phrase == "released"


def test_coordination_distributes() -> None:
    text = f"{HALDEN} and {NORDLYS} released {SKALD} and {FERRITE}."
    assert asserted(told(text)) >= {
        (maker, "develops", thing) for maker in (_HALDEN, _NORDLYS) for thing in (_SKALD, "Ferrite")
    }
