"""Decoding and cleaning: nothing hidden, nothing broken, nothing refused without a way out."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.guides import clean
from kg.guides.clean import clean_text, decode


@pytest.mark.parametrize(
    "data",
    [
        "Zoë’s guide".encode(),
        b"\xef\xbb\xbf" + "Zoë’s guide".encode(),
        "Zoë’s guide".encode("utf-16"),
        b"\xfe\xff" + "Zoë’s guide".encode("utf-16-be"),
    ],
)
def test_encodings_that_say_what_they_are(data: bytes) -> None:
    assert decode(data, "guide.txt") == "Zoë’s guide"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Zo\xeb", "guide.txt: byte 2 (0xeb) is not UTF-8"),
        (b"\xff\xfeA\x00\x00", "guide.txt: byte 4 (0x00) is not UTF-16"),
        (b"PK\x03\x04\x00\x00", "guide.txt: there is a NUL at offset 4"),
        ("AI".encode("utf-16-le"), "there is a NUL at offset 1"),
    ],
)
def test_what_is_refused_and_why(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "guide.txt")
    assert message in str(caught.value)


def test_the_message_on_an_encoding_says_what_to_do() -> None:
    with pytest.raises(SourceError, match="iconv -f WINDOWS-1252 -t UTF-8"):
        decode(b"caf\xe9", "guide.txt")


def test_a_guide_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean, "LARGEST_GUIDE", 10)
    assert decode(b"0123456789", "guide.txt") == "0123456789"
    with pytest.raises(SourceError, match=r"guide\.txt: the guide is larger than"):
        decode(b"0123456789a", "guide.txt")


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\x0cb\x0bc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("tab\tstays", "tab\tstays"),
        ("a\xa0b\u2009c\u202fd\u3000e", "a b c d e"),
        ("G\u200bP\u00adT\u2060-\ufeff5", "GPT-5"),
        ("\u202eevil\u202c \u2066x\u2069\u200e", "evil x"),
        ("hid\U000e0041\U000e0042den", "hidden"),
        ("bell\x07 esc\x1b[0m nul\x00 del\x7f c1\x9b", "bell esc[0m nul del c1"),
        ("lone \ud800 and \uffff", "lone \ufffd and \ufffd"),
        ("Zoe\u0308", "Zoë"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.text(st.characters(exclude_categories=[])))
def test_a_cleaned_text_holds_what_is_promised_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert {one for one in cleaned if one.isspace()} <= {" ", "\t", "\n"}
    assert all(unicodedata.category(one) not in ("Cc", "Cs") or one in "\t\n" for one in cleaned)
    cleaned.encode("utf-8")
    assert clean_text(cleaned) == cleaned


def test_a_tower_of_accents_is_cut() -> None:
    # Normalising these 400,000 marks as they are takes minutes.
    cleaned = clean_text("a" + "\u0301\u0316" * 200_000)
    assert len(cleaned) < 40
