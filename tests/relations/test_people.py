"""Posts, hosts and guests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.relations import posts
from tests.marked import asserted, ontology, read_paragraphs, read_whole, told, told_by_guide

ADA, GRACE, PER = "[Ada Holm|Person]", "[Grace Lund|Person]", "[Per Aas|Person]"
HALDEN = "[Halden Labs|Organization]"
SHOW = "The Small Model\n\n[The Queue Podcast|Series]\n\n"
GUEST, SECOND_GUEST = ("Ada Holm", "guestOf", "EPISODE"), ("Per Aas", "guestOf", "EPISODE")
HOST = ("Grace Lund", "hostOf", "The Queue Podcast")


def roles(text: str) -> set[tuple[str, str, str]]:
    return {fact for fact in asserted(told_by_guide(text)) if fact[1] in {"guestOf", "hostOf"}}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (f"{HALDEN} CEO {ADA} disagrees.", "CEO"),
        (f"{HALDEN}'s chief scientist {ADA} disagrees.", "chief scientist"),
        (f"{HALDEN}'s CTO and co-founder {ADA} disagrees.", "CTO and co-founder"),
    ],
)
def test_a_post_before_the_name(text: str, role: str) -> None:
    read = read_paragraphs(text)
    found = {read.named(s)[:3]: dict(s.literals) for s in read.statements()}
    if "founder" in role:
        assert ("Ada Holm", "founderOf", "Halden Labs") in found
    else:
        assert found["Ada Holm", "worksFor", "Halden Labs"]["role"] == role


def test_a_founder_with_a_post_also_works_there() -> None:
    found = asserted(told(f"{HALDEN}'s CTO and co-founder {ADA} disagrees."))
    assert ("Ada Holm", "worksFor", "Halden Labs") in found


def test_what_a_post_states_beside_itself_stands_in_the_ontology() -> None:
    relations = dict(ontology().relations)
    assert relations["founderOf"].post_words == ("founder",)
    relations["founderOf"] = replace(
        relations["founderOf"], layouts=("post", "affiliation"), post_words=()
    )
    relations["worksFor"] = replace(relations["worksFor"], layouts=(), post_words=("scientist",))
    changed = replace(ontology(), relations=relations)
    reading = read_paragraphs(f"{HALDEN}'s chief scientist {ADA} disagrees.").reading
    found = {said.relation for said in posts.find(replace(reading, ontology=changed))}
    assert found == {"founderOf", "worksFor"}
    line = "[Ada Holm|Person], VP of engineering, [Halden Labs|Organization]"
    credit = read_whole(f'The Small Model\n\n## Quotes\n\n"Simple."\n\n— {line}\n').reading
    found = {said.relation for said in posts.find(replace(credit, ontology=changed))}
    assert found == {"founderOf"}


@pytest.mark.parametrize(
    "text",
    [
        f"{HALDEN} rival {ADA} speaks.",
        f"{HALDEN} employees admire {ADA}.",
        f"{HALDEN}, whose CEO left, met {ADA}.",
    ],
)
def test_a_name_after_an_organization_holds_no_post(text: str) -> None:
    assert "worksFor" not in {relation for _, relation, _ in asserted(told(text))}


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("[Ada Holm|Person], VP of engineering, [Halden Labs|Organization]", {"Ada Holm"}),
        ("[Ada Holm|Person], [Halden Labs|Organization]", {"Ada Holm"}),
        ("[Ada Holm|Person] ([Halden Labs|Organization])", {"Ada Holm"}),
        ("[Ada Holm|Person] of [Halden Labs|Organization]", {"Ada Holm"}),
        (
            "[Ada Holm|Person] & [Per Aas|Person], [Halden Labs|Organization]",
            {"Ada Holm", "Per Aas"},
        ),
    ],
)
def test_the_line_under_a_quotation(line: str, people: set[str]) -> None:
    text = f'The Small Model\n\n## Quotes\n\n"Simple beats clever."\n\n— {line}\n'
    found = asserted(told_by_guide(text))
    assert {s for s, r, o in found if (r, o) == ("worksFor", "Halden Labs")} == people


def test_the_post_in_an_attribution_is_its_role() -> None:
    line = "[Ada Holm|Person], VP of engineering, [Halden Labs|Organization]"
    read = read_whole(f'The Small Model\n\n## Quotes\n\n"Simple beats clever."\n\n— {line}\n')
    (found,) = (s for s in read.statements() if s.relation == "worksFor")
    assert dict(found.literals) == {"role": "VP of engineering"}
    assert found.evidence.of(read.parsed.guide.text).startswith("Ada Holm, VP")


@pytest.mark.parametrize(
    ("title", "guests"),
    [
        (f"The Small Model — {ADA}", {GUEST}),
        (f"{ADA}: The Small Model", {GUEST}),
        (f"Queues — {ADA} & {PER}, {HALDEN}", {GUEST, SECOND_GUEST}),
        (f"The Small Model — {ADA} | [The Queue Podcast|Series]", {GUEST}),
        (f"The {ADA} Papers", set()),
        (f"What {ADA} got wrong", set()),
    ],
)
def test_guests_in_the_title(title: str, guests: set[tuple[str, str, str]]) -> None:
    assert roles(f"{title}\n\nThey speak of models for an hour.\n") == guests


def test_a_guest_with_an_affiliation_in_the_title() -> None:
    assert roles(f"Queues with {ADA} ({HALDEN})\n\nThey speak for an hour.\n") == {GUEST}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Today {ADA} joins the show to talk about queues.", {GUEST}),
        (
            f"In this episode {ADA} and {PER} discuss queues with host {GRACE}.",
            {GUEST, SECOND_GUEST, HOST},
        ),
        (f"{ADA} visited [Bergen|Place] in spring.", set()),
        (f"{ADA} joins {HALDEN} as CEO.", set()),
        (f"People talk about {ADA} and about {PER}.", set()),
        (f"{GRACE} will not welcome {ADA} this year.", set()),
    ],
)
def test_guests_and_hosts_in_the_text(text: str, found: set[tuple[str, str, str]]) -> None:
    assert roles(SHOW + text + "\n") == found


@pytest.mark.parametrize("verb", ["sits down with", "sat down with", "chatted with"])
def test_who_is_called_the_host_decides(verb: str) -> None:
    assert roles(f"{SHOW}Host {GRACE} {verb} {ADA} to talk about queues.\n") == {GUEST, HOST}


@pytest.mark.parametrize(
    ("series", "name", "label"),
    [
        ("Grace Lund Podcast", "Grace Lund", "Grace Lund"),
        ("The Grace Lund Show", "Grace Lund", "Grace Lund"),
        ("Grace Lundqvist Podcast", "Grace Lundquist", "Grace Lundqvist"),
    ],
)
def test_a_show_that_bears_a_name_is_hosted_by_it(series: str, name: str, label: str) -> None:
    opening = f"The Small Model\n\n[{series}|Series]\n\n"
    # Either way round: the show's name decides.
    for said in (
        f"[{name}|Person] sits down with {ADA}.",
        f"{ADA} sits down with [{name}|Person].",
    ):
        assert roles(f"{opening}{said}\n") == {(label, "hostOf", series), GUEST}


def test_a_host_is_no_guest_of_the_own_show() -> None:
    text = "[Ada Holm|Person]: The Small Model\n\n[Ada Holm Podcast|Series]\n\nThey speak.\n"
    assert roles(text) == {("Ada Holm", "hostOf", "Ada Holm Podcast")}


def test_without_a_guest_the_main_speaker_is_one() -> None:
    quotes = "".join(
        f'"Simple beats clever, {number} times."\n\n— {ADA}\n\n' for number in range(3)
    )
    text = f'{SHOW}## Quotes\n\n{quotes}"No."\n\n— {PER}\n'
    assert roles(text) == {GUEST}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"## Guests\n\n- {ADA}\n- {PER}\n\n## Notes\n\nThey speak.\n", {GUEST, SECOND_GUEST}),
        (f"## Hosts\n\n- {GRACE}\n\n## Notes\n\nThey speak.\n", {HOST}),
        (f"Guests: {ADA} and {PER}\n\nThey speak of many things.\n", {GUEST, SECOND_GUEST}),
        (f"Hosted by {GRACE}.\n\nToday {ADA} joins the show.\n", {GUEST, HOST}),
    ],
)
def test_lists_of_guests_and_hosts(text: str, found: set[tuple[str, str, str]]) -> None:
    assert roles(SHOW + text) == found


@pytest.mark.parametrize(
    "text", [f"{GRACE} is joined by {ADA}.", f"{ADA} was interviewed by {GRACE}."]
)
def test_guests_in_the_passive(text: str) -> None:
    assert GUEST in roles(SHOW + text + "\n")
