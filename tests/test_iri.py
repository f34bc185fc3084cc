"""Names become IRIs that are safe everywhere, stable, and apart where the names are."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.iri import (
    LONGEST_NAME,
    content_hash,
    episode_iri,
    mention_iri,
    mint,
    passage_iri,
    quote_iri,
    slug,
    statement_iri,
    unique_iris,
)

SAFE = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
EPISODE = "https://w3id.org/episode-kg/id/episode/the-queue-12"
NAMES = st.text(min_size=0, max_size=40)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GPT-4.1", "gpt-4.1"),
        ("GPT 4.1", "gpt-4.1"),
        ("GPT-41", "gpt-41"),
        ("Claude Opus 4.5", "claude-opus-4.5"),
        ("GPT‑5", "gpt-5"),  # a hyphen that does not break
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("#490", "number-490"),
        ("R&D", "r-and-d"),
        ("Q*", "q-star"),
        ("τ²-bench", "tau2-bench"),
        ("Łukasz Øst", "lukasz-ost"),
        ("Café", "cafe"),
        ("Z.ai", "z-ai"),
        ("v1.", "v1"),
        ("ﬁne ① ＡＢ", "fine-1-ab"),
        ("Straße", "strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ('"><script>', "script"),
    ],
)
def test_slug_of_a_name(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize("name", ["北京", "Αθήνα", "Москва", "🤖", "", "???"])
def test_name_without_latin_letters_is_a_hash(name: str) -> None:
    assert re.fullmatch(r"x[0-9a-f]{10}", slug(name))


def test_names_in_other_scripts_stay_apart() -> None:
    names = ["北京", "上海", "北京 Lab", "上海 Lab", "Lab"]
    assert len({slug(name) for name in names}) == len(names)
    assert slug("МОСКВА") == slug("Москва")


def test_long_name_is_cut_but_stays_itself() -> None:
    one, other = slug("a " * 100 + "b"), slug("a " * 100 + "c")
    assert len(one) <= LONGEST_NAME + 11
    assert one != other


@given(NAMES)
@example("\ud800")
@example("\x00\x1b[31m")
def test_slug_is_safe_for_any_text(name: str) -> None:
    assert SAFE.fullmatch(slug(name))


@given(NAMES)
def test_minted_iri_is_one_to_pyoxigraph_and_needs_no_escaping(name: str) -> None:
    import pyoxigraph as ox

    iri = mint("Model", name)
    assert ox.NamedNode(iri).value == iri
    assert iri.startswith("https://w3id.org/episode-kg/id/model/")


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=1))
def test_case_does_not_count(name: str) -> None:
    assert slug(name) == slug(name.upper()) == slug(name.lower())


@given(NAMES)
def test_composed_and_decomposed_spellings_are_one_name(name: str) -> None:
    assert slug(unicodedata.normalize("NFC", name)) == slug(unicodedata.normalize("NFD", name))


@pytest.mark.parametrize("class_name", ["", "../x", "Model/", "9"])
def test_class_must_be_a_name(class_name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a class"):
        mint(class_name, "GPT-5")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Model", "Product"]),
            st.text(alphabet="aA .-_é🤖", max_size=4) | st.just("a-0123ab"),
        ),
        unique=True,
    ),
    st.randoms(use_true_random=False),
)
def test_unique_iris_are_unique_and_do_not_depend_on_order(
    keys: list[tuple[str, str]], random: object
) -> None:
    iris = unique_iris(keys)
    assert set(iris) == set(keys)
    assert len(set(iris.values())) == len(keys)
    shuffled = list(keys)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert unique_iris(shuffled) == iris


def test_plainest_name_keeps_the_plain_iri() -> None:
    iris = unique_iris([("Product", ".NET"), ("Product", "NET"), ("Model", "NET")])
    assert iris["Product", "NET"] == mint("Product", "NET")
    assert iris["Model", "NET"] == mint("Model", "NET")
    assert re.fullmatch(r".*/product/net-[0-9a-f]{6}", iris["Product", ".NET"])


def test_name_that_ends_in_another_names_hash_does_not_take_its_iri() -> None:
    taken = unique_iris([("Product", ".NET"), ("Product", "NET")])["Product", ".NET"]
    squatter = ("Product", taken.rsplit("/", 1)[1])
    iris = unique_iris([("Product", ".NET"), ("Product", "NET"), squatter])
    assert len(set(iris.values())) == 3
    assert iris[squatter] == taken


@pytest.mark.parametrize(
    ("stated", "local_name"),
    [
        (("The Queue", "12", "On waiting"), "the-queue-12"),
        (("The Queue", "#12", ""), "the-queue-12"),
        (("The Queue", "", "On waiting"), "the-queue-on-waiting"),
        (("", "12", "On waiting"), "on-waiting-0123abcd"),
        (("", "", ""), "x0123abcdef"),
        (("The Queue", "", ""), "x0123abcdef"),
    ],
)
def test_episode_is_named_by_the_best_that_is_stated(
    stated: tuple[str, str, str], local_name: str
) -> None:
    assert episode_iri(*stated, sha256="0123abcdef" * 6).rsplit("/", 1)[1] == local_name


def test_statement_iri_depends_on_what_is_said_and_where() -> None:
    spans = [(EPISODE, 5, 9), (EPISODE, 1, 4)]
    same = statement_iri("s", "uses", "o", "asserted", spans)
    assert same == statement_iri("s", "uses", "o", "asserted", spans[::-1], key="uses")
    others = [
        statement_iri("o", "uses", "s", "asserted", spans),
        statement_iri("s", "basedOn", "o", "asserted", spans),
        statement_iri("s", "uses", "o", "negated", spans),
        statement_iri("s", "uses", "o", "asserted", spans[:1]),
        statement_iri("s", "uses", "o", "asserted", spans, key="uses:1"),
    ]
    assert len({same, *others}) == 6


def test_records_have_iris_of_their_content_whatever_the_order_of_keys() -> None:
    record = {"episode": EPISODE, "start": 1, "end": 4, "text": "Ada"}
    turned = dict(reversed(record.items()))
    assert mention_iri("x", record) == mention_iri("x", turned) != mention_iri("y", record)
    assert passage_iri(record) == passage_iri(turned) != passage_iri(record | {"end": 5})
    assert quote_iri(EPISODE, "a") != quote_iri(EPISODE, "b")


def test_content_hash_frames_its_parts() -> None:
    assert content_hash("a", "bc") != content_hash("ab", "c")
    assert content_hash('a","b') != content_hash("a", "b")
    assert content_hash("北", "\ud800") == content_hash("北", "\ud800")
    assert len(content_hash("a", length=6)) == 6
